import { randomUUID } from 'node:crypto';
import { MadangError } from '@madang/core/error.ts';
import { decodeJwt, decodeProtectedHeader, jwtVerify, SignJWT } from 'jose';
import type { Keys } from './keys.ts';
import type { Resolver } from './resolver.ts';

export const MEMBERSHIP = 'MembershipCredential';

/** A membership that was verified: signature of the issuer, holder, time. Whether the issuer is trusted is the reader's own matter. */
export interface Membership {
  readonly id: string;
  readonly type: string;
  readonly issuer: string;
  readonly holder: string;
  readonly from: string;
  readonly until: string;
}

/** A VC 1.1 credential as JWT, signed by the operator, that `subject` is an active member until the end of `until`. */
export async function issueMembership(
  keys: Keys,
  operator: { participant: string; did: string },
  subject: string,
  until: Date,
): Promise<string> {
  const { kid, key } = await keys.signing(operator.participant);
  const vc = {
    '@context': ['https://www.w3.org/2018/credentials/v1'],
    type: ['VerifiableCredential', MEMBERSHIP],
    credentialSubject: { id: subject, status: 'active' },
  };
  return new SignJWT({ vc })
    .setProtectedHeader({ alg: 'ES256', kid: `${operator.did}#${kid}`, typ: 'JWT' })
    .setIssuer(operator.did)
    .setSubject(subject)
    .setJti(`urn:uuid:${randomUUID()}`)
    .setNotBefore(new Date())
    .setExpirationTime(until)
    .sign(key);
}

/** @throws MadangError `credential_invalid` */
export async function verifyMembership(resolver: Resolver, jwt: string): Promise<Membership> {
  try {
    const { iss = '' } = decodeJwt(jwt);
    const { kid = '' } = decodeProtectedHeader(jwt);
    if (!kid.startsWith(`${iss}#`)) throw new Error('the key is not the issuer’s');
    const { payload } = await jwtVerify(jwt, await resolver.key(iss, kid), {
      issuer: iss,
      algorithms: ['ES256'],
      requiredClaims: ['sub', 'jti', 'exp', 'nbf'],
      clockTolerance: 10,
    });
    const vc = payload['vc'] as { type?: unknown; credentialSubject?: { id?: unknown; status?: unknown } } | undefined;
    const { sub, jti, nbf, exp } = payload as { sub: string; jti: string; nbf: number; exp: number };
    if (!Array.isArray(vc?.type) || !vc.type.includes(MEMBERSHIP)) throw new Error('not a membership credential');
    if (vc.credentialSubject?.id !== sub || vc.credentialSubject.status !== 'active')
      throw new Error('its subject is not an active member');
    return { id: jti, type: MEMBERSHIP, issuer: iss, holder: sub, from: instant(nbf), until: instant(exp) };
  } catch (cause) {
    throw new MadangError('credential_invalid', { values: { why: cause instanceof Error ? cause.message : String(cause) }, cause });
  }
}

const instant = (seconds: number) => new Date(seconds * 1000).toISOString();

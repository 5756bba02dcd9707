import { randomUUID } from 'node:crypto';
import { MadangError } from '@madang/core/error.ts';
import { decodeProtectedHeader, decodeJwt, errors, jwtVerify, SignJWT } from 'jose';
import type { Keys } from './keys.ts';
import type { Resolver } from './resolver.ts';

const LIFE_S = 60;
/** Clocks of two houses may differ by this much. */
const LEEWAY_S = 10;

/** What a request between participants proves about its sender. */
export interface TokenClaims {
  readonly issuer: string;
  readonly jti: string;
  /** ISO instant until which `jti` has to be remembered. */
  readonly expires: string;
  /** Credentials as the sender shows them: not checked yet. */
  readonly credentials: readonly string[];
  /** What the sender says it wants the data for. */
  readonly purpose: string | undefined;
}

export interface TokenRequest {
  readonly participant: string;
  readonly did: string;
  readonly audience: string;
  readonly credentials: readonly string[];
  readonly purpose?: string | undefined;
}

/** A short-lived, signed token of the sender's DID for one request to one audience. */
export async function signToken(keys: Keys, request: TokenRequest): Promise<string> {
  const { kid, key } = await keys.signing(request.participant);
  const claims = { jti: randomUUID(), ...(request.credentials.length ? { credentials: request.credentials } : {}), ...(request.purpose ? { purpose: request.purpose } : {}) };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid: `${request.did}#${kid}` })
    .setIssuer(request.did)
    .setSubject(request.did)
    .setAudience(request.audience)
    .setIssuedAt()
    .setExpirationTime(`${LIFE_S}s`)
    .sign(key);
}

/**
 * Checks signature, audience and time through the sender's DID document. That `jti` is used once is checked where the message is stored.
 * @throws MadangError `token_missing`, `token_invalid`, `token_expired`, `token_audience`
 */
export async function verifyToken(resolver: Resolver, audience: string, header: string | undefined): Promise<TokenClaims> {
  const token = header?.replace(/^Bearer\s+/i, '');
  if (!token) throw new MadangError('token_missing');
  const { issuer, kid } = readSender(token);
  const key = await resolver.key(issuer, kid).catch((cause: unknown) => {
    throw cause instanceof MadangError ? new MadangError('token_invalid', { values: { why: cause.message }, cause }) : cause;
  });
  const { payload } = await jwtVerify(token, key, { issuer, subject: issuer, audience, algorithms: ['ES256'], clockTolerance: LEEWAY_S, requiredClaims: ['jti', 'exp', 'iat'], maxTokenAge: 600 }).catch(refuse);
  const { jti, exp, credentials, purpose } = payload;
  if (typeof jti !== 'string' || jti.length > 200 || exp === undefined) throw new MadangError('token_invalid', { values: { why: 'jti' } });
  return {
    issuer,
    jti,
    expires: new Date((exp + LEEWAY_S) * 1000).toISOString(),
    credentials: Array.isArray(credentials) ? credentials.filter((c) => typeof c === 'string').slice(0, 20) : [],
    purpose: typeof purpose === 'string' ? purpose : undefined,
  };
}

function readSender(token: string): { issuer: string; kid: string } {
  try {
    const { iss } = decodeJwt(token);
    const { kid } = decodeProtectedHeader(token);
    if (iss && kid?.startsWith(`${iss}#`)) return { issuer: iss, kid };
  } catch {
    // answered below: it is not a token at all
  }
  throw new MadangError('token_invalid', { values: { why: 'iss, kid' } });
}

function refuse(cause: unknown): never {
  if (cause instanceof errors.JWTExpired) throw new MadangError('token_expired', { cause });
  if (cause instanceof errors.JWTClaimValidationFailed && cause.claim === 'aud') throw new MadangError('token_audience', { cause });
  const why = cause instanceof errors.JOSEError ? cause.code : String(cause);
  throw new MadangError('token_invalid', { values: { why }, cause });
}

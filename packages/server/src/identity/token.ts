import { randomUUID } from 'node:crypto';
import { MadangError } from '@madang/core/error.ts';
import { isSignedBy, readJws, signJws } from './jws.ts';
import type { Keys } from './keys.ts';
import type { Resolver } from './resolver.ts';

const LIFE_S = 60;
/** Clocks of two houses may differ by this much. */
const LEEWAY_S = 10;
/** A token that would live longer than this is not taken: its `jti` would have to be remembered as long. */
const LONGEST_S = 600;

/** Proof of one request; `expires` is until when it has to be remembered. */
export interface TokenUse {
  readonly issuer: string;
  readonly jti: string;
  readonly expires: string;
}

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

const seconds = () => Math.floor(Date.now() / 1000);

/** A short-lived, signed token of the sender's DID for one request to one audience. */
export async function signToken(keys: Keys, { participant, did, audience, credentials, purpose }: TokenRequest): Promise<string> {
  const { kid, key } = await keys.signing(participant);
  const iat = seconds();
  return signJws(key, `${did}#${kid}`, {
    iss: did,
    sub: did,
    aud: audience,
    iat,
    exp: iat + LIFE_S,
    jti: randomUUID(),
    ...(credentials.length ? { credentials } : {}),
    ...(purpose ? { purpose } : {}),
  });
}

/**
 * Checks signature, audience and time through the sender's DID document. That `jti` is used once is checked where the message is stored.
 * @throws MadangError `token_missing`, `token_invalid`, `token_expired`, `token_audience`
 */
export async function verifyToken(resolver: Resolver, audience: string, authorization: string | undefined): Promise<TokenClaims> {
  const token = authorization?.replace(/^Bearer\s+/i, '');
  if (!token) throw new MadangError('token_missing');
  const read = readJws(token) ?? invalid('form');
  const { header, payload } = read;
  const { iss, sub, aud, iat, nbf, exp, jti, credentials, purpose } = payload;
  const { kid } = header;
  if (typeof iss !== 'string' || sub !== iss || typeof kid !== 'string' || !kid.startsWith(`${iss}#`)) return invalid('iss, sub, kid');
  if (typeof jti !== 'string' || jti === '' || jti.length > 200) return invalid('jti');
  if (typeof iat !== 'number' || typeof exp !== 'number' || (nbf !== undefined && typeof nbf !== 'number')) return invalid('iat, exp, nbf');
  const key = await resolver.key(iss, kid).catch((cause: unknown) => {
    // Not why: anyone may send a token, and must not learn from it what answers at an address that we can reach and they cannot.
    throw cause instanceof MadangError ? new MadangError('token_invalid', { values: { why: 'iss, kid: DID document' }, cause }) : cause;
  });
  if (!isSignedBy(key, token, read)) return invalid('signature');
  if (![aud].flat().includes(audience)) throw new MadangError('token_audience');
  const now = seconds();
  if (exp + LEEWAY_S < now) throw new MadangError('token_expired');
  if (Math.max(iat, nbf ?? iat) - LEEWAY_S > now) return invalid('iat, nbf: not yet');
  if (exp - iat > LONGEST_S || exp - now > LONGEST_S + LEEWAY_S) return invalid(`exp: at most ${LONGEST_S} s`);
  return {
    issuer: iss,
    jti,
    expires: new Date((exp + LEEWAY_S + 1) * 1000).toISOString(),
    credentials: Array.isArray(credentials) ? credentials.filter((c) => typeof c === 'string').slice(0, 20) : [],
    purpose: typeof purpose === 'string' ? purpose : undefined,
  };
}

function invalid(why: string): never {
  throw new MadangError('token_invalid', { values: { why } });
}

import { type KeyObject, sign, verify } from 'node:crypto';
import { parseJson } from '../http/json.ts';
import { fromDer, toDer } from './ecdsa.ts';

/** What a compact JWS of one of our kind holds, before its signature is checked. */
export interface Jws {
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Readonly<Record<string, unknown>>;
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * A compact JWS (RFC 7515) with ES256, by Node's own synchronous signature: it is made for every message between houses, and the
 * asynchronous way of the Web Cryptography API costs more in hand-over than the signature itself (decision 0006).
 */
export function signJws(key: KeyObject, kid: string, payload: object): string {
  const input = `${encode({ alg: 'ES256', kid })}.${encode(payload)}`;
  return `${input}.${fromDer(sign('sha256', Buffer.from(input), key)).toString('base64url')}`;
}

/** Header and payload as they stand; undefined when the text is no compact JWS with JSON objects in it. */
export function readJws(token: string): Jws | undefined {
  const parts = token.split('.');
  if (parts.length !== 3) return undefined;
  const [header, payload] = parts.slice(0, 2).map(decode);
  return header && payload ? { header, payload } : undefined;
}

/** Whether the signature is right. Only ES256, and no header that would have to be understood (`crit`, `b64`). `read`: the token as `readJws` has read it. */
export function isSignedBy(key: KeyObject, token: string, read = readJws(token)): boolean {
  const header = read?.header;
  if (header?.['alg'] !== 'ES256' || 'crit' in header || 'b64' in header) return false;
  const dot = token.lastIndexOf('.');
  const text = token.slice(dot + 1);
  const signature = Buffer.from(text, 'base64url');
  // One signature has one form only; the decoder would take others.
  return (
    signature.length === 64 &&
    signature.toString('base64url') === text &&
    verify('sha256', Buffer.from(token.slice(0, dot)), key, toDer(signature))
  );
}

function decode(part: string): Record<string, unknown> | undefined {
  const { value } = parseJson(Buffer.from(part, 'base64url').toString('utf8'));
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
}

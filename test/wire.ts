import { type KeyObject, randomUUID, sign } from 'node:crypto';

/** A hand-made request. `body` is sent as JSON; `raw` as it is. */
export interface Ask {
  readonly method?: string;
  readonly path: string;
  readonly body?: unknown;
  readonly raw?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads of a body what it expects, and fails when it is not there
export type Body = any; // oxlint-disable-line typescript/no-explicit-any

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; undefined when it is none. */
  readonly body: Body;
}

/** Changes to a token: claims (undefined leaves one out), header, the key that signs, or the whole text. */
export interface TokenChange {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly key?: KeyObject;
  readonly raw?: string;
}

/** A participant as others know it. */
export interface Peer {
  readonly did: string;
  readonly dsp: string;
}

export interface Signed extends Ask {
  /** What to change in the token that a right sender would send. */
  readonly token?: TokenChange;
}

/** Who signs: a DID and one of its keys. */
export interface Sender {
  readonly did: string;
  readonly kid: string;
  readonly key: KeyObject;
}

/** A token as a right sender makes it for one request to `audience`, with the changes of a test. */
export function signed({ did, kid, key }: Sender, audience: string, { claims, header, key: other, raw }: TokenChange = {}): string {
  if (raw !== undefined) return raw;
  const now = Math.floor(Date.now() / 1000);
  const all = { iss: did, sub: did, aud: audience, jti: randomUUID(), iat: now, exp: now + 60, ...claims };
  const input = [{ alg: 'ES256', kid: `${did}#${kid}`, ...header }, all]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${input}.${sign('sha256', Buffer.from(input), { key: other ?? key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

/** Sends over a real socket and reads the whole answer. GET when there is no body, else POST. */
export async function send(base: string, { method, path, body, raw, headers = {} }: Ask): Promise<Answer> {
  const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const answer = await fetch(base + path, {
    method: method ?? (content === undefined ? 'GET' : 'POST'),
    headers: { ...(content === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(content === undefined ? {} : { body: content }),
    redirect: 'manual',
    signal: AbortSignal.timeout(20_000),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, body: parse(text) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

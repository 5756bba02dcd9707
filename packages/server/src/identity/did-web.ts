import { MadangError } from '@madang/core/error.ts';

export interface DidDocument {
  readonly '@context': readonly string[];
  readonly id: string;
  readonly verificationMethod: readonly VerificationMethod[];
  readonly authentication?: readonly unknown[];
  readonly assertionMethod?: readonly unknown[];
  readonly service?: readonly { readonly id: string; readonly type: string; readonly serviceEndpoint: string }[];
}

export interface VerificationMethod {
  readonly id: string;
  readonly type: string;
  readonly controller: string;
  readonly publicKeyJwk?: Readonly<Record<string, unknown>>;
}

/** The `did:web` of a participant under the server's public address: host (with an escaped port), then the path. */
export function didOf(publicUrl: string, participant: string): string {
  const { host, pathname } = new URL(publicUrl);
  const path = pathname.split('/').filter(Boolean).map(encodeURIComponent);
  return ['did:web', encodeURIComponent(host), ...path, 'participants', participant].join(':');
}

/** DID syntax of W3C DID 1.0: letters, digits, `.`, `-`, `_`, whole escapes; no empty part. It is shown and decoded everywhere once it is taken. */
const SYNTAX = /^did:web(:([A-Za-z0-9._-]|%[0-9A-Fa-f]{2})+)+$/;
const LONGEST = 500;

/**
 * Where a `did:web` document is served (did:web method, W3C CCG). Plain http is taken for this machine only: there is no
 * certificate for localhost.
 * @throws MadangError `bad_did`
 */
export function didUrl(did: string): string {
  if (did.length > LONGEST || !SYNTAX.test(did)) throw new MadangError('bad_did', { values: { did: did.slice(0, LONGEST) } });
  const [, , host = '', ...path] = did.split(':');
  const authority = decode(host);
  const local = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(authority);
  const url = URL.parse(`${local ? 'http' : 'https'}://${authority}/${path.length ? path.join('/') : '.well-known'}/did.json`);
  if (!url || url.host !== authority.toLowerCase()) throw new MadangError('bad_did', { values: { did } });
  return url.href;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** The document of a hosted participant. */
export function didDocument(did: string, dsp: string, keys: readonly { kid: string; publicJwk: Record<string, unknown> }[]): DidDocument {
  const methods = keys.map(({ kid, publicJwk }) => ({
    id: `${did}#${kid}`,
    type: 'JsonWebKey2020',
    controller: did,
    publicKeyJwk: publicJwk,
  }));
  const ids = methods.map(({ id }) => id);
  const root = dsp.replace(/\/dsp\/[^/]+$/, '');
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/suites/jws-2020/v1'],
    id: did,
    verificationMethod: methods,
    authentication: ids,
    assertionMethod: ids,
    service: [
      { id: `${did}#dsp`, type: 'DataService', serviceEndpoint: `${root}/.well-known/dspace-version` },
      { id: `${did}#catalog`, type: 'CatalogService', serviceEndpoint: `${dsp}/catalog` },
    ],
  };
}

import { createPublicKey, type KeyObject } from 'node:crypto';
import { MadangError } from '@madang/core/error.ts';
import type { Outbound } from '../http/outbound.ts';
import { type DidDocument, didUrl } from './did-web.ts';

const KEEP_MS = 5 * 60_000;
const REFRESH_MS = 10_000;
/** A document that could not be read is not asked for again before: anyone may send a token that names it. */
const FAILED_MS = 1_000;
const MOST = 5_000;

interface Entry {
  readonly at: number;
  readonly document: Promise<DidDocument>;
  readonly keys: Map<string, KeyObject>;
  /** When it was last read again because of an unknown key. */
  again: number;
}

/** DID documents of others, kept for five minutes and at most 5,000 of them. */
export interface Resolver {
  document(did: string): Promise<DidDocument>;
  /** The public key named by `kid` (a DID URL of `did`). An unknown one makes the document be read again, at most every 10 s. */
  key(did: string, kid: string): Promise<KeyObject>;
}

export function openResolver(outbound: Pick<Outbound, 'send'>): Resolver {
  const known = new Map<string, Entry>();

  async function fetchDocument(did: string): Promise<DidDocument> {
    const answer = await outbound.send({ method: 'GET', url: didUrl(did), maxBytes: 256 * 1024, timeout: 10_000 });
    const document: unknown = answer.status === 200 ? parseJson(answer.text) : undefined;
    if (!isDocument(document) || document.id !== did)
      throw new MadangError('did_unresolved', { values: { did, why: `HTTP ${answer.status}` } });
    return document;
  }

  const read = (did: string): Entry => ({ at: Date.now(), document: fetchDocument(did), keys: new Map(), again: Date.now() });

  function keep(did: string, fresh: Entry): void {
    known.delete(did);
    known.set(did, fresh);
    if (known.size > MOST) known.delete(known.keys().next().value as string);
  }

  function entry(did: string): Entry {
    const found = known.get(did);
    if (found && found.at > Date.now() - KEEP_MS) return found;
    const fresh = read(did);
    keep(did, fresh);
    fresh.document.catch(() => setTimeout(() => known.get(did) === fresh && known.delete(did), FAILED_MS).unref());
    return fresh;
  }

  /** The document read anew because a key is not in the one at hand, which stays in use meanwhile and if that fails. */
  async function renewed(did: string, old: Entry): Promise<Entry> {
    if (old.again > Date.now() - REFRESH_MS) return old;
    old.again = Date.now();
    const fresh = read(did);
    await fresh.document;
    keep(did, fresh);
    return fresh;
  }

  async function find(e: Entry, kid: string): Promise<KeyObject | undefined> {
    const kept = e.keys.get(kid);
    if (kept) return kept;
    const { id: did, verificationMethod } = await e.document;
    const method = verificationMethod.find((m) => m?.id === kid || `${did}${m?.id}` === kid);
    if (!method?.publicKeyJwk) return undefined;
    const key = publicKey(method.publicKeyJwk);
    if (key) e.keys.set(kid, key);
    return key;
  }

  return {
    document: (did) => entry(did).document,
    async key(did, kid) {
      const at = entry(did);
      const key = (await find(at, kid)) ?? (await find(await renewed(did, at), kid));
      if (!key) throw new MadangError('did_unresolved', { values: { did, why: `no key ${kid}` } });
      return key;
    },
  };
}

/** A P-256 key; undefined for any other, which no token of ours is signed with. */
function publicKey(jwk: Readonly<Record<string, unknown>>): KeyObject | undefined {
  try {
    return jwk['crv'] === 'P-256' ? createPublicKey({ key: jwk as never, format: 'jwk' }) : undefined;
  } catch {
    return undefined;
  }
}

function isDocument(value: unknown): value is DidDocument {
  const { verificationMethod, service = [] } = Object(value) as Partial<DidDocument>;
  return Array.isArray(verificationMethod) && Array.isArray(service);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

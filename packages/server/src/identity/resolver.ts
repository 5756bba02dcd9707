import { MadangError } from '@madang/core/error.ts';
import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Outbound } from '../http/outbound.ts';
import { type DidDocument, didUrl } from './did-web.ts';

const KEEP_MS = 5 * 60_000;
const REFRESH_MS = 10_000;
const MOST = 5_000;

interface Entry {
  readonly at: number;
  readonly document: Promise<DidDocument>;
  readonly keys: Map<string, KeyObject>;
}

/** DID documents of others, kept for five minutes and at most 5,000 of them. */
export interface Resolver {
  document(did: string): Promise<DidDocument>;
  /** The public key named by `kid` (a DID URL of `did`). An unknown one makes the document be read again, at most every 10 s. */
  key(did: string, kid: string): Promise<KeyObject>;
}

export function openResolver(outbound: Outbound): Resolver {
  const known = new Map<string, Entry>();

  async function fetchDocument(did: string): Promise<DidDocument> {
    const answer = await outbound.send({ method: 'GET', url: didUrl(did), maxBytes: 256 * 1024, timeout: 10_000 });
    const document: unknown = answer.status === 200 ? parseJson(answer.text) : undefined;
    if (!isDocument(document) || document.id !== did) throw new MadangError('did_unresolved', { values: { did, why: `HTTP ${answer.status}` } });
    return document;
  }

  function entry(did: string, newerThan: number): Entry {
    const found = known.get(did);
    if (found && found.at > newerThan) return found;
    const fresh: Entry = { at: Date.now(), document: fetchDocument(did), keys: new Map() };
    fresh.document.catch(() => known.get(did) === fresh && known.delete(did));
    known.delete(did);
    known.set(did, fresh);
    if (known.size > MOST) known.delete(known.keys().next().value as string);
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
    document: (did) => entry(did, Date.now() - KEEP_MS).document,
    async key(did, kid) {
      const key = (await find(entry(did, Date.now() - KEEP_MS), kid)) ?? (await find(entry(did, Date.now() - REFRESH_MS), kid));
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
  return typeof value === 'object' && value !== null && Array.isArray((value as DidDocument).verificationMethod);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

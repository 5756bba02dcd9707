import { createHash } from 'node:crypto';
import { MadangError } from '@madang/core/error.ts';
import type { Store } from '../db/store.ts';
import { type Membership, verifyMembership } from './membership.ts';
import type { Resolver } from './resolver.ts';
import { addCredential, credentials } from './store.ts';

const MOST = 2_000;
/** How long a check holds: after it the issuer's key is looked up again, which may have been taken back. */
const KEEP_MS = 5 * 60_000;
/** Credentials in one token: it travels in a header. */
const MOST_SHOWN = 20;

/** The credentials that participants hold, and the checked ones that others showed. */
export interface Wallet {
  /** What a participant shows with its requests: of its credentials that are in force, for each issuer and kind the one that lasts longest; 20 at most. */
  show(participant: string): Promise<readonly string[]>;
  store(participant: string, did: string, jwt: string): Promise<Membership>;
  /** Those that hold for `holder` now. One that does not is left out: it is no reason to refuse the others. */
  check(holder: string, shown: readonly string[]): Promise<Membership[]>;
}

export function openWallet(store: Store, resolver: Resolver): Wallet {
  const held = new Map<string, Promise<{ jwt: string; until: number }[]>>();
  const checked = new Map<string, { readonly at: number; readonly result: Promise<Membership> }>();

  async function load(participant: string): Promise<{ jwt: string; until: number }[]> {
    const rows = await store.read(participant, credentials); // the longest first
    const best = new Map(rows.toReversed().map((row) => [JSON.stringify([row.issuer, row.type]), row]));
    return [...best.values()].reverse().map(({ jwt, valid_until }) => ({ jwt, until: Date.parse(valid_until) }));
  }

  function verify(jwt: string): Promise<Membership> {
    const digest = createHash('sha256').update(jwt).digest('base64url');
    const known = checked.get(digest);
    if (known && known.at > Date.now() - KEEP_MS) return known.result;
    const fresh = { at: Date.now(), result: verifyMembership(resolver, jwt) };
    fresh.result.catch(() => checked.get(digest) === fresh && checked.delete(digest));
    checked.delete(digest);
    checked.set(digest, fresh);
    if (checked.size > MOST) checked.delete(checked.keys().next().value as string);
    return fresh.result;
  }

  return {
    async show(participant) {
      let list = held.get(participant);
      if (!list) {
        list = load(participant);
        list.catch(() => held.delete(participant));
        held.set(participant, list);
        if (held.size > MOST) held.delete(held.keys().next().value as string);
      }
      const now = Date.now();
      return (await list)
        .filter(({ until }) => until > now)
        .slice(0, MOST_SHOWN)
        .map(({ jwt }) => jwt);
    },
    async store(participant, did, jwt) {
      const m = await verifyMembership(resolver, jwt);
      if (m.holder !== did) throw new MadangError('credential_not_ours', { values: { holder: m.holder } });
      await store.write(participant, (db) =>
        addCredential(db, participant, { id: m.id, type: m.type, issuer: m.issuer, jwt, valid_from: m.from, valid_until: m.until }),
      );
      held.delete(participant);
      return m;
    },
    async check(holder, shown) {
      const now = Date.now();
      const results = await Promise.allSettled(shown.map(verify));
      return results.flatMap((r) =>
        r.status === 'fulfilled' && r.value.holder === holder && Date.parse(r.value.from) <= now + 10_000 && Date.parse(r.value.until) > now
          ? [r.value]
          : [],
      );
    },
  };
}

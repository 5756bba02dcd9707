import { createHash } from 'node:crypto';
import { MadangError } from '@madang/core/error.ts';
import type { Store } from '../db/store.ts';
import { type Membership, verifyMembership } from './membership.ts';
import type { Resolver } from './resolver.ts';
import { addCredential, credentials } from './store.ts';

const MOST = 2_000;

/** The credentials that participants hold, and the checked ones that others showed. */
export interface Wallet {
  /** What a participant shows with its requests: its credentials that are in force. */
  show(participant: string): Promise<readonly string[]>;
  store(participant: string, did: string, jwt: string): Promise<Membership>;
  /** Those that hold for `holder` now. One that does not is left out: it is no reason to refuse the others. */
  check(holder: string, shown: readonly string[]): Promise<Membership[]>;
}

export function openWallet(store: Store, resolver: Resolver): Wallet {
  const held = new Map<string, Promise<{ jwt: string; until: number }[]>>();
  const checked = new Map<string, Promise<Membership>>();

  const load = async (participant: string) => (await store.read(participant, credentials)).map(({ jwt, valid_until }) => ({ jwt, until: Date.parse(valid_until) }));

  function verify(jwt: string): Promise<Membership> {
    const digest = createHash('sha256').update(jwt).digest('base64url');
    let result = checked.get(digest);
    if (!result) {
      result = verifyMembership(resolver, jwt);
      result.catch(() => checked.delete(digest));
      checked.set(digest, result);
      if (checked.size > MOST) checked.delete(checked.keys().next().value as string);
    }
    return result;
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
      return (await list).filter(({ until }) => until > now).map(({ jwt }) => jwt);
    },
    async store(participant, did, jwt) {
      const m = await verifyMembership(resolver, jwt);
      if (m.holder !== did) throw new MadangError('credential_not_ours', { values: { holder: m.holder } });
      await store.write(participant, (db) => addCredential(db, participant, { id: m.id, type: m.type, issuer: m.issuer, jwt, valid_from: m.from, valid_until: m.until }));
      held.delete(participant);
      return m;
    },
    async check(holder, shown) {
      const now = Date.now();
      const results = await Promise.allSettled(shown.map(verify));
      return results.flatMap((r) => (r.status === 'fulfilled' && r.value.holder === holder && Date.parse(r.value.from) <= now + 10_000 && Date.parse(r.value.until) > now ? [r.value] : []));
    },
  };
}

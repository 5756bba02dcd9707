import type { Protocol } from '@madang/core/api/views.ts';
import { MadangError } from '@madang/core/error.ts';
import type { Store } from '../db/store.ts';
import { openedBy } from './store.ts';
import { ended } from './table.ts';
import type { Exchange } from './types.ts';

/**
 * What one partner may have under way of all that it has opened itself; anyone with a DID may open negotiations, and whoever has an agreement any number of
 * transfers, of which those that are subscriptions stay. A choice of our own: a hundred times what a partner of a thousand products asks for at once.
 */
const MOST: Readonly<Record<Protocol, number>> = { negotiation: 1_000, transfer: 10_000 };
/** Milliseconds before the store is counted again for a partner that has too many. */
const AGAIN_MS = 1_000;

/** Counts in memory what partners have opened and not ended; the store is asked only when that is too much. */
export interface Openings {
  /** @throws MadangError `too_many_open` */
  check(participant: string, protocol: Protocol, peer: string): Promise<void>;
  /** An exchange as it is now; `byThem`: the partner has just opened it. */
  note(exchange: Exchange, byThem: boolean): void;
}

interface Counted {
  ids: Set<string>;
  at: number;
}

export function openOpenings(store: Store): Openings {
  const known = new Map<string, Counted>();
  const keyOf = (participant: string, protocol: Protocol, peer: string) => `${participant} ${protocol} ${peer}`;

  return {
    async check(participant, protocol, peer) {
      const counted = known.get(keyOf(participant, protocol, peer));
      if (!counted || counted.ids.size < MOST[protocol]) return;
      if (counted.at < Date.now() - AGAIN_MS) {
        counted.at = Date.now();
        counted.ids = new Set(await store.read(participant, (db) => openedBy(db, protocol, peer, MOST[protocol])));
      }
      if (counted.ids.size >= MOST[protocol]) throw new MadangError('too_many_open', { values: { limit: MOST[protocol] } });
    },
    note(exchange, byThem) {
      const { participant, protocol, peer, id } = exchange;
      const key = keyOf(participant, protocol, peer);
      const counted = known.get(key);
      if (ended(exchange)) {
        counted?.ids.delete(id);
        if (counted?.ids.size === 0) known.delete(key);
      } else if (counted && byThem) counted.ids.add(id);
      else if (byThem) known.set(key, { ids: new Set([id]), at: 0 });
    },
  };
}

import { isStoreAway } from '../db/errors.ts';
import type { Store } from '../db/store.ts';
import type { House } from '../participants/houses.ts';
import { leftOut, type PendingRow, pendingOut } from '../protocol/outbox.ts';
import type { Pauses } from './pauses.ts';

/** Before the store is asked again that was away. */
export const STORE_PAUSE_MS = 500;
const PAGE = 1_000;

/** What is left in the outbox, without what is to be sent, in the order in which it came to be. While the store is away it is asked again. */
export function openLeft(store: Store, pauses: Pauses, stop: AbortSignal) {
  async function insist(read: () => Promise<PendingRow[]>): Promise<PendingRow[]> {
    while (!stop.aborted) {
      try {
        return await read();
      } catch (error) {
        if (!isStoreAway(error)) throw error;
        await pauses.wait(STORE_PAUSE_MS);
      }
    }
    return [];
  }

  return {
    ofExchange: (house: House, id: string): Promise<PendingRow[]> => insist(() => leftOut(store, house.id, id)),
    /** Read by the key, page by page. */
    async ofHouse(house: House): Promise<PendingRow[]> {
      const all: PendingRow[] = [];
      for (let after = ''; !stop.aborted; after = all.at(-1)?.id ?? '') {
        const page = await insist(() => pendingOut(store, house.id, { after, limit: PAGE }));
        all.push(...page);
        if (page.length < PAGE) break;
      }
      return all.sort((a, b) => (a.created_at < b.created_at ? -1 : 1));
    },
  };
}

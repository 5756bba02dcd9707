import type { Context } from '../context.ts';
import { findPartner } from '../participants/partners.ts';
import { dueCatalogs } from './kept-store.ts';
import { refreshMeanwhile } from './refresh.ts';
import { sieveOf } from './sieve.ts';
import { setSieve, unsieved } from './store.ts';

const EVERY_MS = 60_000;
/** A catalogue that somebody looked at in the last day is asked for again after this time, and up to a third more by chance: not all at once. */
const AGE_MINUTES = 30;

/** At the start, offers of an earlier version get the conditions that the database searches by; now and then, kept catalogues are refreshed. */
export function startKeeper(ctx: Context): AsyncDisposable {
  const stop = new AbortController();
  const inTurn = (work: () => Promise<void>) => work().catch((error: unknown) => ctx.log.warn({ err: error }, 'catalogues'));
  let running = inTurn(() => sieveOffers(ctx, stop.signal));
  const timer = setInterval(() => {
    running = running.then(() => inTurn(() => refreshDue(ctx, stop.signal)));
  }, EVERY_MS);
  timer.unref();
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      clearInterval(timer);
      await running;
    },
  };
}

export async function sieveOffers(ctx: Context, signal: AbortSignal): Promise<void> {
  const some = (participant: string) =>
    ctx.store.write(participant, async (db) => {
      const rows = await unsieved(db, 500);
      for (const { id, access } of rows) await setSieve(db, id, sieveOf(access));
      return rows.length;
    });
  for (const { id } of ctx.houses.all()) while (!signal.aborted && (await some(id)) > 0);
}

/** Asks for the catalogues that are looked at and have become old, one after the other. */
export async function refreshDue(ctx: Context, signal: AbortSignal): Promise<void> {
  for (const house of ctx.houses.all()) {
    if (signal.aborted) return;
    const minutes = Math.round(AGE_MINUTES * (1 + Math.random() / 3));
    for (const did of await ctx.store.read(house.id, (db) => dueCatalogs(db, minutes))) {
      const partner = signal.aborted ? undefined : await findPartner(ctx, house.id, did);
      if (partner) await refreshMeanwhile(ctx, house, partner);
    }
  }
}

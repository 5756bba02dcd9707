import type { PartnerView } from '@madang/core/api/views.ts';
import { MadangError } from '@madang/core/error.ts';
import type { Context } from '../context.ts';
import type { House } from '../participants/houses.ts';
import { reasonOf } from '../protocol/reasons.ts';
import { fetchPages } from './fetch.ts';
import {
  addPage,
  dropLeftOver,
  finishRun,
  type KeptCatalog,
  type KeptDataset,
  keptCatalog,
  look,
  noteProblem,
  noteSame,
} from './kept-store.ts';
import { aboutOf, type DescribedDataset, kindOf, titleOf } from './read.ts';

const underWay = new Map<string, Promise<void>>();

/**
 * Asks a partner for its catalogue and keeps it. What is kept changes all at once when the last page has come; when the partner cannot be
 * reached or understood, the copy stays as it was, with the reason. Two at once become one.
 */
export function refresh(ctx: Context, house: House, partner: PartnerView): Promise<void> {
  const key = `${house.did} ${partner.did}`;
  const running = underWay.get(key) ?? fetchAll(ctx, house, partner).finally(() => underWay.delete(key));
  underWay.set(key, running);
  return running;
}

/** The same while nobody waits; who looks on is told when it is done. */
export async function refreshMeanwhile(ctx: Context, house: House, partner: PartnerView): Promise<void> {
  try {
    await refresh(ctx, house, partner);
    ctx.changes.tell(house.id, { type: 'partner', id: partner.did });
  } catch (error) {
    ctx.log.warn({ err: error, partner: partner.did }, 'catalogue');
  }
}

async function fetchAll(ctx: Context, house: House, partner: PartnerView): Promise<void> {
  const kept = await ctx.store.write(house.id, async (db) => {
    await look(db, house.id, partner.did);
    await dropLeftOver(db, partner.did);
    return (await keptCatalog(db, partner.did)) as KeptCatalog;
  });
  try {
    await keepPages(ctx, house, partner, kept);
  } catch (error) {
    if (!(error instanceof MadangError)) throw error;
    await ctx.store.write(house.id, (db) => noteProblem(db, partner.did, reasonOf(error)));
  }
}

async function keepPages(ctx: Context, house: House, partner: PartnerView, kept: KeptCatalog): Promise<void> {
  const run = kept.run + 1;
  const before = new Map(kept.pages.map(({ url }, number) => [url, number]));
  const known = new Map(kept.pages.flatMap(({ url, etag }) => (etag === null ? [] : [[url, etag]])));
  const pages: { url: string; etag: string | null }[] = [];
  const same: [number, number][] = [];
  for await (const { url, etag, datasets } of fetchPages(ctx, house, partner, { known })) {
    if (datasets === null) same.push([before.get(url) ?? -1, pages.length]);
    else if (datasets.length > 0)
      await addPage(ctx.store, house.id, { partner: partner.did, run, page: pages.length, datasets: datasets.map(toKept) });
    pages.push({ url, etag });
  }
  const unchanged = same.length === pages.length && pages.length === kept.pages.length;
  if (unchanged) await ctx.store.write(house.id, (db) => noteSame(db, partner.did));
  else await finishRun(ctx.store, house.id, { partner: partner.did, run, pages, same });
}

const toKept = (dataset: DescribedDataset): Omit<KeptDataset, 'partner'> => ({
  dataset: dataset['@id'],
  title: titleOf(dataset),
  kind: kindOf(dataset),
  about: aboutOf(dataset),
  formats: [...new Set(dataset.distribution.map(({ format }) => format))],
  offers: dataset.hasPolicy,
});

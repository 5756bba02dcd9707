import type { catalogBody, catalogSearchQuery } from '@madang/core/api/bodies.ts';
import type { CatalogDataset, CatalogSearchView, CatalogView, PartyRef } from '@madang/core/api/views.ts';
import { toUtc } from '@madang/core/time.ts';
import { z } from 'zod';
import type { Context } from '../context.ts';
import type { Reader } from '../db/store.ts';
import type { House } from '../participants/houses.ts';
import { getPartner, partyName } from '../participants/partners.ts';
import { fromCursor, toCursor } from './cursor.ts';
import { countKept, type KeptDataset, keptCatalog, keptDatasets, look, type Search } from './kept-store.ts';
import { judge, shownEvidence } from './missing.ts';
import { refresh, refreshMeanwhile } from './refresh.ts';

/** After this time a kept catalogue is refreshed when somebody looks at it. */
const FRESH_MS = 10 * 60_000;

/** Title, partner and id of the last dataset of a page. */
const PLACE = z.tuple([z.string(), z.string(), z.string()]);

/**
 * A partner's catalogue as a person sees it: the kept copy, brought up to date first when that is asked for or when there is none yet, else
 * afterwards when it is old. A partner that does not answer leaves the copy, with its age and the reason.
 * @throws MadangError `partner_unknown`
 */
export async function viewCatalog(ctx: Context, house: House, body: z.infer<typeof catalogBody>): Promise<CatalogView> {
  const partner = await getPartner(ctx, house.id, body.partner);
  const known = await ctx.store.read(house.id, (db) => keptCatalog(db, partner.did));
  const tried = known?.tried_at ?? null;
  // Further pages are of the copy that the first one was of.
  if (tried === null || (body.refresh && body.after === undefined)) await refresh(ctx, house, partner);
  else if (Date.parse(tried) < Date.now() - FRESH_MS) void refreshMeanwhile(ctx, house, partner);
  await ctx.store.write(house.id, (db) => look(db, house.id, partner.did));

  const { kept, found, matching, total } = await ctx.store.read(house.id, async (db) => ({
    kept: await keptCatalog(db, partner.did),
    found: await pageOf(db, body, body),
    matching: await countKept(db, body),
    total: await countKept(db, { partner: partner.did }),
  }));
  const { datasets, shown } = await describeAll(ctx, house, found.rows);
  return {
    partner: { did: partner.did, name: partner.name },
    fetchedAt: kept?.fetched_at ? toUtc(kept.fetched_at) : null,
    problem: kept?.problem ?? null,
    shown: { memberships: shown },
    matching,
    total,
    datasets,
    next: found.next,
  };
}

/** Datasets of all kept catalogues, or of one partner's, as they are kept; nobody is asked. */
export async function searchCatalogs(ctx: Context, house: House, query: z.infer<typeof catalogSearchQuery>): Promise<CatalogSearchView> {
  const { rows, next } = await ctx.store.read(house.id, (db) => pageOf(db, query, query));
  return { datasets: (await describeAll(ctx, house, rows)).datasets, next };
}

async function pageOf(db: Reader, search: Search, { limit, after }: { limit: number; after?: string | undefined }) {
  const place = after === undefined ? undefined : fromCursor(after, PLACE, 'after');
  const found = await keptDatasets(db, search, limit + 1, place);
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, next: found.length > limit && last ? toCursor([last.title, last.partner, last.dataset]) : null };
}

async function describeAll(
  ctx: Context,
  house: House,
  rows: readonly KeptDataset[],
): Promise<{ datasets: CatalogDataset[]; shown: PartyRef[] }> {
  const [name, evidence] = await Promise.all([partyName(ctx, house.id), shownEvidence(ctx, house)]);
  const datasets = rows.map(({ partner, dataset, title, kind, about, formats, offers }): CatalogDataset => {
    const provider = name(partner);
    return {
      partner: { did: partner, name: provider },
      id: dataset,
      title,
      kind,
      about,
      products: about.products,
      formats,
      offers: offers.map((offer) => judge(offer, evidence, { title, provider, name })),
    };
  });
  const issuers = [...new Set(evidence.memberships.map(({ issuer }) => issuer))];
  return { datasets, shown: issuers.map((did) => ({ did, name: name(did) })) };
}

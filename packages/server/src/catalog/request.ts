import * as build from '@madang/core/dsp/build.ts';
import type { Catalog, Dataset, NestedDataset } from '@madang/core/dsp/types.ts';
import { MadangError } from '@madang/core/error.ts';
import { toOffer } from '@madang/core/policy/odrl.ts';
import type { Context } from '../context.ts';
import type { Partner } from '../identity/partner.ts';
import type { House } from '../participants/houses.ts';
import { productsOf } from '../records/views.ts';
import { evidenceOf, refusals } from './evidence.ts';
import { type OfferRow, offerOfDataset, openOfferRows } from './store.ts';

export const PULL = 'HttpData-PULL';

/** Dublin Core terms, as absolute IRIs: they need no entry in `@context` and survive any processing. */
export const DCTERMS = {
  title: 'http://purl.org/dc/terms/title',
  type: 'http://purl.org/dc/terms/type',
  subject: 'http://purl.org/dc/terms/subject',
} as const;

/** The catalogue as this partner may see it. What its access policy hides is not there at all. */
export async function requestCatalog(ctx: Context, house: House, partner: Partner): Promise<Catalog> {
  const rows = await ctx.store.read(house.id, openOfferRows);
  const visible = await seenBy(ctx, house, partner, rows);
  const datasets = await Promise.all(visible.map((row) => describe(ctx, house, row)));
  return build.catalog({ id: `${house.dsp}/catalog`, participantId: house.did, datasets, services: [build.dataService(house.did, house.dsp)] });
}

/** One dataset. Unknown, withdrawn and hidden are the same answer. @throws MadangError `dataset_unknown` */
export async function requestDataset(ctx: Context, house: House, partner: Partner, id: string): Promise<Dataset> {
  const row = await ctx.store.read(house.id, (db) => offerOfDataset(db, id));
  const [visible] = row && row.withdrawn_at === null ? await seenBy(ctx, house, partner, [row]) : [];
  if (!visible) throw new MadangError('dataset_unknown', { values: { id } });
  const dataset = await describe(ctx, house, visible);
  return { ...build.dataset(id, dataset.hasPolicy, dataset.distribution), ...dataset };
}

async function seenBy(ctx: Context, house: House, partner: Partner, rows: readonly OfferRow[]): Promise<OfferRow[]> {
  const evidence = await evidenceOf(ctx, house, { did: partner.did, purpose: partner.purpose, memberships: await partner.memberships() });
  return rows.filter(({ access, title }) => refusals(access, evidence, { title, provider: house.name }).length === 0);
}

async function describe(ctx: Context, house: House, row: OfferRow): Promise<NestedDataset> {
  const dataset = build.nestedDataset(row.dataset, [toOffer(row.contract, row.id)], [build.distribution(PULL, build.dataService(house.did, house.dsp))]);
  const products = await productsOf(ctx, house.id, row.view);
  const description = { [DCTERMS.title]: row.title, [DCTERMS.type]: row.view.kind, ...(products.length ? { [DCTERMS.subject]: products } : {}) };
  return { ...dataset, ...description };
}

import * as build from '@madang/core/dsp/build.ts';
import type { Catalog, Dataset, NestedDataset } from '@madang/core/dsp/types.ts';
import { MadangError } from '@madang/core/error.ts';
import type { Evidence } from '@madang/core/policy/model.ts';
import { toOffer } from '@madang/core/policy/odrl.ts';
import type { Context } from '../context.ts';
import type { Partner } from '../identity/partner.ts';
import type { House } from '../participants/houses.ts';
import { productsOf } from '../records/views.ts';
import { evidenceFor, evidenceOf, type KnownPartner, refusals } from './evidence.ts';
import { type OfferRow, openOfferRows } from './store.ts';

export const PULL = 'HttpData-PULL';

/** Dublin Core terms, as absolute IRIs: they need no entry in `@context` and survive any processing. */
export const DCTERMS = {
  title: 'http://purl.org/dc/terms/title',
  type: 'http://purl.org/dc/terms/type',
  subject: 'http://purl.org/dc/terms/subject',
} as const;

/** The catalogue as this partner may see it. What its access policy hides is not there at all. */
export async function requestCatalog(ctx: Context, house: House, partner: Partner): Promise<Catalog> {
  const [rows, evidence] = await Promise.all([ctx.store.read(house.id, openOfferRows), evidenceOf(ctx, house, await known(partner))]);
  const shown = rows.filter((row) => visible(house, row, evidence));
  const products = await productsOf(
    ctx,
    house.id,
    shown.map(({ view }) => view),
  );
  const datasets = shown.map((row, i) => describe(house, row, products[i] ?? []));
  return build.catalog({
    id: `${house.dsp}/catalog`,
    participantId: house.did,
    datasets,
    services: [build.dataService(house.did, house.dsp)],
  });
}

/** One dataset; spends the partner's token. Unknown, withdrawn and hidden are the same answer. @throws MadangError `dataset_unknown`, `token_reused` */
export async function requestDataset(ctx: Context, house: House, partner: Partner, id: string): Promise<Dataset> {
  const { offer, evidence } = await evidenceFor(ctx, house, await known(partner), { dataset: id, token: partner.token() });
  if (!offer || !visible(house, offer, evidence)) throw new MadangError('dataset_unknown', { values: { id } });
  const [products = []] = await productsOf(ctx, house.id, [offer.view]);
  const dataset = describe(house, offer, products);
  return { ...build.dataset(id, dataset.hasPolicy, dataset.distribution), ...dataset };
}

async function known(partner: Partner): Promise<KnownPartner> {
  return { did: partner.did, purpose: partner.purpose, memberships: await partner.memberships() };
}

/** Whether an offer is there for a partner: not withdrawn, and open to it by its access policy. */
export const visible = (house: House, { access, title, withdrawn_at }: OfferRow, evidence: Evidence): boolean =>
  withdrawn_at === null && refusals(access, evidence, { title, provider: house.name }).length === 0;

function describe(house: House, row: OfferRow, products: readonly string[]): NestedDataset {
  const dataset = build.nestedDataset(
    row.dataset,
    [toOffer(row.contract, row.id)],
    [build.distribution(PULL, build.dataService(house.did, house.dsp))],
  );
  const description = {
    [DCTERMS.title]: row.title,
    [DCTERMS.type]: row.view.kind,
    ...(products.length ? { [DCTERMS.subject]: products } : {}),
  };
  return { ...dataset, ...description };
}

import * as build from '@madang/core/dsp/build.ts';
import type { Dataset } from '@madang/core/dsp/types.ts';
import { MadangError } from '@madang/core/error.ts';
import type { Context } from '../context.ts';
import type { Partner } from '../identity/partner.ts';
import type { House } from '../participants/houses.ts';
import { type CatalogAnswer, openCatalog } from './answer.ts';
import { describe } from './describe.ts';
import { evidenceFor, type KnownPartner } from './evidence.ts';
import { visible, type Wanted } from './page.ts';

/** A page of the catalogue as this partner may see it; spends its token. What an access policy hides is not there at all. @throws MadangError `token_reused` */
export async function requestCatalog(
  ctx: Context,
  house: House,
  partner: Partner,
  wanted: Wanted,
  knownTags: string,
): Promise<CatalogAnswer> {
  const { evidence } = await evidenceFor(ctx, house, await known(partner), { dataset: '', token: partner.token() });
  partner.spent();
  return openCatalog(ctx, house, evidence, wanted, knownTags);
}

/** One dataset; spends the partner's token. Unknown, withdrawn and hidden are the same answer. @throws MadangError `dataset_unknown`, `token_reused` */
export async function requestDataset(ctx: Context, house: House, partner: Partner, id: string): Promise<Dataset> {
  const { offer, evidence } = await evidenceFor(ctx, house, await known(partner), { dataset: id, token: partner.token() });
  if (!offer || !visible(offer, evidence)) throw new MadangError('dataset_unknown', { values: { id } });
  const dataset = describe(house, offer);
  return { ...build.dataset(id, dataset.hasPolicy, dataset.distribution), ...dataset };
}

async function known(partner: Partner): Promise<KnownPartner> {
  return { did: partner.did, purpose: partner.purpose, memberships: await partner.memberships() };
}

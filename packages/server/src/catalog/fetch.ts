import type { CatalogDataset, CatalogView, PartnerView } from '@madang/core/api/views.ts';
import * as build from '@madang/core/dsp/build.ts';
import { parseMessage } from '@madang/core/dsp/message.ts';
import { joinBase } from '@madang/core/dsp/path.ts';
import type { MessageMap, NestedDataset, Offer } from '@madang/core/dsp/types.ts';
import { MadangError } from '@madang/core/error.ts';
import { parsePolicy } from '@madang/core/policy/parse.ts';
import type { Text } from '@madang/core/text.ts';
import type { Context } from '../context.ts';
import { parseJson } from '../http/json.ts';
import type { OutboundAnswer } from '../http/outbound.ts';
import { signToken } from '../identity/token.ts';
import type { House } from '../participants/houses.ts';
import { getPartner } from '../participants/partners.ts';
import { fromAnswer, reasonOf } from '../protocol/reasons.ts';
import { policyReader } from './offers.ts';
import { DCTERMS } from './request.ts';

/** A dataset in a partner's catalogue, with what the partner says of it. */
export type DescribedDataset = NestedDataset & Readonly<Record<string, unknown>>;

/** Sends a GET or POST of the catalogue protocol, signed, and reads its answer. @throws MadangError `peer_refused`, `peer_unreadable`, `outbound_unreachable` */
async function ask<T extends 'Catalog' | 'Dataset'>(
  ctx: Context,
  house: House,
  partner: PartnerView,
  type: T,
  path: string,
  ids: Record<string, string>,
  purpose: string | undefined,
  body?: object,
): Promise<MessageMap[T]> {
  const { did } = partner;
  const token = await signToken(ctx.keys, {
    participant: house.id,
    did: house.did,
    audience: did,
    credentials: await ctx.wallet.show(house.id),
    purpose,
  });
  const answer = await ctx.outbound.send({
    method: body ? 'POST' : 'GET',
    url: joinBase(partner.dsp, path, ids),
    headers: { authorization: `Bearer ${token}` },
    ...(body ? { body: JSON.stringify(body) } : {}),
    maxBytes: 32 * 1024 * 1024,
  });
  if (answer.status !== 200) throw refusal(partner.name, answer);
  const { value, why } = parseJson(answer.text);
  if (why !== undefined) throw unreadable(partner, { ko: `JSON: ${why}`, en: `JSON: ${why}` });
  try {
    return parseMessage(type, value);
  } catch (cause) {
    throw cause instanceof MadangError ? unreadable(partner, cause.text) : cause;
  }
}

const unreadable = ({ name }: PartnerView, { ko, en }: Text) =>
  new MadangError('peer_unreadable', { values: { name, why_ko: ko, why_en: en } });

function refusal(name: string, { status, text }: OutboundAnswer): MadangError {
  const reasons = fromAnswer(text);
  const why = reasons[0]?.text ?? { ko: `HTTP ${status}`, en: `HTTP ${status}` };
  return new MadangError('peer_refused', { values: { name, why_ko: why.ko, why_en: why.en }, data: reasons });
}

/** All datasets that a partner shows us. */
export async function fetchCatalog(ctx: Context, house: House, partner: PartnerView, purpose?: string): Promise<DescribedDataset[]> {
  const catalog = await ask(ctx, house, partner, 'Catalog', '/catalog/request', {}, purpose, build.catalogRequest());
  return [...(catalog.dataset ?? [])] as DescribedDataset[];
}

/** @throws MadangError `peer_refused` when it is unknown or hidden */
export async function fetchDataset(
  ctx: Context,
  house: House,
  partner: PartnerView,
  id: string,
  purpose?: string,
): Promise<DescribedDataset> {
  const dataset = await ask(ctx, house, partner, 'Dataset', '/catalog/datasets/:id', { id }, purpose);
  if (dataset['@id'] !== id) throw unreadable(partner, { ko: `다른 데이터셋 ${dataset['@id']}`, en: `another dataset, ${dataset['@id']}` });
  return dataset as unknown as DescribedDataset;
}

export const titleOf = (dataset: DescribedDataset): string =>
  typeof dataset[DCTERMS.title] === 'string' ? (dataset[DCTERMS.title] as string) : dataset['@id'];
export const kindOf = (dataset: DescribedDataset): string | null =>
  typeof dataset[DCTERMS.type] === 'string' ? (dataset[DCTERMS.type] as string) : null;
export const productsIn = (dataset: DescribedDataset): string[] =>
  [dataset[DCTERMS.subject] ?? []].flat().filter((p) => typeof p === 'string');

/** A partner's catalogue as shown to a person. */
export async function viewCatalog(ctx: Context, house: House, did: string): Promise<CatalogView> {
  const partner = await getPartner(ctx, house.id, did);
  const datasets = await fetchCatalog(ctx, house, partner);
  const read = await policyReader(ctx, house.id);
  const show = (offer: Offer) => {
    try {
      return { id: offer['@id'], policy: read(parsePolicy(offer)) };
    } catch (error) {
      if (!(error instanceof MadangError)) throw error;
      return { id: offer['@id'], policy: { odrl: offer, sentence: reasonOf(error).text } };
    }
  };
  return {
    partner: { did, name: partner.name },
    fetchedAt: new Date().toISOString(),
    datasets: datasets.map(
      (d): CatalogDataset => ({
        id: d['@id'],
        title: titleOf(d),
        kind: kindOf(d),
        products: productsIn(d),
        formats: d.distribution.map(({ format }) => format),
        offers: d.hasPolicy.map(show),
      }),
    ),
  };
}

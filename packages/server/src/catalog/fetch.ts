import type { CatalogDataset, CatalogView } from '@madang/core/api/views.ts';
import * as build from '@madang/core/dsp/build.ts';
import { parseMessage } from '@madang/core/dsp/message.ts';
import { joinBase } from '@madang/core/dsp/path.ts';
import type { NestedDataset, Offer } from '@madang/core/dsp/types.ts';
import { MadangError } from '@madang/core/error.ts';
import { parsePolicy } from '@madang/core/policy/parse.ts';
import type { Context } from '../context.ts';
import { reasonOf } from '../protocol/reasons.ts';
import { fromWire } from '../protocol/reasons.ts';
import type { OutboundAnswer } from '../http/outbound.ts';
import { signToken } from '../identity/token.ts';
import type { House } from '../participants/houses.ts';
import { getPartner } from '../participants/partners.ts';
import { policyReader } from './offers.ts';
import { DCTERMS } from './request.ts';

/** A dataset in a partner's catalogue, with what the partner says of it. */
export type DescribedDataset = NestedDataset & Readonly<Record<string, unknown>>;

/** Sends a GET or POST of the catalogue protocol, signed. @throws MadangError `peer_refused`, `outbound_unreachable` */
async function ask(ctx: Context, house: House, did: string, path: string, ids: Record<string, string>, purpose: string | undefined, body?: object): Promise<unknown> {
  const partner = await getPartner(ctx, house.id, did);
  const token = await signToken(ctx.keys, { participant: house.id, did: house.did, audience: did, credentials: await ctx.wallet.show(house.id), purpose });
  const answer = await ctx.outbound.send({
    method: body ? 'POST' : 'GET',
    url: joinBase(partner.dsp, path, ids),
    headers: { authorization: `Bearer ${token}` },
    ...(body ? { body: JSON.stringify(body) } : {}),
    maxBytes: 32 * 1024 * 1024,
  });
  if (answer.status !== 200) throw refusal(partner.name, answer);
  return JSON.parse(answer.text);
}

function refusal(name: string, { status, text }: OutboundAnswer): MadangError {
  let said: { code?: string; reason?: unknown[] } = {};
  try {
    said = JSON.parse(text);
  } catch {
    // a peer without a reason: the status is all there is
  }
  const reasons = fromWire(said.code, Array.isArray(said.reason) ? said.reason : undefined);
  const why = reasons[0]?.text ?? { ko: `HTTP ${status}`, en: `HTTP ${status}` };
  return new MadangError('peer_refused', { values: { name, why_ko: why.ko, why_en: why.en }, data: reasons });
}

/** All datasets that a partner shows us. */
export async function fetchCatalog(ctx: Context, house: House, did: string, purpose?: string): Promise<DescribedDataset[]> {
  const catalog = parseMessage('Catalog', await ask(ctx, house, did, '/catalog/request', {}, purpose, build.catalogRequest()));
  return [...(catalog.dataset ?? [])] as DescribedDataset[];
}

/** @throws MadangError `peer_refused` when it is unknown or hidden */
export async function fetchDataset(ctx: Context, house: House, did: string, id: string, purpose?: string): Promise<DescribedDataset> {
  return parseMessage('Dataset', await ask(ctx, house, did, '/catalog/datasets/:id', { id }, purpose)) as unknown as DescribedDataset;
}

export const titleOf = (dataset: DescribedDataset): string => (typeof dataset[DCTERMS.title] === 'string' ? dataset[DCTERMS.title] as string : dataset['@id']);
export const kindOf = (dataset: DescribedDataset): string | null => (typeof dataset[DCTERMS.type] === 'string' ? dataset[DCTERMS.type] as string : null);
export const productsIn = (dataset: DescribedDataset): string[] => [dataset[DCTERMS.subject] ?? []].flat().filter((p) => typeof p === 'string');

/** A partner's catalogue as shown to a person. */
export async function viewCatalog(ctx: Context, house: House, did: string): Promise<CatalogView> {
  const partner = await getPartner(ctx, house.id, did);
  const datasets = await fetchCatalog(ctx, house, did);
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
    datasets: datasets.map((d): CatalogDataset => ({
      id: d['@id'], title: titleOf(d), kind: kindOf(d), products: productsIn(d),
      formats: d.distribution.map(({ format }) => format), offers: d.hasPolicy.map(show),
    })),
  };
}

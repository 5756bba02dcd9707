import * as build from '@madang/core/dsp/build.ts';
import { fromChoices } from '@madang/core/policy/explain.ts';
import { linkOf } from '@madang/server/catalog/link.ts';
import { sieveOf } from '@madang/server/catalog/sieve.ts';
import type { Member, Network } from './network.ts';
import type { Answer, Body } from './wire.ts';

/** What stands beside a catalogue request. `method: 'GET'` sends no body. */
export interface CatalogAsk {
  readonly filter?: readonly unknown[];
  readonly path?: string;
  readonly method?: 'GET';
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks a house for its catalogue, as a member of the network. */
export const askCatalog = (
  network: Network,
  from: string,
  supplier: Member,
  { filter, path = '/catalog/request', method, headers }: CatalogAsk = {},
): Promise<Answer> =>
  network.signed(from, supplier, {
    path,
    ...(method ? { method } : { body: build.catalogRequest(filter) }),
    ...(headers ? { headers } : {}),
  });

export const idsIn = (body: Body): string[] => (body.dataset ?? []).map((dataset: Body) => dataset['@id']);
export const linkTo = ({ headers }: Answer, relation: string) => linkOf(headers.get('link') ?? '', relation);

/** Every page, from the first by the links of each, fetched by POST and by GET in turn. */
export async function walkCatalog(
  network: Network,
  from: string,
  supplier: Member,
  filter: readonly unknown[] = [],
  meanwhile: (page: number) => Promise<unknown> = async () => {},
): Promise<Answer[]> {
  const pages: Answer[] = [await askCatalog(network, from, supplier, { filter })];
  for (let next = linkTo(pages[0]!, 'next'); next !== undefined; next = linkTo(pages.at(-1)!, 'next')) {
    await meanwhile(pages.length);
    if (!next.startsWith(`${supplier.dsp}/`) || pages.length > 200) throw new Error(`a page leads to ${next}`);
    const path = next.slice(supplier.dsp.length);
    pages.push(await askCatalog(network, from, supplier, pages.length % 2 ? { path, filter } : { path, method: 'GET' }));
  }
  return pages;
}

/**
 * So many offers of a service, numbered from `first`, with an access policy for each. Returns the ids of their datasets, in the order in which
 * they stand in the catalogue. Past the management interface, since it is not what is tested: thousands at once.
 */
export async function seedOffers(
  network: Network,
  supplier: Member,
  count: number,
  access: (i: number) => Parameters<typeof fromChoices>[0] = () => ({}),
  first = 0,
): Promise<string[]> {
  const offers = Array.from({ length: count }, (_, n) => {
    const i = first + n;
    const policy = fromChoices(access(i));
    return {
      id: `urn:test:offer:${String(i).padStart(6, '0')}`,
      dataset: `urn:test:dataset:${i}`,
      title: `Part ${i}`,
      view: { kind: 'service', id: 'erp' },
      given: { products: [`urn:test:product:${i}`] },
      access: policy,
      contract: fromChoices({}),
      answer: 'auto',
      ...sieveOf(policy),
    };
  });
  await network.server.context.store.write(
    supplier.id,
    (db) => db`select offer_add(${supplier.id}, offer) from jsonb_array_elements(${db.json(offers)}) offer`,
  );
  return offers.map(({ dataset }) => dataset);
}

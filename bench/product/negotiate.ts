import type { ExchangeDetail, OfferView } from '@madang/core/api/views.ts';
import type { House } from './house.ts';

export interface Pair {
  readonly consumer: House;
  readonly provider: House;
  readonly offer: OfferView;
}

/** Puts the provider into the consumer's address book. */
export async function introduce({ consumer, provider }: Pair, shortName = 'supplier'): Promise<void> {
  await consumer.call('PUT', '/partners', { did: provider.did, name: shortName, shortName, relation: 'supplier' });
}

/**
 * One negotiation over the management interface, from the consumer's call to FINALIZED on both sides, in ms. The provider is FINALIZED before it
 * says so to the consumer, so the consumer's end is the end of both.
 */
export async function negotiate({ consumer, provider, offer }: Pair): Promise<number> {
  const began = performance.now();
  const wish = { partner: provider.did, dataset: offer.dataset, offer: offer.id, purpose: 'product-footprint' };
  const { id } = await consumer.call<ExchangeDetail>('POST', '/negotiations', wish);
  return (await consumer.finalized(id)) - began;
}

/** Milliseconds of each negotiation, and of all together. */
export interface Run {
  readonly durations: readonly number[];
  readonly total: number;
}

/** `count` negotiations, `atOnce` of them under way at any time; `pick` chooses the pair of each. */
export async function run(pick: () => Pair, count: number, atOnce: number): Promise<Run> {
  const began = performance.now();
  const durations: number[] = [];
  let left = count;
  const one = async () => {
    while (left-- > 0) durations.push(await negotiate(pick()));
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return { durations, total: performance.now() - began };
}

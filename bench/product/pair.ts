import type { ExchangeDetail, OfferView } from '@madang/core/api/views.ts';
import { repeat, type System } from '../rounds.ts';
import type { House } from './house.ts';

/** A consumer and what it may ask of a provider. */
export interface Pair {
  readonly consumer: House;
  readonly provider: House;
  readonly offer: Pick<OfferView, 'id' | 'dataset'>;
}

const PURPOSE = 'product-footprint';

/** The provider offers a product to those who name the right purpose, until a day; the consumer puts it into its address book. */
export async function introduce(consumer: House, provider: House): Promise<Pair> {
  const item = { id: 'cell', productIds: ['urn:bench:cell'], name: { ko: '셀', en: 'cell' }, declaredUnit: 'piece', massPerUnit: '1.2' };
  await provider.call('PUT', '/records/item/cell', item);
  const contract = { choices: { purposes: [PURPOSE], until: '2099-12-31' } };
  const view = { kind: 'item', ids: ['cell'], fields: 'whole' };
  const offer = await provider.call<OfferView>('POST', '/offers', { title: 'cell', view, access: { choices: {} }, contract });
  await meet(consumer, provider);
  return { consumer, provider, offer };
}

/** Puts the provider into the consumer's address book. */
export async function meet(consumer: House, provider: House): Promise<void> {
  await consumer.call('PUT', '/partners', { did: provider.did, name: 'supplier', shortName: 'supplier', relation: 'supplier' });
}

/** What the consumer asks for. */
export const wishOf = ({ provider, offer }: Pair) => ({ partner: provider.did, dataset: offer.dataset, offer: offer.id, purpose: PURPOSE });

/**
 * One negotiation over the management interface, in ms from the consumer's call to FINALIZED on both sides: the provider is FINALIZED before it
 * tells the consumer so, hence the consumer's end is the end of both.
 */
async function negotiate(pair: Pair): Promise<number> {
  const { consumer } = pair;
  await consumer.listen();
  const began = performance.now();
  const { id } = await consumer.call<ExchangeDetail>('POST', '/negotiations', wishOf(pair));
  return (await consumer.ended(id)) - began;
}

/** Negotiations of pairs that `pick` chooses. */
export function negotiations(pick: () => Pair, after: (pair: Pair) => void = () => {}): System {
  const one = async () => {
    const pair = pick();
    return negotiate(pair).finally(() => after(pair));
  };
  return (count, atOnce) => repeat(one, count, atOnce);
}

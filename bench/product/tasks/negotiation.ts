import { fetchDataset } from '@madang/server/catalog/fetch.ts';
import { requestNegotiation } from '@madang/server/negotiation/request.ts';
import { getPartner } from '@madang/server/participants/partners.ts';
import { repeat } from '../../rounds.ts';
import { listen, type Task } from './task.ts';

export type Wish = Parameters<typeof requestNegotiation>[2];

/** Negotiations to FINALIZED: the provider is there before it tells the consumer so, hence the consumer's end is the end of both. */
export const negotiation: Task<Wish> = async (context, house, wish) => {
  const dataset = await fetchDataset(context, house, await getPartner(context, house.id, wish.partner), wish.dataset, wish.purpose);
  const story = listen(context, house);
  const one = async () => {
    const began = performance.now();
    const exchange = await requestNegotiation(context, house, wish, dataset);
    return (await story(exchange)).get('FINALIZED')! - began;
  };
  return (count, atOnce) => repeat(one, count, atOnce);
};

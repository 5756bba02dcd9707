import { setTimeout as sleep } from 'node:timers/promises';
import type { OfferView } from '@madang/core/api/views.ts';
import { writeItem } from '../network.ts';
import { BLOWS, type Blow, type House } from './house.ts';

const NEGOTIATIONS = 200;
const TRANSFERS = 50;
/** Calls under way at once, at each house. */
const AT_ONCE = 12;
/** Milliseconds within which the blows fall. */
const WHILE = 2_500;

/** What a round did: the data sets it was about, and the ids that were answered to the callers. */
export interface Round {
  readonly offers: readonly OfferView[];
  readonly acknowledged: readonly { readonly house: House; readonly id: string }[];
  readonly blows: number;
}

interface Way {
  readonly consumer: House;
  readonly provider: House;
  readonly offer: OfferView;
}

/** 200 negotiations and 50 transfers between all houses, while each is hit once or twice at moments that the dice give. */
export async function play(houses: readonly House[], random: () => number): Promise<Round> {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const offers = await Promise.all(houses.map(offerOf));
  const ways = houses.flatMap((consumer) =>
    houses.flatMap((provider, i): Way[] => (provider === consumer ? [] : [{ consumer, provider, offer: offers[i] as OfferView }])),
  );
  const agreements = await Promise.all(ways.map(agreement));

  const calls = [
    ...Array.from({ length: NEGOTIATIONS }, () => {
      const { consumer, provider, offer } = pick(ways);
      const body = { partner: provider.me.did, dataset: offer.dataset };
      return { house: consumer, call: () => consumer.client.call('negotiate', { body }) };
    }),
    ...Array.from({ length: TRANSFERS }, () => {
      const at = Math.floor(random() * ways.length);
      const { consumer } = ways[at] as Way;
      const body = { agreement: agreements[at] as string };
      return { house: consumer, call: () => consumer.client.call('transfer', { body }) };
    }),
  ].sort(() => random() - 0.5);
  const plans = houses.map((house) => {
    const moments = Array.from({ length: 1 + Math.floor(random() * 2) }, () => random() * WHILE).sort((a, b) => a - b);
    return { house, blows: moments.map((at): [number, Blow] => [at, pick(BLOWS)]) };
  });

  const acknowledged: { house: House; id: string }[] = [];
  const began = Date.now();
  const callers = houses.flatMap((house) => {
    const mine = calls.filter((call) => call.house === house).values();
    return Array.from({ length: AT_ONCE }, async () => {
      for (const { call } of mine) acknowledged.push({ house, id: (await insist(call)).id });
    });
  });
  const hitters = plans.map(async ({ house, blows }) => {
    for (const [at, blow] of blows) {
      await sleep(Math.max(0, began + at - Date.now()));
      await house.hit(blow);
    }
  });
  await Promise.all([...callers, ...hitters]);
  return { offers, acknowledged, blows: plans.reduce((sum, { blows }) => sum + blows.length, 0) };
}

async function offerOf({ client }: House): Promise<OfferView> {
  const view = { kind: 'item' as const, ids: [await insist(() => writeItem({ client }))], fields: 'whole' as const };
  const open = { choices: {} };
  return insist(() => client.call('createOffer', { body: { title: 'Part', view, access: open, contract: open, answer: 'auto' } }));
}

/** One agreement before the storm, for the transfers in it. */
async function agreement({ consumer, provider, offer }: Way): Promise<string> {
  const { id } = await insist(() => consumer.client.call('negotiate', { body: { partner: provider.me.did, dataset: offer.dataset } }));
  for (const end = Date.now() + 30_000; Date.now() < end; await sleep(20)) {
    const { state, agreement: made } = await insist(() => consumer.client.call('exchange', { params: { id } }));
    if (state === 'FINALIZED' && made) return made;
  }
  throw new Error(`no agreement before the storm: ${id}`);
}

/** What a program does whose server is away for a moment: asks again. What was begun by a call whose answer was lost is one more, and must end as well. */
async function insist<T>(call: () => Promise<T>): Promise<T> {
  for (const end = Date.now() + 60_000; ; await sleep(50)) {
    try {
      return await call();
    } catch (error) {
      const { status = 0 } = error as { status?: number };
      if (![0, 502, 503, 504].includes(status) || Date.now() > end) throw error;
    }
  }
}

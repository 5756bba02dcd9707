import type { Bench } from './bench.ts';
import { openDatabase } from './database.ts';
import { atMost, type Figure } from './figure.ts';
import { openPlain } from './floor/plain.ts';
import { seedOffers } from './product/offers.ts';
import { CONSUMER, openSides, task } from './product/setup.ts';
import { latency } from './rounds.ts';

const FULL = { offers: 10_000, rounds: 4, count: 75 };
const QUICK = { offers: 300, rounds: 1, count: 6 };

/**
 * Pages of the catalogue of a provider with many offers, each with an access policy of its own of which the asker passes every second one; signed,
 * over HTTP, one page after the other as the provider links them. Beside it a server that sends as many bytes from memory.
 */
export async function measureCatalog(bench: Bench): Promise<Figure[]> {
  const size = bench.quick ? QUICK : FULL;
  const database = bench.use(await openDatabase(bench.folder('database')));
  const { consumer, provider } = await openSides(bench, database, 'catalog', { consumer: { asks: true } });
  bench.say(`catalog: making ${size.offers} offers`);
  await seedOffers(provider.house, consumer.house.did, size.offers);

  bench.say('catalog: pages');
  const product = await task(consumer.server, { house: CONSUMER, task: 'catalog', given: { partner: provider.house.did } });
  const warm = await product(size.count, 1);
  const bytes = Math.max(...(warm.marks?.['bytes'] ?? []));
  const plain = bench.use(await openPlain(bytes));
  const pages = await product(size.rounds * size.count, 1);
  const bare = await task(consumer.server, { house: CONSUMER, task: 'catalog', given: { url: plain.url } });
  await bare(size.count, 1);
  const floor = await bare(size.rounds * size.count, 1);

  const beside = (value: number) => ({ what: { ko: '같은 크기를 메모리에서', en: 'as many bytes from memory' }, value });
  const offers = size.offers.toLocaleString('en');
  const name = (ko: string, en: string) => ({
    ko: `카탈로그 한 쪽, 제공 조건 ${offers}건 중 100건: ${ko}`,
    en: `catalogue page of 100 out of ${offers} offers: ${en}`,
  });
  return [
    {
      id: 'catalog.p95',
      name: name('95 %', '95 %'),
      value: latency([pages], 0.95),
      unit: 'ms',
      beside: beside(latency([floor], 0.95)),
      target: atMost('value', 30),
    },
    {
      id: 'catalog.firstByte',
      name: name('첫 바이트, 95 %', 'first byte, 95 %'),
      value: latency([pages], 0.95, 'firstByte'),
      unit: 'ms',
      beside: beside(latency([floor], 0.95, 'firstByte')),
      target: atMost('value', 10),
    },
    { id: 'catalog.size', name: name('크기', 'size'), value: bytes / 1000, unit: 'kB' },
  ];
}

import type { Text } from '@madang/core/text.ts';
import type { Bench } from './bench.ts';
import { openDatabase } from './database.ts';
import { allOf, atLeast, atMost, type Figure, FLOOR } from './figure.ts';
import { openFloor } from './floor/floor.ts';
import { agreedOnBothSides } from './product/agreed.ts';
import { openOneProcess, openTwoProcesses, type Product } from './product/setup.ts';
import { cpuEach, finished, interleave, latency, rate, type Tally } from './rounds.ts';

const FULL = { warm: 200, rounds: 5, count: 200, hundred: 5, fiveHundred: 3 };
const QUICK = { warm: 20, rounds: 2, count: 20, hundred: 1, fiveHundred: 1 };

type Name = 'floor' | 'asked' | 'called' | 'one';
type Tallies = Readonly<Record<'single' | 'hundred' | 'fiveHundred', Tally<Name>>>;

/**
 * A negotiation to FINALIZED on both sides, over HTTP, durable. `asked`: from the request on, two processes, timed inside the consumer with the
 * dataset at hand, just as the floor is; so what the targets are for. `called` and `one`: from the consumer's management call, which first reads the
 * dataset from the provider, with two processes and with two houses of one. All take turns on the same database server.
 */
export async function measureNegotiation(bench: Bench): Promise<Figure[]> {
  const size = bench.quick ? QUICK : FULL;
  const database = bench.use(await openDatabase(bench.folder('database')));
  const floor = bench.use(await openFloor(database));
  const two = await openTwoProcesses(bench, database);
  const one = await openOneProcess(bench, database);
  const systems = { floor: floor.run, asked: two.asked, called: two.called, one: one.called };

  bench.say('negotiation: warming up');
  const warm = await interleave(systems, 1, size.warm, 4);
  bench.say(`negotiation: ${size.rounds} rounds of ${size.count}, one after the other`);
  const single = await interleave(systems, size.rounds, size.count, 1);
  bench.say(`negotiation: ${size.hundred} rounds of 100 at once`);
  const hundred = await interleave(systems, size.hundred, 100, 100);
  bench.say(`negotiation: ${size.fiveHundred} rounds of 500 at once`);
  const fiveHundred = await interleave(systems, size.fiveHundred, 500, 500);

  const lost = finished([warm, single, hundred, fiveHundred].flatMap((tally) => tally.floor)) - (await floor.finalized());
  if (lost !== 0) throw new Error(`the floor differs from its database by ${lost}`);
  const started = size.warm + size.rounds * size.count + size.hundred * 100 + size.fiveHundred * 500;
  const tallies = { single, hundred, fiveHundred };
  return [
    ...figures('asked', tallies),
    await agreed('two', { ko: '두 프로세스', en: 'two processes' }, two, 2 * started),
    ...figures('called', tallies),
    ...figures('one', tallies),
    await agreed('one', { ko: '한 프로세스', en: 'one process' }, one, started),
  ];
}

const NAMES = {
  asked: { ko: '요청부터', en: 'from the request' },
  called: { ko: '관리 호출부터(데이터셋 조회 포함)', en: 'from the management call (dataset included)' },
  one: { ko: '관리 호출부터, 한 프로세스', en: 'from the management call, one process' },
};

/** The floor is two processes, timed from the request on: so is what the targets are for. */
function figures(key: keyof typeof NAMES, { single, hundred, fiveHundred }: Tallies): Figure[] {
  const figure = (
    id: string,
    ko: string,
    en: string,
    unit: string,
    value: number,
    floor: number,
    target?: Figure['target'],
    what = FLOOR,
  ): Figure => ({
    id: `negotiation.${key}.${id}`,
    name: { ko: `${ko}, ${NAMES[key].ko}`, en: `${en}, ${NAMES[key].en}` },
    value,
    unit,
    beside: { what, value: floor },
    ...(target && key === 'asked' ? { target } : {}),
  });
  const median = [latency(single[key], 0.5), latency(single.floor, 0.5)] as const;
  // Beside the floor's median: what a slow one costs more than a usual one.
  const slow = [latency(single[key], 0.95), latency(single.floor, 0.5)] as const;
  const speed = (tally: Tally<Name>) => [rate(tally[key]), rate(tally.floor)] as const;
  const cpu = (tally: Tally<Name>) => [cpuEach(tally[key]), cpuEach(tally.floor)] as const;
  return [
    figure('p50', '협상 중앙값', 'negotiation, median', 'ms', ...median, atMost('ratio', 1.6)),
    figure('p95', '협상 95 %', 'negotiation, 95 %', 'ms', ...slow, atMost('ratio', 3), { ko: '바닥 중앙값', en: 'floor, median' }),
    figure('at100', '협상 100건 동시', '100 at once', '/s', ...speed(hundred), atLeast('ratio', 0.65)),
    figure('cpu', '협상 하나의 CPU, 데이터베이스 포함', 'CPU for one, database included', 'ms', ...cpu(hundred)),
    figure('at500', '협상 500건 동시', '500 at once', '/s', ...speed(fiveHundred), atLeast('ratio', 0.65)),
  ];
}

const agreed = async (key: string, { ko, en }: Text, product: Product, started: number): Promise<Figure> =>
  allOf(
    `negotiation.${key}.agreed`,
    { ko: `양쪽 모두 FINALIZED, ${ko}`, en: `finalized on both sides, ${en}` },
    await agreedOnBothSides(product.consumers, product.providers, started),
    started,
  );

import type { Bench } from './bench.ts';
import { openDatabase } from './database.ts';
import { allOf, atLeast, atMost, type Figure, FLOOR } from './figure.ts';
import { openFloor } from './floor/floor.ts';
import { agreedOnBothSides, exchangeTimes } from './product/agreed.ts';
import { openOneProcess, openTwoProcesses, type Product } from './product/setup.ts';
import { cpuEach, finished, interleave, latency, rate, type Tally } from './rounds.ts';
import { percentile } from './statistics.ts';

const FULL = { warm: 200, rounds: 5, count: 200, hundred: 5, fiveHundred: 3 };
const QUICK = { warm: 20, rounds: 2, count: 20, hundred: 1, fiveHundred: 1 };

type Name = 'floor' | 'two' | 'one';
type Tallies = Readonly<Record<'single' | 'hundred' | 'fiveHundred', Tally<Name>>>;

/**
 * A negotiation from the consumer's management call (which first reads the dataset from the provider) to FINALIZED on both sides, over HTTP,
 * durable; consumer and provider as two processes and as two houses of one. The floor takes turns with them on the same database server.
 */
export async function measureNegotiation(bench: Bench): Promise<Figure[]> {
  const size = bench.quick ? QUICK : FULL;
  const database = bench.use(await openDatabase(bench.folder('database')));
  const floor = bench.use(await openFloor(database));
  const two = await openTwoProcesses(bench, database);
  const one = await openOneProcess(bench, database);
  const systems = { floor: floor.run, two: two.run, one: one.run };

  bench.say('negotiation: warming up');
  const warm = await interleave(systems, 1, size.warm, 4);
  const [now] = await two.consumers`select clock_timestamp() as at`;
  bench.say(`negotiation: ${size.rounds} rounds of ${size.count}, one after the other`);
  const single = await interleave(systems, size.rounds, size.count, 1);
  const exchange = percentile(await exchangeTimes(two.consumers, now?.at), 0.5);
  bench.say(`negotiation: ${size.hundred} rounds of 100 at once`);
  const hundred = await interleave(systems, size.hundred, 100, 100);
  bench.say(`negotiation: ${size.fiveHundred} rounds of 500 at once`);
  const fiveHundred = await interleave(systems, size.fiveHundred, 500, 500);

  const lost = finished([warm, single, hundred, fiveHundred].flatMap((tally) => tally.floor)) - (await floor.finalized());
  if (lost !== 0) throw new Error(`the floor differs from its database by ${lost}`);
  const started = size.warm + size.rounds * size.count + size.hundred * 100 + size.fiveHundred * 500;
  const tallies = { single, hundred, fiveHundred };
  return [...(await figures('two', tallies, two, started, exchange)), ...(await figures('one', tallies, one, started))];
}

const NAMES = { two: { ko: '두 프로세스', en: 'two processes' }, one: { ko: '한 프로세스', en: 'one process' } };

/** The floor is two processes: so is what the targets are for. */
async function figures(key: 'two' | 'one', tallies: Tallies, product: Product, started: number, exchange?: number): Promise<Figure[]> {
  const { single, hundred, fiveHundred } = tallies;
  const judged = key === 'two';
  const figure = (id: string, ko: string, en: string, unit: string, value: number, floor: number, target?: Figure['target']): Figure => ({
    id: `negotiation.${key}.${id}`,
    name: { ko: `${ko}, ${NAMES[key].ko}`, en: `${en}, ${NAMES[key].en}` },
    value,
    unit,
    beside: { what: FLOOR, value: floor },
    ...(target && judged ? { target } : {}),
  });
  const time = (p: number) => [latency(single[key], p), latency(single.floor, p)] as const;
  const speed = (tally: Tally<Name>) => [rate(tally[key]), rate(tally.floor)] as const;
  const cpu = (tally: Tally<Name>) => [cpuEach(tally[key]), cpuEach(tally.floor)] as const;
  return [
    figure('p50', '협상 중앙값', 'negotiation, median', 'ms', ...time(0.5), atMost('ratio', 2.5)),
    ...(exchange === undefined
      ? []
      : [figure('exchange', '그중 첫 메시지부터', 'of it from the first message on', 'ms', exchange, time(0.5)[1])]),
    figure('p95', '협상 95 %', 'negotiation, 95 %', 'ms', ...time(0.95)),
    figure('at100', '협상 100건 동시', '100 at once', '/s', ...speed(hundred), atLeast('ratio', 0.45)),
    figure('cpu', '협상 하나의 CPU, 데이터베이스 포함', 'CPU for one, database included', 'ms', ...cpu(hundred)),
    figure('at500', '협상 500건 동시', '500 at once', '/s', ...speed(fiveHundred)),
    allOf(
      `negotiation.${key}.agreed`,
      { ko: `양쪽 모두 FINALIZED, ${NAMES[key].ko}`, en: `finalized on both sides, ${NAMES[key].en}` },
      await agreedOnBothSides(product.consumers, product.providers),
      started,
    ),
  ];
}

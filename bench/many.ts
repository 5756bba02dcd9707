import type { Bench } from './bench.ts';
import { atMost, type Figure } from './figure.ts';
import { idle, type Memory } from './proc/idle.ts';
import { openDoor } from './product/door.ts';
import { createHouse, type House } from './product/house.ts';
import { freePort, type LaunchOptions, launch } from './product/launch.ts';
import { introduce, negotiations, type Pair } from './product/pair.ts';
import { random } from './random.ts';
import { interleave, latency, type System } from './rounds.ts';

const FEW = 10;
const FULL = { many: 1000, reads: 1000, rounds: 5, count: 100 };
const QUICK = { many: 100, reads: 100, rounds: 1, count: 20 };
const SEED = 20261124;

/** A server with many participants beside one with ten, each with a database of its own: memory for each participant more, and negotiations between them. */
export async function measureMany(bench: Bench): Promise<Figure[]> {
  const size = bench.quick ? QUICK : FULL;
  const door = bench.use(openDoor());
  const place = async (name: string): Promise<LaunchOptions> => ({ dataFolder: bench.folder(name), port: await freePort() });
  const [fewAt, manyAt] = [await place('few'), await place('many')];

  const host = async (options: LaunchOptions, count: number) => {
    bench.say(`many: hosting ${count} participants`);
    await using server = await launch(bench, options);
    const houses: House[] = [];
    for (let n = 0; n < count; n++) houses.push(await createHouse(door, server, `house-${n}`));
    return houses;
  };
  const [few, many] = [await host(fewAt, FEW), await host(manyAt, size.many)];

  // Started anew, so that the memory is that of hosting them and not of having made them.
  const servers = [await launch(bench, fewAt), await launch(bench, manyAt)];
  const fresh = await idle(bench, servers);
  bench.say(`many: ${size.reads} calls to each server, from all of its participants`);
  for (const houses of [few, many]) for (let n = 0; n < size.reads; n++) await houses[n % houses.length]?.call('GET', '/me');
  const used = await idle(bench, servers);

  bench.say('many: negotiations');
  const systems = { few: await between(few), many: await between(many) };
  await interleave(systems, 1, size.many / 2, 1);
  const times = await interleave(systems, size.rounds, size.count, 1);

  const each = ([less, more]: Memory[]) =>
    ((more?.node ?? 0) + (more?.database ?? 0) - (less?.node ?? 0) - (less?.database ?? 0)) / (size.many - FEW) / 1000;
  const count = size.many.toLocaleString('en');
  const name = (ko: string, en: string) => ({ ko: `참여기업 ${count}곳: ${ko}`, en: `${count} participants: ${en}` });
  return [
    {
      id: 'many.fresh',
      name: name('한 곳마다 더 드는 메모리, 시작 직후', 'memory for each more, after a start'),
      value: each(fresh),
      unit: 'kB',
      target: atMost('value', 50),
    },
    {
      id: 'many.used',
      name: name('한 곳마다 더 드는 메모리, 모두 쓴 뒤', 'memory for each more, after all were active'),
      value: each(used),
      unit: 'kB',
      target: atMost('value', 50),
    },
    {
      id: 'many.p50',
      name: name('협상 중앙값', 'negotiation, median'),
      value: latency(times.many, 0.5),
      unit: 'ms',
      beside: { what: { ko: `${FEW}곳`, en: `${FEW} participants` }, value: latency(times.few, 0.5) },
      // No slower, as far as two runs side by side can tell.
      target: atMost('ratio', 1.1),
    },
  ];
}

/** All houses in pairs; each negotiation is of a pair drawn by a fixed seed. Listens only while it waits, so that a thousand open streams measure nothing. */
async function between(houses: readonly House[]): Promise<System> {
  const pairs: Pair[] = [];
  for (let n = 0; n + 1 < houses.length; n += 2) pairs.push(await introduce(houses[n] as House, houses[n + 1] as House));
  const next = random(SEED);
  let turn = 0;
  // First everyone once, so that nobody meets its partner for the first time while the clock runs.
  const pick = () => pairs[turn < pairs.length ? turn++ : Math.floor(next() * pairs.length)] as Pair;
  return negotiations(pick, ({ consumer }) => consumer.rest());
}

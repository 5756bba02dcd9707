import { randomInt } from 'node:crypto';
import { dice } from '../dice.ts';
import { openHouse } from './house.ts';
import { play } from './round.ts';
import { judge } from './verdict.ts';

/**
 * node test/storm/run.ts [rounds] [seed]
 *
 * Three houses, each a program with a PostgreSQL of its own, negotiate and transfer while programs and databases are killed. After each round both
 * ends of everything must agree, and nothing may be lost, doubled, or still under way. The seed gives the plan of every round.
 */
const ROUNDS = 1_000;
const NAMES = ['alder', 'birch', 'cedar'];

const number = (text: string | undefined, otherwise: number) => {
  const value = text === undefined ? otherwise : Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`no number of rounds or seed: ${text}`);
  return value;
};
const rounds = number(process.argv[2], ROUNDS);
const seed = number(process.argv[3], randomInt(1_000_000));
const say = (text: string) => process.stdout.write(`${text}\n`);

say(`storm of ${rounds} rounds, seed ${seed}`);
const random = dice(seed);
const sum = { negotiations: 0, transfers: 0, blows: 0 };
await using stack = new AsyncDisposableStack();
const houses = await Promise.all(NAMES.map(async (name) => stack.use(await openHouse(name))));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stack.disposeAsync().finally(() => process.exit(1)));
for (const { client, me } of houses)
  for (const { me: other } of houses.filter((one) => one.me !== me))
    await client.call('putPartner', {
      body: { did: other.did, dsp: other.dsp, name: other.name, shortName: other.id, relation: 'other', groups: [] },
    });

for (let round = 1; round <= rounds; round++) {
  const began = Date.now();
  try {
    const played = await play(houses, random);
    const over = Date.now();
    const { negotiations, transfers } = await judge(houses, played);
    sum.negotiations += negotiations;
    sum.transfers += transfers;
    sum.blows += played.blows;
    const seconds = (from: number, to: number) => `${((to - from) / 1000).toFixed(1)} s`;
    say(
      `✔ ${round}: ${negotiations} negotiations, ${transfers} transfers, ${played.blows} blows in ${seconds(began, over)}, at rest ${seconds(over, Date.now())} later`,
    );
  } catch (error) {
    say(`✖ ${round} (seed ${seed}): ${error instanceof Error ? error.stack : String(error)}`);
    for (const house of houses) say(house.complaints());
    process.exitCode = 1;
    break;
  }
}
say(
  `${process.exitCode ? 'FAILED' : 'PASSED'}: ${sum.negotiations} negotiations, ${sum.transfers} transfers, ${sum.blows} blows, seed ${seed}`,
);

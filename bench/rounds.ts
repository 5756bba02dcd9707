import { median, percentile } from './statistics.ts';

/** Milliseconds of each exchange that ended well, and from the first start to the last end. */
export interface Run {
  readonly durations: readonly number[];
  readonly total: number;
  /** What else was noted of each, by name; milliseconds from its start unless said. */
  readonly marks?: Readonly<Record<string, readonly number[]>>;
  /** Milliseconds of CPU, where it was metered. */
  readonly cpu?: number;
}

/** `count` exchanges, `atOnce` of them under way at any time. */
export type System = (count: number, atOnce: number) => Promise<Run>;

export type Tally<Name extends string> = Readonly<Record<Name, readonly Run[]>>;

/** Runs `one`, which resolves with its milliseconds, `count` times. What fails is told on stderr and missing in the run. */
export async function repeat(one: () => Promise<number>, count: number, atOnce: number): Promise<Run> {
  const began = performance.now();
  const durations: number[] = [];
  let left = count;
  const turns = async () => {
    while (left-- > 0) {
      await one().then(
        (ms) => durations.push(ms),
        (error: unknown) => process.stderr.write(`lost: ${error}\n`),
      );
    }
  };
  await Promise.all(Array.from({ length: atOnce }, turns));
  return { durations, total: performance.now() - began };
}

/** Takes turns (floor, product, floor, product …), so that whatever else goes on on the machine meets all of them alike. */
export async function interleave<Name extends string>(
  systems: Record<Name, System>,
  rounds: number,
  count: number,
  atOnce: number,
): Promise<Tally<Name>> {
  const names = Object.keys(systems) as Name[];
  const tally = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, Run[]>;
  for (let round = 0; round < rounds; round++) for (const name of names) tally[name].push(await systems[name](count, atOnce));
  return tally;
}

/** Percentile over all exchanges of all rounds, in ms, to the end or to a mark on the way. */
export const latency = (runs: readonly Run[], p: number, mark?: string): number =>
  percentile(
    runs.flatMap(({ durations, marks }) => (mark ? (marks?.[mark] ?? []) : durations)),
    p,
  );

/** Exchanges a second: the median of the rounds. */
export const rate = (runs: readonly Run[]): number => median(runs.map(({ durations, total }) => (1000 * durations.length) / total));

export const finished = (runs: readonly Run[]): number => runs.reduce((sum, { durations }) => sum + durations.length, 0);

/** Milliseconds of CPU for one exchange, all processes together; only for metered runs. */
export const cpuEach = (runs: readonly Run[]): number => runs.reduce((sum, { cpu = Number.NaN }) => sum + cpu, 0) / finished(runs);

import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from '../bench.ts';
import type { Server } from '../product/launch.ts';
import { footprint } from './footprint.ts';
import { databaseOf, family } from './processes.ts';

/** Bytes. */
export interface Memory {
  readonly node: number;
  readonly database: number;
}

/** Long enough for spare database connections to be closed, in ms. */
const QUIET = 65_000;

/** Waits until nothing is left of what the servers did, then looks. */
export async function idle(bench: Bench, servers: readonly Server[]): Promise<Memory[]> {
  const ms = bench.quick ? 2_000 : QUIET;
  bench.say(`memory: idle for ${ms / 1000} s`);
  await sleep(ms);
  return servers.map(({ pid, dataFolder }) => {
    // Whoever starts the database is its parent.
    const database = family(databaseOf(dataFolder));
    return { node: footprint(family(pid).filter((p) => !database.includes(p))), database: footprint(database) };
  });
}

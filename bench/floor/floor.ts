import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchDatabase } from '../database.ts';
import { startChild } from '../proc/child.ts';
import { metered } from '../proc/cpu.ts';
import type { Run, System } from '../rounds.ts';
import type { FloorDatabase } from './store.ts';
import type { Peer } from './wire.ts';

/**
 * The floor under a negotiation: what four signed messages with durable, guarded, isolated writes cost on this stack when nothing else is done.
 * Two processes, one database server. Timed inside the consumer, so without the call that asks for a negotiation.
 */
export interface Floor extends AsyncDisposable {
  readonly run: System;
  /** Only the first two messages: a request and its answer. */
  readonly half: System;
  /** Negotiations that are FINALIZED on both sides. */
  finalized(): Promise<number>;
}

const DATABASE = 'floor';
const ROLE = 'floor_app';

export async function openFloor(server: BenchDatabase): Promise<Floor> {
  await using opened = new AsyncDisposableStack();
  const owner = opened.use(await server.create(DATABASE));
  await owner.sql.unsafe(`create role ${ROLE} login nosuperuser nobypassrls`);
  await owner.sql.unsafe(await readFile(join(import.meta.dirname, 'schema.sql'), 'utf8'));
  const place: FloorDatabase = { socketFolder: server.socketFolder, database: DATABASE, user: ROLE };
  const provider = opened.use(start('provider', 'consumer', place));
  const consumer = opened.use(start('consumer', 'provider', place));
  const [p, c] = [await provider.hear<Peer>(), await consumer.hear<Peer>()];
  await provider.ask({ peer: c });
  await consumer.ask({ peer: p });
  const processes = [consumer.pid, provider.pid, server.pid];
  const ending = opened.move();
  return {
    run: metered((count, atOnce) => consumer.ask<Run>({ count, atOnce }), processes),
    half: metered((count, atOnce) => consumer.ask<Run>({ count, atOnce, half: true }), processes),
    async finalized() {
      const [row] = await owner.sql`
        select count(*)::int as both from negotiation p join negotiation c on c.id = p.peer_pid and c.peer_pid = p.id
        where p.participant = 'provider' and c.participant = 'consumer' and p.state = 'FINALIZED' and c.state = 'FINALIZED'`;
      return row?.both as number;
    },
    [Symbol.asyncDispose]: () => ending.disposeAsync(),
  };
}

const start = (me: string, them: string, place: FloorDatabase) =>
  startChild(fileURLToPath(import.meta.resolve('./process.ts')), [me, them, JSON.stringify(place)], `the floor's ${me}`);

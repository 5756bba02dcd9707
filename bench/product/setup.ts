import type { Sql } from '@madang/server/db/connect.ts';
import type { Bench } from '../bench.ts';
import type { BenchDatabase } from '../database.ts';
import { metered } from '../proc/cpu.ts';
import type { System } from '../rounds.ts';
import { openDoor } from './door.ts';
import { createHouse } from './house.ts';
import { freePort, launch, type Server } from './launch.ts';
import { introduce, negotiations, type Pair, wishOf } from './pair.ts';

/** The product with one consumer and one provider, and its databases as their owner sees them. */
export interface Product {
  /** From the consumer's management call, which first reads the dataset from the provider. */
  readonly called: System;
  readonly consumers: Sql;
  readonly providers: Sql;
}

/** Consumer and provider as two servers with a database each, on one database server. `asked`: from the request on, inside the consumer, as the floor is timed. */
export async function openTwoProcesses(bench: Bench, database: BenchDatabase): Promise<Product & { readonly asked: System }> {
  const consumer = await open(bench, database, 'consumer_side', true);
  const provider = await open(bench, database, 'provider_side');
  const pair = await between(bench, consumer.server, provider.server);
  await consumer.server.orders.ask({ house: CONSUMER, wish: wishOf(pair) });
  const processes = [consumer.server.pid, provider.server.pid, database.pid];
  return {
    asked: metered((count, atOnce) => consumer.server.orders.ask({ count, atOnce }), processes),
    called: metered(calls(pair), processes),
    consumers: consumer.sql,
    providers: provider.sql,
  };
}

/** Consumer and provider as two houses of one server. They talk over HTTP all the same. */
export async function openOneProcess(bench: Bench, database: BenchDatabase): Promise<Product> {
  const { server, sql } = await open(bench, database, 'one_process');
  const pair = await between(bench, server, server);
  return { called: metered(calls(pair), [server.pid, database.pid]), consumers: sql, providers: sql };
}

async function open(bench: Bench, database: BenchDatabase, name: string, asks = false): Promise<{ server: Server; sql: Sql }> {
  const { sql } = bench.use(await database.create(name));
  const place = { dataFolder: bench.folder(name), port: await freePort(), databaseUrl: database.url(name) };
  return { server: await launch(bench, { ...place, asks }), sql };
}

const CONSUMER = 'consumer';

async function between(bench: Bench, consumers: Server, providers: Server): Promise<Pair> {
  const door = bench.use(openDoor());
  return introduce(await createHouse(door, consumers, CONSUMER), await createHouse(door, providers, 'provider'));
}

/** Nobody listens for changes between the runs. */
function calls(pair: Pair): System {
  const run = negotiations(() => pair);
  return (count, atOnce) => run(count, atOnce).finally(() => pair.consumer.rest());
}

import type { Sql } from '@madang/server/db/connect.ts';
import type { Bench } from '../bench.ts';
import type { BenchDatabase } from '../database.ts';
import { metered } from '../proc/cpu.ts';
import type { System } from '../rounds.ts';
import { openDoor } from './door.ts';
import { createHouse } from './house.ts';
import { freePort, launch, type Server } from './launch.ts';
import { introduce, negotiations } from './pair.ts';

/** The product with one consumer and one provider, and its databases as their owner sees them. */
export interface Product {
  readonly run: System;
  readonly consumers: Sql;
  readonly providers: Sql;
}

/** Consumer and provider as two servers with a database each, on one database server. */
export async function openTwoProcesses(bench: Bench, database: BenchDatabase): Promise<Product> {
  const consumer = await open(bench, database, 'consumer_side');
  const provider = await open(bench, database, 'provider_side');
  return {
    run: metered(await between(bench, consumer.server, provider.server), [consumer.server.pid, provider.server.pid, database.pid]),
    consumers: consumer.sql,
    providers: provider.sql,
  };
}

/** Consumer and provider as two houses of one server. They talk over HTTP all the same. */
export async function openOneProcess(bench: Bench, database: BenchDatabase): Promise<Product> {
  const { server, sql } = await open(bench, database, 'one_process');
  return { run: metered(await between(bench, server, server), [server.pid, database.pid]), consumers: sql, providers: sql };
}

async function open(bench: Bench, database: BenchDatabase, name: string): Promise<{ server: Server; sql: Sql }> {
  const { sql } = bench.use(await database.create(name));
  const server = await launch(bench, { dataFolder: bench.folder(name), port: await freePort(), databaseUrl: database.url(name) });
  return { server, sql };
}

async function between(bench: Bench, consumers: Server, providers: Server): Promise<System> {
  const door = bench.use(openDoor());
  const pair = await introduce(await createHouse(door, consumers, 'consumer'), await createHouse(door, providers, 'provider'));
  return negotiations(() => pair);
}

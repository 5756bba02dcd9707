import type { Sql } from '@madang/server/db/connect.ts';
import type { Bench } from '../bench.ts';
import type { BenchDatabase } from '../database.ts';
import { metered } from '../proc/cpu.ts';
import type { System } from '../rounds.ts';
import type { ToAsker } from './asker.ts';
import { openDoor } from './door.ts';
import { createHouse, type House } from './house.ts';
import { freePort, type LaunchOptions, launch, type Server } from './launch.ts';
import { introduce, meet, negotiations, type Pair, wishOf } from './pair.ts';

/** The product with one consumer and one provider, and its databases as their owner sees them. */
export interface Product {
  /** From the consumer's management call, which first reads the dataset from the provider. */
  readonly called: System;
  readonly consumers: Sql;
  readonly providers: Sql;
}

/** One of two servers: its only participant, and its database as the owner sees it. */
export interface Side {
  readonly server: Server;
  readonly house: House;
  readonly sql: Sql;
}

export interface Sides {
  readonly consumer: Side;
  readonly provider: Side;
}

type Settings = Partial<Pick<LaunchOptions, 'asks' | 'publicUrl' | 'port'>>;

/** Consumer and provider as two servers with a database each, on one database server. The consumer has the provider in its address book. */
export async function openSides(
  bench: Bench,
  database: BenchDatabase,
  name: string,
  { consumer = {}, provider = {} }: { readonly consumer?: Settings; readonly provider?: Settings } = {},
): Promise<Sides> {
  const sides = {
    consumer: await side(bench, database, `${name}_consumer`, CONSUMER, consumer),
    provider: await side(bench, database, `${name}_provider`, PROVIDER, provider),
  };
  await meet(sides.consumer.house, sides.provider.house);
  return sides;
}

async function side(bench: Bench, database: BenchDatabase, name: string, id: string, settings: Settings): Promise<Side> {
  const { server, sql } = await open(bench, database, name, settings);
  return { server, sql, house: await createHouse(bench.use(openDoor()), server, id) };
}

/** Prepares a server that was launched with `asks`; what comes back does the task. */
export async function task(server: Server, order: Extract<ToAsker, { given: unknown }>): Promise<System> {
  await server.orders.ask(order);
  return (count, atOnce) => server.orders.ask({ task: order.task, count, atOnce });
}

/** `asked`: from the request on, inside the consumer, as the floor is timed. */
export async function openTwoProcesses(bench: Bench, database: BenchDatabase): Promise<Product & { readonly asked: System }> {
  const { consumer, provider } = await openSides(bench, database, 'two', { consumer: { asks: true } });
  const pair = await introduce(consumer.house, provider.house);
  const asked = await task(consumer.server, { house: CONSUMER, task: 'negotiation', given: wishOf(pair) });
  const processes = [consumer.server.pid, provider.server.pid, database.pid];
  return {
    asked: metered(asked, processes),
    called: metered(calls(pair), processes),
    consumers: consumer.sql,
    providers: provider.sql,
  };
}

/** Consumer and provider as two houses of one server. They talk over HTTP all the same. */
export async function openOneProcess(bench: Bench, database: BenchDatabase): Promise<Product> {
  const { server, sql } = await open(bench, database, 'one_process');
  const door = bench.use(openDoor());
  const pair = await introduce(await createHouse(door, server, CONSUMER), await createHouse(door, server, PROVIDER));
  return { called: metered(calls(pair), [server.pid, database.pid]), consumers: sql, providers: sql };
}

async function open(bench: Bench, database: BenchDatabase, name: string, settings: Settings = {}): Promise<{ server: Server; sql: Sql }> {
  const { sql } = bench.use(await database.create(name));
  const place = { dataFolder: bench.folder(name), databaseUrl: database.url(name) };
  return { server: await launch(bench, { port: await freePort(), ...settings, ...place }), sql };
}

export const CONSUMER = 'consumer';
export const PROVIDER = 'provider';

/** Nobody listens for changes between the runs. */
function calls(pair: Pair): System {
  const run = negotiations(() => pair);
  return (count, atOnce) => run(count, atOnce).finally(() => pair.consumer.rest());
}

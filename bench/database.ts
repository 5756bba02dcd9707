import { join } from 'node:path';
import { connect, type Sql } from '@madang/server/db/connect.ts';
import { startEmbedded } from '@madang/server/db/embedded/embedded.ts';
import { databaseOf } from './proc/processes.ts';

/** A PostgreSQL server of the product's own kind and settings, shared by everything that is compared. */
export interface BenchDatabase extends AsyncDisposable {
  readonly socketFolder: string;
  readonly pid: number;
  /** Makes a database and enters it as its owner, whom row-level security does not bind. */
  create(name: string): Promise<Owner>;
  /** Address for a program that takes one, as the owner. */
  url(name: string): string;
}

export interface Owner extends AsyncDisposable {
  readonly sql: Sql;
}

export async function openDatabase(folder: string): Promise<BenchDatabase> {
  const server = await startEmbedded(join(folder, 'postgres'));
  const place = await server.place('postgres');
  const { socketFolder, user } = place.at as { socketFolder: string; user: string };
  return {
    socketFolder,
    pid: databaseOf(folder),
    async create(name) {
      const admin = connect(place);
      await admin`create database ${admin(name)}`;
      await admin.end({ timeout: 1 });
      const sql = connect(await server.place(name));
      return { sql, [Symbol.asyncDispose]: () => sql.end({ timeout: 1 }) };
    },
    url: (name) => `postgres://${user}@${encodeURIComponent(socketFolder)}/${name}`,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

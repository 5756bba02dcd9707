import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { MadangError } from '@madang/core/error.ts';
import type { Sql } from './connect.ts';

export interface Migration {
  readonly number: number;
  /** File name, `0001-base.sql`. */
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

const FOLDER = fileURLToPath(new URL('./migrations', import.meta.url));

/** Any number; one process migrates a database at a time. */
const KEY = 6232642;

/** The numbered files of a folder, in order. */
export async function readMigrations(folder = FOLDER): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name)).sort();
  return Promise.all(names.map((name) => readMigration(folder, name)));
}

async function readMigration(folder: string, name: string): Promise<Migration> {
  const sql = (await readFile(`${folder}/${name}`, 'utf8')).replaceAll('\r\n', '\n');
  return { number: Number(name.slice(0, 4)), name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
}

/**
 * Brings a database up to date, each file in a transaction of its own, and answers the names applied.
 * Errors: `migration_edited`, `database_newer` (there is no way back), `migration_failed`.
 */
export async function migrate(owner: Sql, migrations: readonly Migration[]): Promise<string[]> {
  await owner`select pg_advisory_lock(${KEY})`;
  try {
    await owner`create table if not exists migration (number int primary key, name text not null, sha256 text not null, applied timestamptz not null default now())`;
    const done = await owner<{ number: number; sha256: string }[]>`select number, sha256 from migration order by number`;
    const applied = new Map(done.map(({ number, sha256 }) => [number, sha256]));
    checkKnown(migrations, [...applied.keys()]);
    for (const { number, name, sha256 } of migrations)
      if (applied.has(number) && applied.get(number) !== sha256) throw new MadangError('migration_edited', { values: { name } });
    const waiting = migrations.filter(({ number }) => !applied.has(number));
    for (const migration of waiting) await apply(owner, migration);
    return waiting.map(({ name }) => name);
  } finally {
    await owner`select pg_advisory_unlock(${KEY})`;
  }
}

function checkKnown(migrations: readonly Migration[], applied: readonly number[]): void {
  const known = new Set(migrations.map(({ number }) => number));
  const unknown = applied.find((number) => !known.has(number));
  if (unknown !== undefined) throw new MadangError('database_newer', { values: { number: unknown } });
}

async function apply(owner: Sql, { number, name, sql, sha256 }: Migration): Promise<void> {
  try {
    await owner.begin(async (tx) => {
      await tx.unsafe(sql);
      await tx`insert into migration (number, name, sha256) values (${number}, ${name}, ${sha256})`;
    });
  } catch (cause) {
    throw new MadangError('migration_failed', { values: { name, why: (cause as Error).message }, cause });
  }
}

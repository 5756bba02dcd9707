import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { connect, type Sql } from '@madang/server/db/connect.ts';
import { migrate, readMigrations } from '@madang/server/db/migrate.ts';
import { type FreshDatabase, freshDatabase } from '../database.ts';

let database: FreshDatabase;
let sql: Sql;
let folder: string;

before(async () => {
  database = await freshDatabase();
  sql = connect(database.owner);
  folder = mkdtempSync(join(tmpdir(), 'madang-migrate-'));
  await sql`create schema other`;
  await sql`set search_path = other`;
});
after(async () => {
  await sql?.end();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const run = async () => migrate(sql, await readMigrations(folder));
const tables = async () =>
  (await sql`select tablename from pg_tables where schemaname = 'other' order by 1`).map(({ tablename }) => tablename);

test('the numbers of the program’s own files are distinct and begin with the base', async () => {
  const numbers = (await readMigrations()).map(({ number }) => number);
  assert.equal(numbers[0], 1);
  assert.equal(new Set(numbers).size, numbers.length);
});

test('files run in the order of their numbers, once', async () => {
  write('0010-second.sql', 'alter table one rename to two;');
  write('0002-first.sql', 'create table one (id int); insert into one values (1);');
  write('README.md', 'not a migration');
  assert.deepEqual(await run(), ['0002-first.sql', '0010-second.sql']);
  assert.deepEqual(await run(), []);
  assert.deepEqual(await tables(), ['migration', 'two']);
});

test('a file that fails leaves nothing behind, and can be corrected', async () => {
  write('0011-wrong.sql', 'create table three (id int); select 1/0;');
  await assert.rejects(run(), { code: 'migration_failed' });
  assert.deepEqual(await tables(), ['migration', 'two']);
  write('0011-wrong.sql', 'create table three (id int);');
  assert.deepEqual(await run(), ['0011-wrong.sql']);
});

test('an edited file is refused, line ends apart', async () => {
  write('0011-wrong.sql', 'create table three (id bigint);');
  await assert.rejects(run(), { code: 'migration_edited' });
  write('0011-wrong.sql', 'create table three (id int);');
  write('0012-lines.sql', 'select 1;\nselect 2;\n');
  await run();
  write('0012-lines.sql', 'select 1;\r\nselect 2;\r\n');
  assert.deepEqual(await run(), []);
});

test('a database that is newer than the program is refused', async () => {
  rmSync(join(folder, '0012-lines.sql'));
  await assert.rejects(run(), { code: 'database_newer' });
  write('0012-lines.sql', 'select 1;\nselect 2;\n');
});

test('two programs that start at once apply a file once', async () => {
  write('0013-once.sql', 'create table once (id int); select pg_sleep(0.1);');
  const other = connect(database.owner);
  await other`set search_path = other`;
  const applied = await Promise.all([run(), migrate(other, await readMigrations(folder))]);
  await other.end();
  assert.deepEqual(applied.flat(), ['0013-once.sql']);
});

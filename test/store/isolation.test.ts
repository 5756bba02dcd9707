import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { connect, type Sql } from '@madang/server/db/connect.ts';
import { openStore } from '@madang/server/db/open.ts';
import type { Store, Writer } from '@madang/server/db/store.ts';
import { type FreshDatabase, freshDatabase } from '../database.ts';

/** Plays a programmer's mistake or an intruder's SQL: whatever runs as the program must not reach another house's rows. */
let database: FreshDatabase;
let store: Store;
let owner: Sql;

const DENIED = { code: '42501' };

before(async () => {
  database = await freshDatabase();
  owner = connect(database.owner);
  await owner.unsafe(`
    create table secret (participant text, id text, value text, primary key (participant, id));
    select house_table('secret');
    create table ledger (participant text, id text, value text, primary key (participant, id));
    select house_table('ledger', true);
    create table part (participant text, id text, secret text, primary key (participant, id),
                       foreign key (participant, secret) references secret on delete cascade);
    select house_table('part');
  `);
  store = await openStore(database.options);
  for (const participant of ['a', 'b'])
    await store.write(participant, async (db) => {
      await db`insert into secret values (${participant}, '1', ${`of ${participant}`})`;
      await db`insert into ledger values (${participant}, '1', ${`of ${participant}`})`;
    });
  await owner.unsafe('analyze secret; analyze ledger');
});

after(async () => {
  await store?.[Symbol.asyncDispose]();
  await owner?.end();
  await database?.drop();
});

const values = (db: Writer) => db<{ value: string }[]>`select value from secret union all select value from ledger`;
const seen = async (participant: string) => (await store.write(participant, values)).map(({ value }) => value);

test('each house sees its own rows, also without a condition', async () => {
  assert.deepEqual(await seen('a'), ['of a', 'of a']);
  assert.deepEqual(await seen('b'), ['of b', 'of b']);
  assert.deepEqual(await seen('c'), []);
});

test('without a participant nothing is seen and nothing can be written', async () => {
  assert.deepEqual(await store.host(async (db) => (await values(db)).length), 0);
  await assert.rejects(
    store.host((db) => db`insert into secret values ('a', '2', 'x')`),
    DENIED,
  );
  await assert.rejects(
    store.host((db) => db`insert into secret values ('', '2', 'x')`),
    DENIED,
  );
  assert.equal((await store.host((db) => db`update secret set value = 'x'`)).count, 0);
  assert.equal((await store.host((db) => db`delete from secret`)).count, 0);
});

test('the participant of one transaction does not remain for the next', async () => {
  await Promise.all(Array.from({ length: 20 }, () => seen('a')));
  for (let i = 0; i < 20; i++) assert.equal(await store.host(async (db) => (await values(db)).length), 0);
});

test('rows of another house can be neither read, changed, moved, removed nor added', async () => {
  await store.write('a', async (db) => {
    assert.equal((await db`select from secret where participant = 'b'`).count, 0);
    assert.equal((await db`update secret set value = 'x' where participant = 'b'`).count, 0);
    assert.equal((await db`delete from secret where participant = 'b'`).count, 0);
  });
  await assert.rejects(
    store.write('a', (db) => db`insert into secret values ('b', '9', 'x')`),
    DENIED,
  );
  await assert.rejects(
    store.write('a', (db) => db`update secret set participant = 'b'`),
    DENIED,
  );
  await assert.rejects(
    store.write('a', (db) => db`insert into secret values ('b', '1', 'x') on conflict (participant, id) do update set value = 'x'`),
    DENIED,
  );
  await assert.rejects(
    store.write('a', (db) => db`insert into part values ('a', '1', '1'), ('b', '1', '1')`),
    DENIED,
  );
  assert.deepEqual(await seen('b'), ['of b', 'of b']);
});

test('an error does not tell whether another house has a key', async () => {
  const taken = await store.write('a', (db) => db`insert into secret values ('b', '1', 'x')`).catch((error) => error);
  const free = await store.write('a', (db) => db`insert into secret values ('b', 'none', 'x')`).catch((error) => error);
  assert.deepEqual([taken.code, taken.message], [free.code, free.message]);
});

test('an append-only table keeps what it has, even for its own house', async () => {
  for (const attempt of [
    "update ledger set value = 'x'",
    'delete from ledger',
    'truncate ledger',
    "insert into ledger values ('a', '1', 'x') on conflict (participant, id) do update set value = 'x'",
  ])
    await assert.rejects(
      store.write('a', (db) => run(db, attempt)),
      DENIED,
      attempt,
    );
  await store.write('a', (db) => db`insert into ledger values ('a', '2', 'more')`);
});

describe('the role', () => {
  const attempts: readonly [string, string][] = [
    ['set row_security = off; select value from secret', '42501'],
    ['alter table secret disable row level security', '42501'],
    ['alter table secret no force row level security', '42501'],
    ['create policy all_of_it on secret using (true)', '42501'],
    ['drop policy house on secret', '42501'],
    ['alter role madang_app bypassrls', '42501'],
    ['create role intruder', '42501'],
    ['truncate secret', '42501'],
    ['drop table secret', '42501'],
    ['create table public.mine (id int)', '42501'],
    ["create function public.peek() returns setof secret language sql security definer as 'select * from secret'", '42501'],
    ["select house_table('secret')", '42501'],
    ['select * from migration', '42501'],
    ['delete from house', '42501'],
    ["copy secret to program 'cat'", '42501'],
    ["select pg_read_file('PG_VERSION')", '42501'],
    ['select * from pg_authid', '42501'],
  ];
  for (const [attempt, code] of attempts)
    test(`may not: ${attempt}`, () =>
      assert.rejects(
        store.write('a', (db) => run(db, attempt)),
        { code },
      ));

  test('leaves nothing to a function made in a temporary schema', async () => {
    const peek = store.write('a', async (db) => {
      await run(db, "create function pg_temp.peek() returns setof secret language sql security definer as 'select * from secret'");
      return db<{ value: string }[]>`select value from pg_temp.peek()`;
    });
    assert.deepEqual(
      (await peek).map(({ value }) => value),
      ['of a'],
    );
  });

  test('leaves nothing to a statistic or an operator that looks at rows before they are refused', async () => {
    await store.write('a', async (db) => {
      assert.equal((await db`select from pg_stats where tablename in ('secret', 'ledger')`).count, 0);
      await run(
        db,
        `create function pg_temp.leak(value text) returns boolean language plpgsql cost 0.0001 as $$ begin
        if value = 'of b' then raise exception 'leaked'; end if; return true; end $$`,
      );
      assert.equal((await db`select from secret where pg_temp.leak(value)`).count, 1);
    });
  });

  for (const attempt of [
    'reset role',
    'set role none',
    'set session authorization default',
    'reset session authorization',
    'reset all',
    'discard all',
  ])
    test(`stays bound after: ${attempt}`, async (t) => {
      const [me] = await owner`select rolsuper as super from pg_roles where rolname = current_user`;
      if (database.options.databaseUrl && me?.super && attempt === 'set role none')
        return t.skip('a superuser in DATABASE_URL can return to itself');
      const rows = store.write('a', async (db) => {
        await run(db, attempt);
        return values(db);
      });
      await rows.then(
        (list) => assert.ok(list.every(({ value }) => value !== 'of b')),
        (error) => assert.equal(error.code, '25001'),
      );
    });

  for (const role of ['madang', 'postgres', 'pg_read_all_data', 'pg_write_all_data'])
    test(`may not become ${role}`, async (t) => {
      if (database.options.databaseUrl) return t.skip('the role is entered from the connecting user, who may return to itself');
      await assert.rejects(
        store.write('a', (db) => run(db, `set role ${role}`)),
        ({ code }) => ['42501', '22023'].includes(code),
      );
      await assert.rejects(
        store.write('a', (db) => run(db, `set session authorization ${role}`)),
        ({ code }) => ['42501', '22023'].includes(code),
      );
    });
});

/** SQL as a plain text, which the store itself offers to nobody. */
async function run(db: Writer, text: string): Promise<void> {
  for (const statement of text.includes('$$') ? [text] : text.split('; '))
    await db(Object.assign([statement], { raw: [statement] }) as unknown as TemplateStringsArray);
}

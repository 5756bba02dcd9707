import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connect, type Sql } from '@madang/server/db/connect.ts';
import { type FreshDatabase, freshDatabase } from '../database.ts';

/** What the migrations may build, read from PostgreSQL's own catalog. */
let database: FreshDatabase;
let sql: Sql;

/** The host's own tables: small, public to the program, no participant's data. */
const HOST = ['house', 'migration'];

before(async () => {
  database = await freshDatabase();
  sql = connect(database.owner);
});

after(async () => {
  await sql?.end();
  await database?.drop();
});

/** Names of the tables (or what the query calls them) that break a rule. */
const breaking = async (query: PromiseLike<readonly object[]>) => (await query).map((row) => (row as { name: unknown }).name);

const ours = () => sql`select c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> all(${HOST})`;

test('there are tables to look at', async () => {
  assert.ok((await ours()).length > 5);
});

test('only tables, indexes and functions are used', async () => {
  assert.deepEqual(
    await breaking(
      sql`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind not in ('r', 'p', 'i', 'I')`,
    ),
    [],
  );
});

test('every primary key and every unique index starts with the participant', async () => {
  const first = sql`(select attname from pg_attribute where attrelid = i.indrelid and attnum = i.indkey[0])`;
  assert.deepEqual(
    await breaking(sql`select t.relname as name from (${ours()}) t where not exists
    (select from pg_index i where i.indrelid = t.oid and i.indisprimary and ${first} = 'participant')`),
    [],
  );
  assert.deepEqual(
    await breaking(sql`select i.indexrelid::regclass as name from pg_index i join (${ours()}) t on t.oid = i.indrelid
    where (i.indisunique or i.indisexclusion) and ${first} is distinct from 'participant'`),
    [],
  );
});

test('every foreign key takes the participant along', async () => {
  assert.deepEqual(
    await breaking(sql`select k.conname as name from pg_constraint k join (${ours()}) t on t.oid = k.conrelid
    where k.contype = 'f' and not exists (
      select from unnest(k.conkey, k.confkey) as pair(here, there)
      join pg_attribute h on h.attrelid = k.conrelid and h.attnum = here join pg_attribute o on o.attrelid = k.confrelid and o.attnum = there
      where h.attname = 'participant' and o.attname = 'participant')`),
    [],
  );
});

test('row-level security is on, forced, and is the one policy of house_table', async () => {
  assert.deepEqual(await breaking(sql`select relname as name from (${ours()}) t where not (relrowsecurity and relforcerowsecurity)`), []);
  await sql`create table probe (participant text primary key)`;
  await sql`select house_table('probe')`;
  const policies =
    await sql`select p.tablename, p.policyname, p.permissive, p.roles, p.cmd, p.qual, p.with_check from pg_policies p where schemaname = 'public'`;
  const { tablename: _, ...wanted } = policies.find(({ tablename }) => tablename === 'probe') ?? {};
  for (const { tablename, ...policy } of policies) assert.deepEqual(policy, wanted, tablename);
  assert.equal(policies.length, (await ours()).length);
  await sql`drop table probe`;
});

test('the program owns nothing and may do to a table no more than house_table grants', async () => {
  const owner = sql`(select oid from pg_roles where rolname = 'madang_app')`;
  assert.deepEqual(
    await breaking(sql`select relname as name from pg_class where relowner = ${owner}
    union all select proname from pg_proc where proowner = ${owner} union all select nspname from pg_namespace where nspowner = ${owner}
    union all select datname from pg_database where datdba = ${owner}`),
    [],
  );
  assert.deepEqual(
    await breaking(sql`select c.relname as name from pg_class c, unnest(array['truncate', 'references', 'trigger']) as right_name
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and has_table_privilege('madang_app', c.oid, right_name)`),
    [],
  );
  assert.deepEqual(
    await breaking(sql`select right_name as name from unnest(array['select', 'insert', 'update', 'delete']) as right_name
    where has_table_privilege('madang_app', 'migration', right_name)`),
    [],
  );
  const [role] =
    await sql`select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication from pg_roles where rolname = 'madang_app'`;
  assert.deepEqual({ ...role }, { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, rolreplication: false });
  assert.deepEqual(
    await breaking(sql`select r.rolname as name from pg_auth_members m join pg_roles r on r.oid = m.roleid where m.member = ${owner}`),
    [],
  );
});

test('no function borrows its owner’s rights, and only set_participant sets the participant', async () => {
  const functions = sql`select proname as name, prosecdef, prosrc from pg_proc where pronamespace = 'public'::regnamespace`;
  assert.deepEqual(await breaking(sql`select name from (${functions}) f where prosecdef`), []);
  assert.deepEqual(await breaking(sql`select name from (${functions}) f where prosrc ~* 'set_config|set +(local|session)' `), [
    'set_participant',
  ]);
});

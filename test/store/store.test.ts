import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connect } from '@madang/server/db/connect.ts';
import { isUniqueViolation } from '@madang/server/db/errors.ts';
import { openStore } from '@madang/server/db/open.ts';
import type { Reader, Store, Writer } from '@madang/server/db/store.ts';
import { type FreshDatabase, freshDatabase } from '../database.ts';

let database: FreshDatabase;
let store: Store;

before(async () => {
  database = await freshDatabase();
  const owner = connect(database.owner);
  await owner.unsafe(`
    create table note (participant text, id text, body jsonb, primary key (participant, id));
    select house_table('note');
    create function note_add(p_participant text, p jsonb) returns jsonb language plpgsql as $$ begin
      perform set_participant(p_participant);
      insert into note values (p_participant, p->>'id', p->'body');
      return p->'body';
    end $$;
    create function give_back(p_participant text, p jsonb) returns jsonb language sql as $$ select p $$;
  `);
  await owner.end();
  store = await openStore(database.options);
});

after(async () => {
  await store?.[Symbol.asyncDispose]();
  await database?.drop();
});

const add = (db: Writer, participant: string, id: string) => db`insert into note (participant, id) values (${participant}, ${id})`;
const ids = async (participant: string, like: string) =>
  (await store.read(participant, (db) => db<{ id: string }[]>`select id from note where id like ${like} order by id`)).map(({ id }) => id);

test('values come out the same everywhere: instants in UTC with all digits, big and exact numbers as text, jsonb as it was', async () => {
  const body = { 한글: [1, null, true, 'x"y', { z: [] }] };
  const [row] = await store.read(
    'a',
    (db) => db`select timestamptz '2026-11-24 09:00:00.123456+09' as instant, date '2026-11-24' as day, 9007199254740993::bigint as big,
                      1.10::numeric as exact, 7 as number, array['a', 'b'] as list, ${db.json(body)} as body, null::text as nothing`,
  );
  assert.deepEqual(
    { ...row },
    {
      instant: '2026-11-24T00:00:00.123456Z',
      day: '2026-11-24',
      big: '9007199254740993',
      exact: '1.10',
      number: 7,
      list: ['a', 'b'],
      body,
      nothing: null,
    },
  );
});

test('lists come and go as lists', async () => {
  const texts = ['a', 'b c', 'd"e', 'f\\\\g', '{h,i}', 'NULL', '', '한글', null];
  const [row] = await store.read(
    'a',
    (db) => db`select ${texts}::text[] as texts, ${[1, 2]}::int[] as ints, array[1.10, null] as numbers, array[true, false] as booleans,
    array[]::text[] as empty, array['{"a": "x,y"}'::jsonb] as bodies, array[timestamptz '2026-11-24 00:00Z'] as instants, ${[]}::text[] as none`,
  );
  assert.deepEqual(
    { ...row },
    {
      texts,
      ints: [1, 2],
      numbers: ['1.10', null],
      booleans: [true, false],
      empty: [],
      bodies: [{ a: 'x,y' }],
      instants: ['2026-11-24T00:00:00Z'],
      none: [],
    },
  );
});

test('call: any JSON value goes in and comes out as it is, never encoded twice', async () => {
  for (const value of [{ a: { b: [1, '2'] } }, [{ id: 1 }], [true, false], [], 'text', '{"a":1}', 1.5, true, null])
    assert.deepEqual(await store.call('give_back', 'a', value), value);
});

test('call takes the name of a function and nothing else', async () => {
  await assert.rejects(store.call("give_back('a', '{}'); drop table note; --", 'a', {}), TypeError);
  await assert.rejects(store.call('give_back', '', {}), TypeError);
});

test('lists, names and pieces of SQL', async () => {
  await store.write(
    'lists',
    (db) =>
      db`insert into note ${db(
        [
          { participant: 'lists', id: 'n1' },
          { participant: 'lists', id: 'n2' },
        ],
        'participant',
        'id',
      )}`,
  );
  const rows = await store.read(
    'lists',
    (db) => db`select ${db(['id', 'participant'])} from ${db('note')} where id = any(${['n1', 'n2', 'n3']}) ${db`and id <> ${'n1'}`}`,
  );
  assert.deepEqual(
    rows.map((row) => row.id),
    ['n2'],
  );
});

test('write: all or nothing', async () => {
  const failing = store.write('a', async (db) => {
    await add(db, 'a', 'half');
    throw new Error('changed my mind');
  });
  await assert.rejects(failing, /changed my mind/);
  assert.deepEqual(await ids('a', 'half'), []);
});

test('a failed statement that was hidden does not count as success', async () => {
  const hidden = store.write('a', async (db) => {
    await add(db, 'a', 'hidden');
    await add(db, 'a', 'hidden').catch(() => {});
  });
  await assert.rejects(hidden, { code: 'internal' });
  assert.deepEqual(await ids('a', 'hidden'), []);
});

test('a query that nobody waits for can fail without ending the process', async () => {
  const failing = store.write('a', async (db) => {
    const first = db`select 1/0`;
    const second = db`select 1`;
    void second.execute();
    await first;
  });
  await assert.rejects(failing, { code: '22012' });
});

test('a taken key stays visible to the verb', async () => {
  await store.write('a', (db) => add(db, 'a', 'taken'));
  const again = await store.write('a', (db) => add(db, 'a', 'taken')).catch((error) => error);
  assert.equal(isUniqueViolation(again), true);
  assert.equal(isUniqueViolation(again, 'note_pkey'), true);
  assert.equal(isUniqueViolation(again, 'other'), false);
});

test('what PostgreSQL cannot keep is a bad request', async () => {
  await assert.rejects(store.call('note_add', 'a', { id: 'zero', body: { text: 'a\0b' } }), { code: 'bad_request' });
  await assert.rejects(
    store.write('a', (db) => add(db, 'a', 'zero\0')),
    { code: 'bad_request' },
  );
});

test('a reader cannot write', async () => {
  const write = (db: Reader) => db`insert into note values ('a', 'by reader', null)`;
  await assert.rejects(store.read('a', write), { code: '25006' });
  await assert.rejects(
    store.read('a', (db) => db`select note_add('a', '{"id": "by reader"}')`),
    { code: '25006' },
  );
  // @ts-expect-error a function that asks for a Writer does not take a Reader
  const smuggled = store.read('a', (db) => add(db, 'a', 'by reader'));
  await assert.rejects(smuggled, { code: '25006' });
  assert.deepEqual(await ids('a', 'by reader'), []);
});

test('a read sees one consistent state', async () => {
  await store.read('a', async (db) => {
    const count = async () => (await db`select count(*)::int as n from note where id = 'meanwhile'`)[0]?.n;
    assert.equal(await count(), 0);
    await store.write('a', (other) => add(other, 'a', 'meanwhile'));
    assert.equal(await count(), 0);
  });
  assert.deepEqual(await ids('a', 'meanwhile'), ['meanwhile']);
});

test('a query kept beyond its transaction does not run in the next one', async () => {
  let kept: (() => Promise<unknown>) | undefined;
  await store.read('a', async (db) => {
    const query = db`select current_setting('madang.participant', true)`;
    kept = async () => query;
  });
  await store.read('b', async () => assert.rejects(async () => kept?.(), /after the end of its transaction/));
});

test('two writers that deadlock both get through', async () => {
  await store.write('d', async (db) => {
    await add(db, 'd', 'one');
    await add(db, 'd', 'two');
  });
  let runs = 0;
  let release = () => {};
  const bothHoldOne = new Promise<void>((resolve) => {
    release = resolve;
  });
  const cross = (first: string, second: string) =>
    store.write('d', async (db) => {
      const set = (id: string) => db`update note set body = ${db.json(first)} where id = ${id}`;
      await set(first);
      if (++runs === 2) release();
      await bothHoldOne;
      await set(second);
    });
  await Promise.all([cross('one', 'two'), cross('two', 'one')]);
  assert.equal(runs, 3);
});

test('more callers than connections wait their turn', async () => {
  const answers = await Promise.all(Array.from({ length: 60 }, (_, i) => store.call('note_add', 'many', { id: `m${i}`, body: i })));
  assert.deepEqual(
    answers,
    Array.from({ length: 60 }, (_, i) => i),
  );
  assert.equal((await ids('many', 'm%')).length, 60);
});

test('calls that go together answer each its own, and one that fails takes nothing from the others', async () => {
  const ask = (id: string, body: unknown) => store.together<unknown>('note_add', 'together', { id, body }, id);
  const good = Array.from({ length: 20 }, (_, i) => ask(`t${i}`, i));
  const bad = ask('zero', { text: 'a\0b' });
  const more = Array.from({ length: 20 }, (_, i) => ask(`u${i}`, `u${i}`));
  await assert.rejects(bad, { code: 'bad_request' });
  assert.deepEqual(
    await Promise.all([...good, ...more]),
    Array.from({ length: 40 }, (_, i) => (i < 20 ? i : `u${i - 20}`)),
  );
  assert.equal((await ids('together', '%')).length, 40);
  await assert.rejects(store.together('give_back; drop table note', 'a', {}), TypeError);
});

test('a batch that fails after some of its answers have come leaves nothing behind in its connection', async () => {
  const ask = (id: string) => store.together<unknown>('note_add', 'batch', { id, body: id }, id);
  await ask('m');
  const answers = await Promise.allSettled(['first', 'a', 'b', 'm', 'n'].map(ask));
  assert.deepEqual(
    answers.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
  );
  for (let i = 0; i < 20; i++) assert.equal(await store.call('note_add', 'batch', { id: `then ${i}`, body: i }), i);
});

test('a broken connection is an error for its user only', async () => {
  const broken = store.write('a', async (db) => {
    await add(db, 'a', 'lost');
    const [me] = await db<{ pid: number }[]>`select pg_backend_pid() as pid`;
    const owner = connect(database.owner);
    await owner`select pg_terminate_backend(${me?.pid ?? 0})`;
    await owner.end();
    await Promise.all([add(db, 'a', 'lost too'), add(db, 'a', 'lost as well')]);
  });
  await assert.rejects(broken, { code: 'unavailable' });
  assert.deepEqual(await ids('a', 'lost%'), []);
});

test('a closed store refuses', async () => {
  const other = await openStore(database.options);
  const late = other.read('a', (db) => db`select pg_sleep(0.05)`);
  await other[Symbol.asyncDispose]();
  await late;
  await assert.rejects(
    other.read('a', (db) => db`select 1`),
    { code: 'unavailable' },
  );
});

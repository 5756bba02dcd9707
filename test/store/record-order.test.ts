import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connect, type Sql } from '@madang/server/db/connect.ts';
import { migrate, readMigrations } from '@madang/server/db/migrate.ts';
import { openStore } from '@madang/server/db/open.ts';
import type { Store } from '@madang/server/db/store.ts';
import { type FreshDatabase, freshDatabase } from '../database.ts';

let database: FreshDatabase;
let sql: Sql;
let store: Store;
before(async () => {
  database = await freshDatabase();
  sql = connect(database.owner);
  store = await openStore(database.options);
});
after(async () => {
  await store?.[Symbol.asyncDispose]();
  await sql?.end();
  await database?.drop();
});

const record = (id: string, hash: string) => ({ kind: 'item', id, hash, body: { hash }, writtenBy: 'did:web:x' });
const append = (participant: string, ...records: object[]) => store.call('record_append', participant, { records });
const placesOf = async (participant: string) =>
  (await sql`select seq, id, version from record where participant = ${participant} order by seq`).map(
    ({ seq, id, version }) => `${seq} ${id} ${version}`,
  );

test('versions are numbered without a gap in the order of the list, unchanged ones not at all', async () => {
  await append('a', record('z', '1'), record('b', '1'), record('z', 'twice'));
  await append('a', record('b', '1'), record('z', '2'), record('c', '1'));
  assert.deepEqual(await placesOf('a'), ['1 z 1', '2 b 1', '3 z 2', '4 c 1']);
});

test('many writers at once: whoever has read up to a number has missed nothing below it', async () => {
  const seen: number[] = [];
  const readOn = async () => {
    const last = seen.at(-1) ?? 0;
    const rows = await store.read('many', (db) => db<{ seq: string }[]>`select seq from record where seq > ${last} order by seq`);
    seen.push(...rows.map(({ seq }) => Number(seq)));
  };
  let left = 60;
  const writing = Array.from({ length: left }, async (_, i) => {
    await append('many', record(`r${i % 7}`, String(i)), record(`s${i}`, '1'));
    left--;
  });
  while (left > 0) await readOn();
  await Promise.all(writing);
  await readOn();
  assert.equal(seen.length, 120);
  assert.deepEqual(
    seen,
    Array.from({ length: 120 }, (_, i) => i + 1),
  );
});

test('what a subscription brings is stored with its position, or neither is', async () => {
  await sql`insert into exchange (participant, id, protocol, role, peer, peer_address, state, dataset, title, content)
            values ('c', 't', 'transfer', 'consumer', 'p', '', 'STARTED', 'd', '', '{}')`;
  const receive = (from: number, position: number, ...records: object[]) =>
    store.call<{ outcome: string }>('record_receive', 'c', { transfer: 't', after: from, position, records });
  const some = [record('x', '1'), record('x', '2'), record('x', '2'), record('x', '1'), record('y', 'removed')];
  assert.equal((await receive(0, 9, ...some)).outcome, 'done');
  // Three versions: what repeats the one before, and the removal of what never came, are none.
  assert.deepEqual(await placesOf('c'), ['1 x 1', '2 x 2', '3 x 3']);
  assert.equal((await receive(0, 9, ...some)).outcome, 'stale');
  assert.equal((await receive(9, 10, record('x', '1'))).outcome, 'done');
  await assert.rejects(receive(10, 11, record('x', '3'), { ...record('x', '4'), kind: null }));
  assert.deepEqual(await placesOf('c'), ['1 x 1', '2 x 2', '3 x 3']);
  assert.equal((await receive(10, 11, record('x', '3'))).outcome, 'done');
  await sql`update exchange set state = 'SUSPENDED' where participant = 'c'`;
  assert.equal((await receive(11, 12, record('x', '4'))).outcome, 'stopped');
  assert.deepEqual(await placesOf('c'), ['1 x 1', '2 x 2', '3 x 3', '4 x 4']);
});

test('records from before they were numbered get their numbers by their age', async () => {
  const old = connect(database.owner);
  try {
    await old`create schema old`;
    await old`set search_path = old`;
    const all = await readMigrations();
    await migrate(
      old,
      all.filter(({ number }) => number < 7),
    );
    const versions = [
      ['y', 1, 3],
      ['x', 1, 2],
      ['y', 2, 1],
    ] as const;
    for (const participant of ['a', 'b'])
      for (const [id, version, age] of versions)
        await old`insert into record (participant, kind, id, version, hash, body, written_by, written_at)
                  values (${participant}, 'item', ${id}, ${version}, ${`${id}${version}`}, '{}', 'w', now() - ${age} * interval '1 hour')`;
    await migrate(
      old,
      all.filter(({ number }) => number <= 7),
    );
    const rows = await old`select participant, seq, id, version from record order by participant, seq`;
    assert.deepEqual(
      rows.map(({ participant, seq, id, version }) => `${participant} ${seq} ${id} ${version}`),
      ['a', 'b'].flatMap((participant) => ['1 y 1', '2 x 1', '3 y 2'].map((line) => `${participant} ${line}`)),
    );
    assert.deepEqual(
      [...(await old`select participant, seq from record_count order by 1`)],
      [
        { participant: 'a', seq: '3' },
        { participant: 'b', seq: '3' },
      ],
    );
  } finally {
    await old.end();
  }
});

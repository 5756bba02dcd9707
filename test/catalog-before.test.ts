import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connect, type Sql } from '@madang/server/db/connect.ts';
import { migrate, readMigrations } from '@madang/server/db/migrate.ts';
import { type FreshDatabase, freshDatabase } from './database.ts';

// A database of the version before the catalogue was searched, with offers in it.

let database: FreshDatabase;
let owner: Sql;
before(async () => {
  database = await freshDatabase();
  owner = connect(database.owner);
  await owner.unsafe('drop schema public cascade; create schema public; grant usage on schema public to public');
});
after(async () => {
  await owner?.end();
  await database?.drop();
});

test('offers from before are listed with what their records say, withdrawn ones as such', async () => {
  const migrations = await readMigrations();
  await migrate(
    owner,
    migrations.filter(({ number }) => number < 8),
  );
  const policy = owner.json({ permission: [{ action: 'use' }] });
  for (const house of ['a', 'b'])
    await owner.begin(async (sql) => {
      await sql`select set_participant(${house})`;
      await sql`insert into house (participant, name, did) values (${house}, ${house}, ${`did:web:${house}.example`})`;
      await sql`select record_append(${house}, ${sql.json({
        records: [{ kind: 'item', id: 'p1', hash: 'h', body: { productIds: [`urn:x:${house}%201`] }, writtenBy: 'did:web:x' }],
      })})`;
      for (const [id, withdrawn] of [
        ['open', null],
        ['gone', '2026-11-01T00:00:00Z'],
      ] as const)
        await sql`insert into offer (participant, id, dataset, title, view, access, contract, answer, withdrawn_at)
          values (${house}, ${id}, ${`d-${id}`}, 'Steel', ${sql.json({ kind: 'item', ids: ['p1'], fields: 'whole' })}, ${policy}, ${policy}, 'auto', ${withdrawn})`;
    });
  await migrate(owner, migrations);
  for (const house of ['a', 'b']) {
    const rows = await owner.begin(async (sql) => {
      await sql`select set_participant(${house})`;
      return sql`
        select l.id, l.open, l.sieved, l.kind, l.product_keys, l.words, o.about->'products' as products from offer_listing l
        join offer o on o.participant = l.participant and o.id = l.id where l.participant = ${house} order by l.id`;
    });
    const listed = {
      sieved: false,
      kind: 'item',
      product_keys: ['p1', `urn:x:${house}%201`, `${house} 1`].sort(),
      words: `steel urn:x:${house}%201 p1 `,
      products: [`urn:x:${house}%201`, 'p1'],
    };
    assert.deepEqual(
      rows.map((row) => ({ ...row, product_keys: row.product_keys.toSorted() })),
      [
        { id: 'gone', open: false, ...listed },
        { id: 'open', open: true, ...listed },
      ],
    );
  }
});

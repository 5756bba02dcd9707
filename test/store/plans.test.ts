import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connect, type Sql } from '@madang/server/db/connect.ts';
import { type FreshDatabase, freshDatabase } from '../database.ts';

/** How PostgreSQL looks for rows while it has seen none: a plan made now is kept by the functions, and must not read all of a participant's rows. */
let database: FreshDatabase;
let sql: Sql;

before(async () => {
  database = await freshDatabase();
  sql = connect(database.owner);
  await sql`select set_participant('a')`;
});

after(async () => {
  await sql?.end();
  await database?.drop();
});

const LOOKUPS = {
  'exchange by its own id': { from: 'exchange', where: 'id = $2', index: 'exchange_pkey' },
  'exchange by the id of the peer': {
    from: 'exchange',
    where: 'protocol = $2 and peer = $2 and peer_pid = $2',
    index: 'exchange_participant_protocol_peer_peer_pid_key',
  },
  'exchange by partner and dataset': { from: 'exchange', where: 'peer = $2 and dataset = $2', index: 'exchange_about' },
  'record by kind and id': { from: 'record', where: 'kind = $2 and id = $2', more: 'order by version desc limit 1', index: 'record_pkey' },
  'record by its place': { from: 'record', where: 'seq = $2::bigint', index: 'record_seq' },
  'agreement by its id': { from: 'agreement', where: 'id = $2', index: 'agreement_pkey' },
  'agreement by dataset': { from: 'agreement', where: 'dataset = $2', index: 'agreement_about' },
};

for (const mode of ['force_generic_plan', 'force_custom_plan'])
  for (const [what, lookup] of Object.entries(LOOKUPS))
    test(`${what}, ${mode}`, async () => {
      const { from, where, index } = lookup;
      const more = 'more' in lookup ? lookup.more : '';
      await sql.unsafe(`set plan_cache_mode = ${mode}`);
      await sql.unsafe(`prepare lookup(text, text) as select * from ${from} where participant = $1 and ${where} ${more}`);
      const plan = await sql.unsafe("explain execute lookup('a', '1')");
      await sql`deallocate lookup`;
      const text = plan.map((row) => Object.values(row)[0]).join('\n');
      const used = [...text.matchAll(/using (\w+)|Index Scan on (\w+)|(Seq Scan)/g)].map(
        ([, name, bitmap, scan]) => name ?? bitmap ?? scan,
      );
      assert.deepEqual(used, [index], text);
      for (const [, column] of where.matchAll(/(\w+) =/g)) assert.match(text, new RegExp(`Index Cond: .*\\b${column} =`), text);
    });

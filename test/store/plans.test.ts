import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connect, type Sql } from '@madang/server/db/connect.ts';
import { type FreshDatabase, freshDatabase } from '../database.ts';

/** How PostgreSQL looks for an exchange while it has seen none: a plan made now is kept by the functions, and must not read all of a participant's rows. */
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
  'its own id': { where: 'id = $2', index: 'exchange_pkey' },
  'the id of the peer': {
    where: 'protocol = $2 and peer = $2 and peer_pid = $2',
    index: 'exchange_participant_protocol_peer_peer_pid_key',
  },
  'partner and dataset': { where: 'peer = $2 and dataset = $2', index: 'exchange_about' },
};

for (const mode of ['force_generic_plan', 'force_custom_plan'])
  for (const [what, { where, index }] of Object.entries(LOOKUPS))
    test(`by ${what}, ${mode}`, async () => {
      await sql.unsafe(`set plan_cache_mode = ${mode}`);
      await sql.unsafe(`prepare lookup(text, text) as select * from exchange where participant = $1 and ${where}`);
      const plan = await sql.unsafe("explain execute lookup('a', 'b')");
      await sql`deallocate lookup`;
      const text = plan.map((row) => Object.values(row)[0]).join('\n');
      const used = [...text.matchAll(/using (\w+)|(Seq Scan)/g)].map(([, name, scan]) => name ?? scan);
      assert.deepEqual(used, [index], text);
      for (const [, column] of where.matchAll(/(\w+) =/g)) assert.match(text, new RegExp(`Index Cond: .*\\b${column} =`), text);
    });

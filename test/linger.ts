import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '../packages/server/src/db/connect.ts';
import { startEmbedded } from '../packages/server/src/db/embedded/embedded.ts';

/** Keeps the test server of a folder until nobody else has used it for some seconds. Started by test/database.ts; one at a time. */
const PATIENCE = 5;

/** Any number. */
const KEY = 6232644;

await using server = await startEmbedded(process.argv[2] ?? '');
const sql = connect(await server.place('postgres'));
const [row] = await sql`select pg_try_advisory_lock(${KEY}) as first`;
for (let alone = row?.first ? 0 : PATIENCE; alone < PATIENCE; ) {
  await sleep(1000);
  alone = (await server.isAlone()) ? alone + 1 : 0;
}
await sql.end();

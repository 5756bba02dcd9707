import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbedded } from '../packages/server/src/db/embedded/embedded.ts';

/** Keeps the test server of a folder until nobody else has used it for some seconds. Started by test/database.ts. */
const PATIENCE = 5;

await using server = await startEmbedded(process.argv[2] ?? '');
for (let alone = 0; alone < PATIENCE; ) {
  await sleep(1000);
  alone = (await server.isAlone()) ? alone + 1 : 0;
}

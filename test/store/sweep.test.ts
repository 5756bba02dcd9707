import assert from 'node:assert/strict';
import test from 'node:test';
import { openStore } from '@madang/server/db/open.ts';
import { spendToken } from '@madang/server/identity/store.ts';
import { sweepHouse } from '@madang/server/jobs/sweep-store.ts';
import { freshDatabase } from '../database.ts';

test('spent tokens go some minutes after they have expired, and only the participant’s own', async () => {
  const database = await freshDatabase();
  try {
    await using store = await openStore(database.options);
    const token = (jti: string, minutes: number) => ({
      issuer: 'did:web:a',
      jti,
      expires: new Date(Date.now() + minutes * 60_000).toISOString(),
    });
    const all = [token('valid', 1), token('just expired', -1), token('long expired', -6)];
    for (const participant of ['a', 'b']) for (const use of all) assert.equal(await spendToken(store, participant, use), true);
    await store.write('a', sweepHouse);
    const again = async (participant: string) => Promise.all(all.map((use) => spendToken(store, participant, use)));
    assert.deepEqual(
      [await again('a'), await again('b')],
      [
        [false, false, true],
        [false, false, false],
      ],
    );
  } finally {
    await database.drop();
  }
});

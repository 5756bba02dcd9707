import assert from 'node:assert/strict';
import test from 'node:test';
import { openPauses } from './pauses.ts';

const LONG = 60_000;

test('news of a peer ends the pauses of those who wait for it, the first first, so many at once', async () => {
  const pauses = openPauses();
  const woken: number[] = [];
  for (let i = 0; i < 100; i++) void pauses.wait(LONG, 'peer').then((early) => early && woken.push(i));
  const other = pauses.wait(LONG, 'other');
  assert.equal(pauses.wake('nobody'), false);
  assert.equal(pauses.wake('peer'), true);
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(
    woken,
    Array.from({ length: 32 }, (_, i) => i),
  );
  pauses.wake('peer');
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(woken.length, 64);
  pauses[Symbol.dispose]();
  assert.equal(await other, false);
});

test('what has only begun to wait, or waits for nobody, goes on waiting', async () => {
  const pauses = openPauses();
  const fresh = pauses.wait(LONG, 'peer', LONG);
  const none = pauses.wait(LONG);
  const soon = pauses.wait(LONG, 'peer', 0);
  assert.equal(pauses.wake('peer'), true);
  assert.equal(await soon, true);
  pauses[Symbol.dispose]();
  assert.deepEqual([await fresh, await none], [false, false]);
});

test('a pause ends by itself, and none begins when all is over', async () => {
  const pauses = openPauses();
  assert.equal(await pauses.wait(1, 'peer'), false);
  assert.equal(pauses.wake('peer'), false);
  pauses[Symbol.dispose]();
  assert.equal(await pauses.wait(LONG, 'peer'), false);
});

import assert from 'node:assert/strict';
import test from 'node:test';
import { inTurn } from './in-turn.ts';

const house = { did: 'did:web:a' };

test('for one record one after the other, in order, also after one that failed', async () => {
  const log: string[] = [];
  const work = (name: string, ms: number) => async () => {
    log.push(`${name} begins`);
    await new Promise((resolve) => setTimeout(resolve, ms));
    log.push(`${name} ends`);
    if (name === 'a') throw new Error('a fails');
    return name;
  };
  const results = await Promise.allSettled([
    inTurn(house, 'k', 'x', work('a', 15)),
    inTurn(house, 'k', 'x', work('b', 5)),
    inTurn(house, 'k', 'x', work('c', 1)),
  ]);
  assert.deepEqual(log, ['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  assert.deepEqual(
    results.map((result) => (result.status === 'fulfilled' ? result.value : result.reason.message)),
    ['a fails', 'b', 'c'],
  );
});

test('other records, kinds and participants do not wait', async () => {
  const gate = Promise.withResolvers<void>();
  const first = inTurn(house, 'k', 'x', () => gate.promise);
  for (const [who, kind, id] of [
    [house, 'k', 'y'],
    [house, 'l', 'x'],
    [{ did: 'did:web:b' }, 'k', 'x'],
  ] as const)
    await inTurn(who, kind, id, async () => {});
  gate.resolve();
  await first;
});

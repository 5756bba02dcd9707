import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { MadangError } from '@madang/core/error.ts';
import { openFlush } from './flush.ts';

test.beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
test.afterEach(() => mock.timers.reset());

/** Lets some milliseconds pass and everything that follows from them happen. */
async function pass(ms: number): Promise<void> {
  mock.timers.tick(ms);
  for (let i = 0; i < 50; i++) await Promise.resolve();
}

test('what comes close together is stored by one call for each participant', async () => {
  const calls: [string, readonly number[]][] = [];
  const flush = openFlush<number>(async (participant, list) => calls.push([participant, [...list]]));
  for (const [participant, entry] of [
    ['a', 1],
    ['b', 2],
    ['a', 3],
  ] as const)
    flush.add(participant, entry);
  assert.deepEqual(calls, []);
  await pass(20);
  assert.deepEqual(calls, [
    ['a', [1, 3]],
    ['b', [2]],
  ]);
  flush.add('a', 4);
  await pass(20);
  assert.deepEqual(calls.at(-1), ['a', [4]]);
});

test('while the store is away nothing is lost, doubled or asked for one by one', async () => {
  let away = true;
  const calls: number[][] = [];
  const flush = openFlush<number>(async (_, list) => {
    calls.push([...list]);
    if (away) throw new MadangError('unavailable');
  });
  flush.add('a', 1);
  flush.add('a', 2);
  await pass(20);
  flush.add('a', 3);
  await pass(20);
  assert.deepEqual(calls, [[1, 2]], 'the next turn waits');
  away = false;
  await pass(1_000);
  assert.deepEqual(calls, [
    [1, 2],
    [1, 2, 3],
  ]);
  await pass(5_000);
  assert.equal(calls.length, 2);
});

test('one entry that cannot be stored does not hold up the others, now or later', async () => {
  const stored: number[] = [];
  const flush = openFlush<number>(async (_, list) => {
    if (list.includes(13)) throw new Error('value too long');
    stored.push(...list);
  });
  for (const entry of [1, 13, 2]) flush.add('a', entry);
  await pass(20);
  assert.deepEqual(stored, [1, 2]);
  flush.add('a', 3);
  await pass(1_000);
  assert.deepEqual(stored, [1, 2, 3]);
});

test('closing stores what waits, after what is under way, and starts nothing more', async () => {
  const order: string[] = [];
  const first = Promise.withResolvers<void>();
  const flush = openFlush<string>(async (_, [entry = '']) => {
    if (entry === 'first') await first.promise;
    order.push(entry);
  });
  flush.add('a', 'first');
  await pass(20);
  flush.add('a', 'second');
  const closed = flush[Symbol.asyncDispose]();
  await pass(0);
  assert.deepEqual(order, []);
  first.resolve();
  await closed;
  assert.deepEqual(order, ['first', 'second']);
  flush.add('a', 'late');
  await pass(5_000);
  assert.deepEqual(order, ['first', 'second']);
});

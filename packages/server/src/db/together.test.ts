import assert from 'node:assert/strict';
import { test } from 'node:test';
import { together } from './together.ts';

/** Calls that answer when they are let go; what went together is told as one entry. */
function watched(fails: (list: readonly unknown[]) => boolean = () => false) {
  const asked: unknown[][] = [];
  const gate: (() => void)[] = [];
  const ask = async (list: readonly unknown[]) => {
    asked.push([...list]);
    await new Promise<void>((resolve) => gate.push(resolve));
    if (fails(list)) throw new Error(`no: ${list.join()}`);
    return list.map((argument) => `done ${argument}`);
  };
  const call = together(
    async (_kind, argument) => (await ask([argument]))[0] ?? '',
    (_kind, list) => ask(list),
  );
  const letGo = async () => {
    while (gate.length > 0) {
      gate.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { asked, call, letGo };
}

test('the first goes at once; those that come meanwhile go as one, in the order of the rows they lock', async () => {
  const { asked, call, letGo } = watched();
  const answers = [call('k', 1), call('k', 2, 'z'), call('k', 3, 'a'), call('k', 4, 'z')];
  await letGo();
  assert.deepEqual(await Promise.all(answers), ['done 1', 'done 2', 'done 3', 'done 4']);
  assert.deepEqual(asked, [[1], [3, 2, 4]]);
});

test('kinds do not wait for each other', async () => {
  const { asked, call, letGo } = watched();
  const answers = [call('a', 1), call('b', 2)];
  assert.deepEqual(asked, [[1], [2]]);
  await letGo();
  await Promise.all(answers);
});

test('when a batch fails each goes by itself: only the one that fails alone is told so', async () => {
  const { asked, call, letGo } = watched((list) => list.includes('bad'));
  const answers = ['first', 'good', 'bad', 'fine'].map((argument) => call('k', argument));
  const settled = Promise.allSettled(answers);
  await letGo();
  assert.deepEqual(
    (await settled).map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason))),
    ['done first', 'done good', 'Error: no: bad', 'done fine'],
  );
  assert.deepEqual(asked, [['first'], ['good', 'bad', 'fine'], ['good'], ['bad'], ['fine']]);
});

test('a batch has an end, and the line goes on after a failure', async () => {
  const { asked, call, letGo } = watched((list) => list.includes(0));
  const answers = Promise.allSettled(Array.from({ length: 40 }, (_, i) => call('k', i)));
  await letGo();
  assert.equal((await answers).filter(({ status }) => status === 'rejected').length, 1);
  assert.deepEqual(
    asked.map(({ length }) => length),
    [1, 32, 7],
  );
});

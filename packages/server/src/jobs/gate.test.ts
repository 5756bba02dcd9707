import assert from 'node:assert/strict';
import test from 'node:test';
import { openGate } from './gate.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('no more than so many are inside, each place for itself', async () => {
  const gate = openGate(2);
  const inside: string[] = [];
  const leaves = new Map<string, () => void>();
  const come = (name: string, place: string) =>
    void gate.enter(place, 'a').then((leave) => {
      inside.push(name);
      leaves.set(name, leave);
    });
  for (const [name, place] of [
    ['1', 'x'],
    ['2', 'x'],
    ['3', 'x'],
    ['4', 'y'],
  ] as const)
    come(name, place);
  await turn();
  assert.deepEqual(inside, ['1', '2', '4']);
  leaves.get('2')?.();
  await turn();
  assert.deepEqual(inside, ['1', '2', '4', '3']);
});

test('one with thousands holds up no other: they take turns', async () => {
  const gate = openGate(1);
  const order: string[] = [];
  const leave = await gate.enter('x', 'many');
  const all = [...Array.from({ length: 3_000 }, (_, i) => ['many', i] as const), ['few', 0] as const, ['few', 1] as const].map(
    async ([sender, i]) => {
      const done = await gate.enter('x', sender);
      order.push(`${sender} ${i}`);
      done();
    },
  );
  leave();
  await Promise.all(all);
  assert.deepEqual(order.slice(0, 5), ['many 0', 'few 0', 'many 1', 'few 1', 'many 2']);
  assert.deepEqual(
    order.filter((one) => one.startsWith('many')),
    Array.from({ length: 3_000 }, (_, i) => `many ${i}`),
  );
  // All have left: there is room again.
  (await gate.enter('x', 'few'))();
});

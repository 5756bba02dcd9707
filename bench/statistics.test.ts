import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { median, percentile } from './statistics.ts';

test('percentiles by nearest rank', () => {
  // The worked example of nearest rank: 15, 20, 35, 40, 50.
  const five = [35, 50, 15, 40, 20];
  assert.deepEqual(
    [0.05, 0.3, 0.4, 0.5, 1].map((p) => percentile(five, p)),
    [15, 20, 20, 35, 50],
  );
  assert.equal(
    percentile(
      Array.from({ length: 1000 }, (_, i) => i + 1),
      0.95,
    ),
    950,
  );
  assert.deepEqual(five, [35, 50, 15, 40, 20], 'the values are left as they were');
  assert.throws(() => percentile([], 0.5), RangeError);
  assert.throws(() => percentile(five, 0), RangeError);
  assert.throws(() => percentile(five, 95), RangeError);
});

test('a percentile is a value with enough values at or below it, and no smaller one is', () => {
  const values = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1 });
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 100 }), (list, hundredths) => {
      const p = hundredths / 100;
      const found = percentile(list, p);
      const share = (limit: (v: number) => boolean) => list.filter(limit).length;
      assert.ok(list.includes(found));
      assert.ok(share((v) => v <= found) >= p * list.length);
      assert.ok(share((v) => v < found) < p * list.length);
    }),
  );
});

test('medians', () => {
  assert.equal(median([3]), 3);
  assert.equal(median([4, 1, 9]), 4);
  assert.equal(median([4, 1, 9, 5]), 4.5);
});

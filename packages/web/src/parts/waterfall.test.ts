import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clip, falls, widthOf } from './waterfall.ts';

test('each bar begins where the one before ended, the largest first, and the sum is exact', () => {
  const { bars, total, extent } = falls([{ value: '0.1' }, { value: '0.2' }, { value: '5' }]);
  assert.equal(total, '5.3');
  assert.deepEqual(
    bars.map((b) => b.row.value),
    ['5', '0.2', '0.1'],
  );
  for (const [i, bar] of bars.entries()) assert.equal(bar.from, bars[i - 1]?.to ?? 0);
  assert.ok(Math.abs(extent[1] - 5.3) < 1e-12);
});

test('a credit goes back, and the picture has room for it', () => {
  assert.deepEqual(falls([{ value: '2' }, { value: '-3' }]).extent, [-1, 2]);
  assert.deepEqual(falls([]), { bars: [], total: '0', extent: [0, 0] });
});

test('room for a name is what it takes not to be cut', () => {
  for (const name of ['전해액', 'Raw material acquisition and pre-processing', '동박 10 μm'])
    assert.equal(clip(name, widthOf(name) + 1), name);
});

test('a name is cut to its room, and only then', () => {
  assert.equal(clip('전해액', 60), '전해액');
  assert.equal(clip('전해액과 분리막과 양극재', 80), '전해액과 …');
  assert.equal(clip('electrolyte', 90), 'electrolyte');
});

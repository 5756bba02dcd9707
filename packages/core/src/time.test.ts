import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { MadangError } from './error.ts';
import { contains, dayInSeoul, isDay, isInstant, overlaps, seoulDay, toUtc } from './time.ts';

const refused = (code: string) => (e: unknown) => e instanceof MadangError && e.code === code;

test('instants are strict', () => {
  for (const good of ['2026-11-24T09:00:00Z', '2024-02-29T23:59:59.123+09:00']) assert.ok(isInstant(good), good);
  for (const bad of [
    '2026-11-24',
    '2026-11-24T09:00:00',
    '2026-02-30T00:00:00Z',
    '2026-11-24T24:00:00Z',
    '2026-11-24 09:00:00Z',
    '2026-11-24T09:00Z',
    5,
  ]) {
    assert.ok(!isInstant(bad), String(bad));
  }
  assert.throws(() => toUtc('soon'), refused('bad_time'));
  assert.equal(toUtc('2026-11-24T09:00:00+09:00'), '2026-11-24T00:00:00Z');
  assert.ok(isDay('2024-02-29') && !isDay('2026-02-29') && !isDay('2026-13-01'));
});

test('a day in Seoul', () => {
  const day = seoulDay('2026-12-31');
  assert.deepEqual(day, { start: '2026-12-30T15:00:00Z', end: '2026-12-31T15:00:00Z' });
  assert.equal(dayInSeoul(day.start), '2026-12-31');
  assert.equal(dayInSeoul(day.end), '2027-01-01');
  assert.ok(contains(day, day.start) && !contains(day, day.end));
});

test('intervals overlap exactly when a common instant exists', () => {
  const at = (n: number) => new Date(n * 1000).toISOString();
  fc.assert(
    fc.property(fc.nat(20), fc.nat(20), fc.nat(20), fc.nat(20), (a, b, c, d) => {
      const [x, y] = [
        { start: at(Math.min(a, b)), end: at(Math.max(a, b) + 1) },
        { start: at(Math.min(c, d)), end: at(Math.max(c, d) + 1) },
      ];
      const common = Array.from({ length: 22 }, (_, n) => at(n)).some((t) => contains(x, t) && contains(y, t));
      assert.equal(overlaps(x, y), common);
    }),
  );
  assert.ok(overlaps({}, { start: at(1) }));
});

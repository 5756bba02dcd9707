import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bytes, day, duration, figure, grouped, moment, percent, unitSign } from './format.ts';

test('thousands are grouped, and taking the commas out gives the figure back', () => {
  assert.equal(grouped('1234567.8912'), '1,234,567.8912');
  assert.equal(grouped('-1000'), '−1,000');
  assert.equal(grouped('999'), '999');
  const decimal = fc.tuple(fc.maxSafeInteger(), fc.stringMatching(/^\d{1,9}$/)).map(([whole, rest]) => `${whole}.${rest}`);
  fc.assert(fc.property(decimal, (d) => assert.equal(grouped(d).replaceAll(',', '').replace('−', '-'), d)));
});

test('a figure keeps four digits that count, rounds ties to even and never turns small into zero digits alone', () => {
  assert.equal(figure('7104.921624'), '7,105');
  assert.equal(figure('442.364'), '442.4');
  assert.equal(figure('18.742976'), '18.74');
  assert.equal(figure('0.4173'), '0.417');
  assert.equal(figure('0.0005'), '0.0005');
  assert.equal(figure('0.00004567'), '0.0000457');
  assert.equal(figure('0'), '0');
  assert.equal(figure('-12.345'), '−12.34');
  assert.equal(figure('no number'), 'no number');
});

test('a share is per cent with one place; what is there is never shown as nothing', () => {
  assert.equal(percent('0.844168681591187328606359971133'), '84.4 %');
  assert.equal(percent('1'), '100 %');
  assert.equal(percent('0'), '0 %');
  assert.equal(percent('0.0001'), '< 0.1 %');
});

test('a length of time has the unit that fits', () => {
  assert.equal(duration(83.6, 'ko'), '84 ms');
  assert.equal(duration(2100, 'ko'), '2.1초');
  assert.equal(duration(2100, 'en'), '2.1 s');
  assert.equal(duration(999.7, 'en'), '1.0 s');
  assert.equal(duration(59_970, 'en'), '1 min');
  assert.equal(duration(180_000, 'en'), '3 min');
  assert.equal(duration(5_400_000, 'en'), '1.5 h');
  assert.equal(duration(172_800_000, 'ko'), '2일');
});

test('a moment is written year first; what is no time is shown as it came', () => {
  assert.match(moment('2026-11-23T09:41:07Z'), /^2026-11-2[234] \d\d:\d\d$/);
  assert.match(moment('2026-11-23T09:41:07Z', true), /:07$/);
  assert.match(day('2026-11-23T12:00:00Z'), /^2026-11-2[34]$/);
  assert.equal(moment('soon'), 'soon');
});

test('a unit as it is written by hand', () => {
  assert.equal(unitSign('kg CO2e/kWh'), 'kg CO₂e/kWh');
  assert.equal(unitSign('Ah'), 'Ah');
});

test('amounts of data in the unit that fits, never a thousand of one', () => {
  assert.deepEqual([0, 999, 1000, 1234, 999_499, 999_999, 2_147_483_648].map(bytes), [
    '0 B',
    '999 B',
    '1.00 kB',
    '1.23 kB',
    '999 kB',
    '1.00 MB',
    '2.15 GB',
  ]);
  fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 49 }), (n) => assert.match(bytes(n), /^\d{1,3}(\.\d{1,2})? [kMGT]?B$/)));
});

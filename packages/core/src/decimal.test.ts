import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { add, compare, div, mul, parseDecimal, round, roundSignificant, sub } from './decimal.ts';
import { MadangError } from './error.ts';

const refused = (code: string) => (e: unknown) => e instanceof MadangError && e.code === code;
const decimal = fc.tuple(fc.bigInt(-(10n ** 20n), 10n ** 20n), fc.nat(12)).map(([n, places]) => {
  const digits = (n < 0n ? -n : n).toString().padStart(places + 1, '0');
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return parseDecimal(n < 0n ? `-${text}` : text);
});

test('only plain decimal strings are decimals', () => {
  for (const good of ['0', '-0.50', '007.10', '123456789012345678901234567890.5']) parseDecimal(good);
  for (const bad of ['', '1e5', '+1', '1,000', '.5', '5.', ' 1', 'NaN', '½', 1, null, undefined, '9'.repeat(200)]) {
    assert.throws(() => parseDecimal(bad), refused('bad_decimal'));
  }
  assert.equal(parseDecimal('-0.00'), '0');
  assert.equal(parseDecimal('0.0000000001'), '0.0000000001');
});

test('decimal arithmetic is exact', () => {
  assert.equal(add('0.1', '0.2'), '0.3');
  fc.assert(
    fc.property(decimal, decimal, decimal, (a, b, c) => {
      assert.equal(sub(add(a, b), b), a);
      assert.equal(mul(a, add(b, c)), add(mul(a, b), mul(a, c)));
      assert.equal(compare(a, b) + compare(b, a), 0);
    }),
  );
});

test('rounding is named', () => {
  assert.deepEqual([round('2.5', 0, 'half_even'), round('2.5', 0, 'half_up'), round('-2.5', 0, 'half_up')], ['2', '3', '-3']);
  assert.deepEqual([round('2.9', 0, 'down'), round('2.1', 0, 'up'), round('-0.4', 0, 'half_even')], ['2', '3', '0']);
  assert.equal(div('2', '3', 5, 'half_even'), '0.66667');
  assert.equal(div('1', '8', 30, 'half_even'), '0.125');
  assert.equal(roundSignificant('0.00123456', 3, 'half_even'), '0.00123');
  assert.throws(() => div('1', '0', 3, 'half_up'), RangeError);
});

import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { parseDecimal } from './decimal.ts';
import { MadangError } from './error.ts';
import { convert, DECLARED_UNITS, dimensionOf, findUnit, parseUnit, ratio } from './units.ts';

const refused = (code: string) => (e: unknown) => e instanceof MadangError && e.code === code;
const decimal = fc.tuple(fc.bigInt(-(10n ** 20n), 10n ** 20n), fc.nat(12)).map(([n, places]) => {
  const digits = (n < 0n ? -n : n).toString().padStart(places + 1, '0');
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return parseDecimal(n < 0n ? `-${text}` : text);
});

test('units are found as Korean spreadsheets write them', () => {
  const written = {
    kilogram: ['kg', 'KG', 'Kg', '킬로그램', '㎏', 'kilogram'],
    piece: ['개', 'EA', 'ea', 'pcs', ' Pcs ', '대', 'each'],
    'kilowatt hour': ['kWh', 'KWH', 'kwh', '킬로와트시', 'kW h'],
    ton: ['톤', 't', 'T', 'ton'],
    gram: ['g', 'G', '그램'],
    'ton kilometer': ['tkm', 't·km', 'ton kilometer'],
    'megawatt hour': ['MWh', 'MWH'],
  };
  for (const [unit, spellings] of Object.entries(written)) for (const s of spellings) assert.equal(findUnit(s), unit, s);
  for (const s of ['', '박스', 'Mg', 'mWh', 'constructor', 3]) assert.throws(() => parseUnit(s), refused('bad_unit'));
  for (const unit of DECLARED_UNITS) assert.equal(findUnit(unit), unit);
});

test('conversion stays within a dimension and goes back', () => {
  assert.equal(convert('1.5', 'ton', 'kilogram'), '1500');
  assert.equal(convert('1', 'kilowatt hour', 'megajoule'), '3.6');
  assert.equal(convert('250', 'liter', 'cubic meter'), '0.25');
  assert.equal(convert('2', 'hour', 'minute'), '120');
  assert.deepEqual(ratio('megajoule', 'kilowatt hour'), { times: '1', by: '3.6' });
  assert.throws(() => convert('1', 'piece', 'kilogram'), refused('unit_mismatch'));
  assert.equal(dimensionOf('ton kilometer'), 'transport');
  fc.assert(fc.property(decimal, (a) => assert.equal(convert(convert(a, 'ton', 'milligram'), 'milligram', 'ton'), a)));
});

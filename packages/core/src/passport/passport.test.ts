import assert from 'node:assert/strict';
import test from 'node:test';
import { MadangError } from '../error.ts';
import type { BomLine } from '../footprint/bom.ts';
import { footprintOf } from '../footprint/footprint.fixture.ts';
import { rollUp } from '../footprint/roll-up.ts';
import { toPact } from '../footprint/to-pact.ts';
import { checkItem, type Item } from '../item.ts';
import { batteryUri } from './battery-id.ts';
import { DICTIONARY } from './dictionary.ts';
import { makePassport, type PassportInput } from './passport.ts';

const item: Item = {
  id: 'pack-80',
  productIds: ['urn:x:pack-80'],
  name: { ko: '배터리 팩', en: 'battery pack' },
  declaredUnit: 'piece',
  massPerUnit: '391',
  category: 'ev',
  model: 'P80',
  gtin: '09521234543213',
  serial: 'A-1',
  attributes: { totalEnergy: '80', chemistry: 'NMC811', ratedCapacity: '220', manufacturingDate: '2026-10' },
};
const line = (id: string, quantity: string, stage: BomLine['stage'], dataType: 'primary' | 'secondary' | 'assumed'): BomLine => ({
  item: 'pack-80',
  line: id,
  type: 'process',
  name: id,
  component: null,
  supplier: null,
  quantity,
  unit: 'kilogram',
  stage,
  factor: { value: '1', dataType, source: 's', status: 'verified' },
});
const rolled = rollUp(item, [
  line('1', '5000', 'rawMaterial', 'secondary'),
  line('2', '1500', 'production', 'primary'),
  line('3', '1500', 'production', 'assumed'),
]);
const footprint = toPact(item, rolled, {
  id: '7c1f9c57-3a75-4f52-8d0c-0f5d1c9e2a11',
  created: '2026-11-24T00:00:00Z',
  companyName: 'Maker',
  companyIds: ['urn:x:maker'],
  referencePeriodStart: '2025-01-01T00:00:00Z',
  referencePeriodEnd: '2026-01-01T00:00:00Z',
});
const input: PassportInput = {
  id: 'https://example.org/passport/1',
  batteryId: batteryUri('https://example.org/', '09521234543213', 'A-1'),
  item,
  maker: { name: 'Maker', id: 'did:web:maker' },
  footprint,
  rollUp: rolled,
  updated: '2026-11-24T00:00:00Z',
};
const value = (key: string, from = input) => {
  const entry = makePassport(from).attributes[key];
  return entry?.state === 'given' ? entry.value : entry?.state;
};

test('a passport has every attribute of the dictionary once, given or with the reason why not', () => {
  const { attributes } = makePassport(input);
  assert.deepEqual(
    Object.keys(attributes),
    DICTIONARY.map((a) => a.key),
  );
  assert.equal(new Set(DICTIONARY.map((a) => a.key)).size, DICTIONARY.length);
  assert.deepEqual(
    [value('hazardousSubstances'), value('carbonClass'), value('otherIds'), value('accidents')],
    ['missing', 'notYetRequired', 'optional', 'optional'],
  );
  assert.deepEqual([value('mass'), value('chemistry'), value('operator')], ['391', 'NMC811', { name: 'Maker', id: 'did:web:maker' }]);
});

test('carbon: per kWh of total energy with the note, by stage, by what stands behind it', () => {
  assert.equal(value('carbonFootprint'), '100');
  const entry = makePassport(input).attributes.carbonFootprint;
  assert.match(entry?.state === 'given' ? (entry.note?.en ?? '') : '', /functional unit/);
  assert.equal(value('carbonAbsolute'), '8');
  assert.deepEqual(value('carbonRawMaterial'), { value: '62.5', share: '62.5' });
  assert.deepEqual(value('carbonProduction'), { value: '37.5', share: '37.5' });
  assert.equal(value('carbonEndOfLife'), 'notYetRequired');
  assert.deepEqual([value('primaryShare'), value('secondaryShare'), value('assumedShare')], ['18.75', '62.5', '18.75']);
});

test('without footprint, energy or mass nothing is made up', () => {
  const { footprint: _, rollUp: __, ...bare } = input;
  assert.deepEqual(
    [value('carbonFootprint', bare), value('carbonAbsolute', bare), value('primaryShare', bare)],
    ['notYetRequired', 'optional', 'optional'],
  );
  const noEnergy = { ...input, item: { ...item, massPerUnit: '0', attributes: {} } };
  assert.deepEqual(
    [value('carbonFootprint', noEnergy), value('mass', noEnergy), value('carbonAbsolute', noEnergy)],
    ['notYetRequired', 'missing', '8'],
  );
  const foreign = {
    ...bare,
    footprint: footprintOf('800', { declaredUnitOfMeasurement: 'piece', declaredUnitAmount: '2', primaryDataShare: '55' }),
  };
  assert.deepEqual(
    [
      value('carbonFootprint', foreign),
      value('carbonRawMaterial', foreign),
      value('primaryShare', foreign),
      value('assumedShare', foreign),
    ],
    ['5', 'notYetRequired', '55', 'optional'],
  );
});

test('an item that cannot have this passport is refused with every reason', () => {
  const wrong = {
    ...item,
    category: 'lmt' as const,
    declaredUnit: 'kilogram' as const,
    attributes: {
      totalEnergy: 80,
      chemistry: '',
      colour: 'red',
      mass: '3',
      manufacturingDate: '2026-13',
      capacityFade: '101',
      minimumVoltage: '5',
      maximumVoltage: '4',
    },
  };
  assert.throws(
    () => makePassport({ ...input, item: wrong }),
    (e) => {
      assert.ok(e instanceof MadangError && e.code === 'item_invalid');
      const paths = (e.data as { path: string }[]).map((f) => f.path.replace('/attributes/', ''));
      assert.deepEqual(paths, [
        '/category',
        '/declaredUnit',
        'totalEnergy',
        'chemistry',
        'colour',
        'mass',
        'manufacturingDate',
        'capacityFade',
        'nominalVoltage',
      ]);
      return true;
    },
  );
});

test('the battery’s identifier is a GS1 Digital Link', () => {
  assert.equal(batteryUri('https://example.org/', '9521234543213', 'A/1'), 'https://example.org/01/09521234543213/21/A%2F1');
  assert.equal(batteryUri('https://example.org', '09521234543213'), 'https://example.org/01/09521234543213');
  assert.throws(() => batteryUri('https://example.org', '09521234543214'), MadangError);
});

test('an item is checked', () => {
  assert.equal(checkItem(item), item);
  const paths = (change: object) => {
    try {
      checkItem({ ...item, ...change });
    } catch (e) {
      return ((e as MadangError).data as { path: string }[]).map((f) => f.path);
    }
    return [];
  };
  assert.deepEqual(paths({ massPerUnit: '-1' }), ['/massPerUnit']);
  assert.deepEqual(paths({ gtin: '09521234543214' }), ['/gtin']);
  assert.deepEqual(paths({ serial: 'x'.repeat(21) }), ['/serial']);
  assert.deepEqual(paths({ productIds: ['pack'] }), ['/productIds/0']);
  assert.deepEqual(paths({ name: { ko: '팩' }, colour: 'red' }).sort(), ['/colour', '/name/en']);
});

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { MadangError } from '../error.ts';
import { DICTIONARY } from './dictionary.ts';
import { importPassport } from './import.ts';
import { makePassport } from './passport.ts';

const root = new URL('../../../../../shared/specs/passport/', import.meta.url);
const skip = existsSync(root) ? false : 'the material folder ../shared is not here';
const read = (path: string) => JSON.parse(readFileSync(new URL(path, root), 'utf8'));
const idta = (path: string) => read(`idta/value-schemas/${path}`);

test('the dictionary agrees with the table of the attributes', { skip }, () => {
  const table = read('attributes/battery-passport-attributes.json').attributes as {
    nr: number;
    access: string;
    legalBasis: string;
    level: string;
    obligation: { ev: string };
    ecGuidance?: { ev: string }[];
  }[];
  const access: Record<string, string> = { public: 'P', legitimateInterestAndCommission: 'LA', authorities: 'A', legitimateInterest: 'L' };
  const obligation: Record<string, string> = {
    mandatory: 'required',
    required: 'required',
    optional: 'voluntary',
    voluntary: 'voluntary',
    conditional: 'conditional',
    pending: 'notYet',
  };
  for (const a of DICTIONARY.filter((x) => x.nr > 0)) {
    const row = table.find((r) => r.nr === a.nr);
    assert.ok(row, a.key);
    assert.equal(a.access, access[row.access], a.key);
    assert.equal(a.ev, obligation[row.ecGuidance?.[0]?.ev ?? row.obligation.ev], a.key);
  }
});

test('IDTA 02035 samples: the static values are taken, the rest is reported with a reason', { skip }, () => {
  const taken = importPassport([
    idta('batterypass.digital_nameplate/1.0.0/NameplateBattery.json'),
    idta('batterypass.technical_data/1.0.1/TechnicalDataBattery.json'),
    idta('batterypass.material_composition/1.0.1/MaterialCompositionBattery.json'),
    idta('batterypass.circularity/1.0.0/CircularityBattery.json'),
    idta('dpp.dpp_metadata/1.0.0/DppMetadata.json'),
  ]);
  assert.deepEqual(taken.identity, {
    batteryId: 'https://dc-qr.com/?m=R123456789',
    serial: 'A12345-X75EN',
    category: 'ev',
    mass: '1007',
    passportId: 'https://www.example.org/dpp/1234545',
  });
  const { manufacturingDate, chemistry, ratedCapacity, nominalVoltage, warranty, testReports } = taken.attributes;
  assert.deepEqual(
    [manufacturingDate, chemistry, ratedCapacity, nominalVoltage, warranty, testReports],
    ['2022-01', 'NMC', '210', '4.3', 'P96M', ['Q']],
  );
  const why = (end: string) => taken.notTaken.find((n) => n.path.endsWith(end))?.why.en;
  assert.match(why('/MaximumPermittedBatteryPower') ?? '', /no place/);
  assert.match(why('LowerBoundary') ?? '', /above the upper/);
  assert.match(why('/RecycledContentInformation') ?? '', /more than 100/);
  assert.match(why('/CrateOfRelevantCycleLifeTest') ?? '', /0 or more/);
  assert.match(why('/CapacityFade') ?? '', /changes in use/);
  assert.match(why('/facilityId') ?? '', /already read/);
  assert.ok(!('idleTemperatureLow' in taken.attributes) && !('preConsumerCobalt' in taken.attributes));

  const { mass, serial, category, batteryId, passportId } = taken.identity as Record<string, string>;
  const item = {
    id: 'x',
    productIds: ['urn:x:x'],
    name: { ko: '팩', en: 'pack' },
    declaredUnit: 'piece' as const,
    massPerUnit: mass!,
    serial: serial!,
    category: category as 'ev',
    attributes: taken.attributes,
  };
  const passport = makePassport({
    id: passportId!,
    batteryId: batteryId!,
    item,
    maker: { name: 'Muster AG', id: 'x' },
    updated: '2026-11-24T00:00:00Z',
  });
  const given = Object.values(passport.attributes).filter((e) => e.state === 'given').length;
  assert.equal(given, Object.keys(taken.attributes).length + Object.keys(taken.identity).length + 2);
});

test('Battery Pass 1.2 samples hold random numbers: what is impossible is not taken', { skip }, () => {
  const taken = importPassport([
    read('batterypass/GeneralProductInformation/1.2.0/GeneralProductInformation-payload.json'),
    read('batterypass/MaterialComposition/1.2.0/MaterialComposition-payload.json'),
    read('batterypass/Performance/1.2.0/PerformanceAndDurability-payload.json'),
  ]);
  assert.equal(taken.identity.mass, '699');
  assert.equal(taken.identity.category, 'lmt');
  assert.equal(taken.attributes.manufacturingPlace, 'Hindenburgstr. 10, 10719, Germany');
  assert.equal(taken.attributes.batteryStatus, 'original');
  for (const key of ['ratedCapacity', 'expectedCycles', 'minimumVoltage', 'initialEfficiency']) assert.ok(!(key in taken.attributes), key);
  assert.ok(
    taken.notTaken.some((n) => n.path === '/productIdentifier') &&
      taken.notTaken.some((n) => n.path.startsWith('/batteryCondition') && n.why.en.includes('changes in use')),
  );
});

test('another document is refused with the forms that can be read', () => {
  for (const junk of [{}, null, [], { a: 1 }])
    assert.throws(
      () => importPassport([junk]),
      (e) => e instanceof MadangError && e.code === 'sample_unknown',
    );
});

import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { Finding } from '../check.ts';
import { MadangError } from '../error.ts';
import { checkFootprint, footprintWarnings } from './check.ts';
import { footprintOf } from './footprint.fixture.ts';
import { primaryShareOf } from './primary-share.ts';
import { stagesExtension } from './stages.ts';

function findings(value: unknown, strict = false): Finding[] {
  try {
    checkFootprint(value, { strict });
  } catch (e) {
    assert.ok(e instanceof MadangError && e.code === 'footprint_invalid' && e.status === 422);
    return e.data as Finding[];
  }
  return [];
}
const paths = (value: unknown, strict = false) => findings(value, strict).map((f) => f.path);
const pcf = (change: Record<string, unknown>) => {
  const f = footprintOf('5');
  return { ...f, pcf: { ...f.pcf, ...change } };
};

test('a right footprint passes strictly', () => {
  assert.deepEqual(findings(footprintOf('5'), true), []);
  assert.deepEqual(footprintWarnings(footprintOf('5')), []);
});

test('each wrong field is named with what was found and what is expected', () => {
  assert.deepEqual(findings(pcf({ declaredUnitOfMeasurement: 'bucket' }))[0]?.path, '/pcf/declaredUnitOfMeasurement');
  assert.deepEqual(paths(pcf({ fossilGhgEmissions: 5 })), ['/pcf/fossilGhgEmissions']);
  assert.deepEqual(paths(pcf({ fossilGhgEmissions: '5e3' })), ['/pcf/fossilGhgEmissions']);
  assert.deepEqual(paths({ ...footprintOf('5'), companyIds: [] }), ['/companyIds']);
  assert.deepEqual(paths({ ...footprintOf('5'), pcf: undefined }), ['/pcf']);
  assert.deepEqual(paths(pcf({ geographyRegionOrSubregion: 'Asia' })).sort(), ['/pcf/geographyCountry', '/pcf/geographyRegionOrSubregion']);
  for (const junk of [null, 3, 'x', [], {}]) assert.ok(paths(junk).length > 0);
  const [first] = findings(pcf({ declaredUnitAmount: 'one' }));
  assert.deepEqual([first?.found, first?.expected.en], ['"one"', 'a decimal number as a string, such as "12.5"']);
});

test('signs and ranges are refused in what we receive too', () => {
  assert.deepEqual(paths(pcf({ productMassPerDeclaredUnit: '-1' })), ['/pcf/productMassPerDeclaredUnit']);
  assert.deepEqual(paths(pcf({ fossilGhgEmissions: '-0.1' })), ['/pcf/fossilGhgEmissions']);
  assert.deepEqual(paths(pcf({ declaredUnitAmount: '0' })), ['/pcf/declaredUnitAmount']);
  assert.deepEqual(paths(pcf({ primaryDataShare: '101' })), ['/pcf/primaryDataShare']);
  assert.deepEqual(paths(pcf({ dqi: { technologicalDQR: '0.9', geographicalDQR: '1', temporalDQR: '5' } })), ['/pcf/dqi/technologicalDQR']);
  assert.deepEqual(paths(pcf({ referencePeriodEnd: '2020-01-01T00:00:00Z' })), ['/pcf/referencePeriodEnd']);
});

test('sum rules: warned when received, refused when published', () => {
  const wrong = pcf({ pcfExcludingBiogenicUptake: '5.8', pcfIncludingBiogenicUptake: '5.8' });
  assert.deepEqual(paths(wrong), []);
  assert.deepEqual(
    footprintWarnings(wrong).map((f) => f.path),
    ['/pcf/pcfExcludingBiogenicUptake'],
  );
  assert.deepEqual(paths(wrong, true), ['/pcf/pcfExcludingBiogenicUptake']);
  assert.match(findings(wrong, true)[0]?.expected.en ?? '', /5$/);
});

test('the sums of PACT 3: 5.1 without and 3.3 with uptake', () => {
  const terms = {
    fossilGhgEmissions: '5.0',
    landUseChangeGhgEmissions: '0.2',
    landManagementBiogenicCO2Emissions: '0.1',
    landManagementBiogenicCO2Removals: '-0.05',
    technologicalCO2Removals: '0',
    ccsTechnologicalCO2Capture: '-0.3',
    biogenicNonCO2Emissions: '0.15',
    biogenicCO2Uptake: '-1.8',
  };
  assert.deepEqual(paths(pcf({ ...terms, pcfExcludingBiogenicUptake: '5.1', pcfIncludingBiogenicUptake: '3.3' }), true), []);
  assert.deepEqual(paths(pcf({ ...terms, pcfExcludingBiogenicUptake: '5.2', pcfIncludingBiogenicUptake: '3.4' }), true), [
    '/pcf/pcfExcludingBiogenicUptake',
  ]);
  assert.deepEqual(paths(pcf({ ...terms, pcfExcludingBiogenicUptake: '5.1', pcfIncludingBiogenicUptake: '5.1' }), true), [
    '/pcf/pcfIncludingBiogenicUptake',
  ]);
});

test('what we publish keeps the other rules', () => {
  assert.deepEqual(paths(pcf({ packagingEmissionsIncluded: false, packagingGhgEmissions: '1' }), true), ['/pcf/packagingGhgEmissions']);
  assert.deepEqual(paths(pcf({ ccsTechnologicalCO2CaptureIncluded: false, technologicalCO2CaptureOrigin: 'x' }), true), [
    '/pcf/technologicalCO2CaptureOrigin',
  ]);
  assert.deepEqual(paths(pcf({ aircraftGhgEmissions: '6' }), true), ['/pcf/aircraftGhgEmissions']);
  assert.deepEqual(
    paths({ ...footprintOf('5'), validityPeriodStart: '2020-01-01T00:00:00Z', validityPeriodEnd: '2040-01-01T00:00:00Z' }, true),
    ['/validityPeriodStart', '/validityPeriodEnd'],
  );
  assert.deepEqual(paths({ ...footprintOf('5'), extensions: [stagesExtension({ rawMaterial: '3', production: '1' })] }, true), [
    '/extensions',
  ]);
  assert.deepEqual(paths({ ...footprintOf('5'), extensions: [stagesExtension({ rawMaterial: '3', production: '2' })] }, true), []);
});

test('a primary data share of one or less is doubtful unless the footprint says percent', () => {
  const read = (raw: string | undefined, extensions: unknown[] = []) =>
    primaryShareOf(checkFootprint({ ...pcf({ primaryDataShare: raw }), extensions }));
  assert.deepEqual(read('55'), { share: '0.55', raw: '55', doubtful: false });
  assert.deepEqual(read('0.55'), { share: '0.55', raw: '0.55', doubtful: true });
  assert.deepEqual(read('0'), { share: '0', raw: '0', doubtful: false });
  assert.deepEqual(read('0.55', [stagesExtension({ production: '5' })]), { share: '0.0055', raw: '0.55', doubtful: false });
  assert.equal(read(undefined), undefined);
  assert.equal(footprintWarnings(checkFootprint(pcf({ primaryDataShare: '0.55' })))[0]?.path, '/pcf/primaryDataShare');
});

test('any JSON value gets findings or a footprint, never another error', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => void findings(value)));
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.keys(footprintOf('5').pcf)),
      fc.jsonValue(),
      (field, value) => void findings(pcf({ [field]: value }), true),
    ),
  );
});

import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { add, compare, type Decimal, mul, parseDecimal, round, sum } from '../decimal.ts';
import { MadangError } from '../error.ts';
import type { Item } from '../item.ts';
import { type BomLine, checkBomLine, type DataType } from './bom.ts';
import { checkFootprint } from './check.ts';
import { footprintOf } from './footprint.fixture.ts';
import type { CarbonFootprint } from './pact.ts';
import { bySize, type LineInput, rollUp } from './roll-up.ts';
import { stagesExtension } from './stages.ts';
import { type Publication, toPact } from './to-pact.ts';

const item: Item = { id: 'P', productIds: ['urn:x:p'], name: { ko: '제품', en: 'Product' }, declaredUnit: 'piece', massPerUnit: '2' };
const part = (line: string, quantity: Decimal, change: Partial<BomLine> = {}): BomLine => ({
  item: 'P',
  line,
  type: 'part',
  name: `part ${line}`,
  component: `C${line}`,
  supplier: 'did:web:supplier',
  quantity,
  unit: 'kilogram',
  stage: 'rawMaterial',
  ...change,
});
const factor = (value: Decimal, dataType: DataType = 'secondary') => ({ value, dataType, source: 'table', status: 'verified' as const });
const from = (kg: Decimal, change: Partial<CarbonFootprint> = {}): LineInput => ({
  footprint: footprintOf(kg, change),
  recordId: 'r1',
  from: 'did:web:supplier',
});
const publication: Publication = {
  id: '7c1f9c57-3a75-4f52-8d0c-0f5d1c9e2a12',
  created: '2026-11-24T00:00:00Z',
  companyName: 'C',
  companyIds: ['urn:x:c'],
  referencePeriodStart: '2025-01-01T00:00:00Z',
  referencePeriodEnd: '2026-01-01T00:00:00Z',
};
const money = fc
  .integer({ min: 1, max: 10_000_000 })
  .map((n) => parseDecimal(`${Math.floor(n / 10_000)}.${String(n % 10_000).padStart(4, '0')}`));
const codeOf = (run: () => unknown) => {
  try {
    run();
  } catch (e) {
    return e instanceof MadangError ? e.code : e;
  }
  return undefined;
};

test('a footprint goes before a factor, a factor before nothing, and nothing is never zero', () => {
  const lines = [part('1', '2', { factor: factor('9') }), part('2', '3', { factor: factor('4') }), part('3', '1')];
  const r = rollUp(item, lines, new Map([['1', from('5')]]));
  assert.equal(r.total, '22');
  assert.deepEqual(
    r.contributions.map((c) => [c.line, c.contribution, c.source.kind]),
    [
      ['1', '10', 'footprint'],
      ['2', '12', 'factor'],
    ],
  );
  assert.deepEqual(r.missing, [{ line: '3', name: 'part 3', component: 'C3', supplier: 'did:web:supplier' }]);
  assert.equal(r.complete, false);
  assert.equal(
    codeOf(() => toPact(item, r, publication)),
    'footprint_incomplete',
  );
  assert.deepEqual(
    bySize(r).map((c) => c.line),
    ['2', '1'],
  );
});

test('quantities are brought to the footprint’s unit and declared amount', () => {
  const r = rollUp(item, [part('1', '0.5', { unit: 'ton' })], new Map([['1', from('24', { declaredUnitAmount: '12' })]]));
  assert.deepEqual([r.total, r.contributions[0]?.quantity, r.contributions[0]?.intensity], ['1000', '500', '2']);
  const energy = rollUp(
    item,
    [part('1', '36', { unit: 'megajoule' })],
    new Map([['1', from('0.4', { declaredUnitOfMeasurement: 'kilowatt hour' })]]),
  );
  assert.equal(energy.total, '4');
});

test('units of different kinds are refused with the line named', () => {
  const run = () => rollUp(item, [part('7', '1', { unit: 'piece' })], new Map([['7', from('1')]]));
  assert.equal(codeOf(run), 'unit_mismatch');
  assert.throws(run, (e) => e instanceof MadangError && (e.data as { line: string }).line === '7');
});

test('primary data share of three parts: 53.333 percent', () => {
  const lines = ['1', '2', '3'].map((n) => part(n, '1'));
  const inputs = new Map([
    ['1', from('2', { primaryDataShare: '100' })],
    ['2', from('3', { primaryDataShare: '40' })],
    ['3', from('1', { primaryDataShare: '0' })],
  ]);
  const r = rollUp(item, lines, inputs);
  assert.equal(round(r.pds, 6, 'half_even'), '0.533333');
  assert.equal(toPact(item, r, publication).pcf.primaryDataShare, '53.3333');
});

test('measured, database and assumed shares are told apart', () => {
  const lines = [
    part('1', '1', { factor: factor('5', 'primary') }),
    part('2', '1', { factor: factor('3') }),
    part('3', '1', { factor: factor('2', 'assumed') }),
  ];
  assert.deepEqual(rollUp(item, lines).shares, { primary: '0.5', secondary: '0.3', assumed: '0.2' });
});

test('a part made within the own production carries its stage split, another counts whole', () => {
  const cell = { ...from('10'), footprint: { ...footprintOf('10'), extensions: [stagesExtension({ rawMaterial: '7', production: '3' })] } };
  const lines = [part('1', '2', { stage: 'production' }), part('2', '1')];
  const r = rollUp(
    item,
    lines,
    new Map([
      ['1', cell],
      ['2', cell],
    ]),
  );
  assert.deepEqual(r.stages, { rawMaterial: '24', production: '6' });
});

test('a supplier’s sums that do not add up still give a footprint whose sums do', () => {
  const uneven = from('5.80', {
    fossilGhgEmissions: '5.60',
    pcfIncludingBiogenicUptake: '5.80',
    landUseChangeGhgEmissions: '0.1',
    biogenicCO2Uptake: '-0.4',
  });
  const footprint = toPact(item, rollUp(item, [part('1', '1')], new Map([['1', uneven]])), publication);
  checkFootprint(footprint, { strict: true });
  assert.deepEqual(
    [footprint.pcf.fossilGhgEmissions, footprint.pcf.pcfExcludingBiogenicUptake, footprint.pcf.pcfIncludingBiogenicUptake],
    ['5.7', '5.8', '5.4'],
  );
});

test('the published footprint names own databases and no supplier', () => {
  const lines = [
    part('1', '1', { name: 'secret cathode', component: 'SECRET-7', supplier: 'did:web:secret.example' }),
    part('2', '1', { factor: { ...factor('1'), name: 'ecoinvent', version: '3.12' } }),
  ];
  const footprint = toPact(item, rollUp(item, lines, new Map([['1', from('5')]])), publication);
  assert.deepEqual(footprint.pcf.secondaryEmissionFactorSources, [{ name: 'ecoinvent', version: '3.12' }]);
  assert.doesNotMatch(JSON.stringify(footprint), /secret|7c1f9c57-3a75-4f52-8d0c-0f5d1c9e2a11/i);
  const measured = toPact(item, rollUp(item, [part('1', '1', { factor: factor('1', 'primary') })]), publication);
  assert.equal(measured.pcf.secondaryEmissionFactorSources, undefined);
});

test('small footprints keep their digits', () => {
  const screw = toPact(item, rollUp(item, [part('1', '0.00001234567', { factor: factor('0.5') })]), publication);
  assert.equal(screw.pcf.pcfExcludingBiogenicUptake, '0.000006172835');
});

test('lines of another item and double line ids are refused', () => {
  assert.equal(
    codeOf(() => rollUp(item, [part('1', '1', { item: 'Q' })])),
    'bom_line_invalid',
  );
  assert.equal(
    codeOf(() => rollUp(item, [part('1', '1'), part('1', '1')])),
    'bom_line_invalid',
  );
});

test('any lines: contributions and stages add to the total, shares to one, the share of primary data lies within its parts, order is irrelevant', () => {
  const source = fc.oneof(
    fc.record({ kind: fc.constant('factor' as const), value: money, type: fc.constantFrom<DataType>('primary', 'secondary', 'assumed') }),
    fc.record({ kind: fc.constant('footprint' as const), value: money, amount: money, pds: fc.integer({ min: 2, max: 100 }) }),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(money, source), { minLength: 1, maxLength: 12 }), (rows) => {
      const lines = rows.map(([q, s], i) =>
        part(`${i}`, q, { stage: i % 2 ? 'production' : 'rawMaterial', ...(s.kind === 'factor' && { factor: factor(s.value, s.type) }) }),
      );
      const inputs = new Map(
        rows.flatMap(([, s], i) =>
          s.kind === 'footprint' ? [[`${i}`, from(s.value, { declaredUnitAmount: s.amount, primaryDataShare: `${s.pds}` })] as const] : [],
        ),
      );
      const r = rollUp(item, lines, inputs);
      assert.equal(sum(r.contributions.map((c) => c.contribution)), r.total);
      assert.equal(sum(Object.values(r.stages)), r.total);
      assert.equal(round(sum(Object.values(r.shares)), 20, 'half_even'), '1');
      assert.equal(round(sum(r.contributions.map((c) => c.share)), 20, 'half_even'), '1');
      const parts = r.contributions.map((c) => Number(c.pds));
      assert.ok(Number(r.pds) >= Math.min(...parts) - 1e-12 && Number(r.pds) <= Math.max(...parts) + 1e-12);
      const turned = rollUp(item, [...lines].reverse(), inputs);
      assert.deepEqual([turned.total, turned.pds, turned.stages], [r.total, r.pds, r.stages]);
      const doubled = rollUp(
        item,
        lines.map((l) => ({ ...l, quantity: mul(l.quantity, '2') })),
        inputs,
      );
      assert.equal(round(doubled.total, 20, 'half_even'), round(mul(r.total, '2'), 20, 'half_even'));
      const rounded = toPact(item, r, publication).pcf.pcfExcludingBiogenicUptake;
      assert.ok(compare(rounded, add(r.total, '0.000001')) <= 0 && compare(rounded, add(r.total, '-0.000001')) >= 0);
    }),
    { numRuns: 60 },
  );
});

test('a bill-of-materials line is checked', () => {
  const good = { ...part('1', '2.5'), unit: 'EA' };
  assert.equal(checkBomLine(good).unit, 'piece');
  const paths = (change: object) => {
    try {
      checkBomLine({ ...good, ...change });
    } catch (e) {
      return ((e as MadangError).data as { path: string }[]).map((f) => f.path);
    }
    return [];
  };
  assert.deepEqual(paths({ quantity: '-1' }), ['/quantity']);
  assert.deepEqual(paths({ quantity: 2 }), ['/quantity']);
  assert.deepEqual(paths({ unit: 'barrel', component: 'P' }), ['/component', '/unit']);
  assert.deepEqual(paths({ stage: 'use' }), ['/stage']);
  assert.deepEqual(paths({ component: null }), ['/component']);
  assert.deepEqual(paths({ colour: 'red' }), ['/colour']);
  assert.deepEqual(paths({ factor: { value: '1', dataType: 'guess', source: '', status: 'verified' } }), [
    '/factor/dataType',
    '/factor/source',
  ]);
  assert.deepEqual(paths({ name: { ko: '셀', en: 'cell' } }), []);
});

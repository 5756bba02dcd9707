import assert from 'node:assert/strict';
import test from 'node:test';
import type { BomLine } from '@madang/core/footprint/bom.ts';
import type { Footprint } from '@madang/core/footprint/pact.ts';
import type { Item } from '@madang/core/item.ts';
import { attributeOf } from '@madang/core/passport/dictionary.ts';
import { valueProblem } from '@madang/core/passport/value.ts';
import { BOM_HEADINGS, BOM_ROW, bomCsv, FOOTPRINT_HEADINGS, footprintCsv, places, read, rejection } from './fixture.ts';
import { IMPORT_LIMITS } from './limits.ts';

const line = (change: Record<string, string>) => read('bom', bomCsv(change)).records[0]!.body as BomLine;
const pf = (change: Record<string, string> = {}) => read('footprint', footprintCsv(change)).records[0]!.body as Footprint;
const only = (kind: 'bom' | 'footprint' | 'item', csv: string) => {
  const { errors, total } = rejection(kind, csv);
  assert.equal(total, 1, JSON.stringify(errors));
  return errors[0]!;
};
const header = (headings: readonly string[]) => `${headings.join(',')}\n${BOM_ROW.join(',')}`;

test('a bill-of-materials line as it is stored', () => {
  assert.deepEqual(read('bom', bomCsv({ 비고: '메모' })).records, [
    {
      kind: 'bom-line',
      id: 'cell-250:10',
      body: {
        item: 'cell-250',
        line: '10',
        type: 'part',
        name: '양극재',
        component: 'cam-811',
        supplier: 'did:web:daon.example',
        quantity: '0.3644',
        unit: 'kilogram',
        stage: 'rawMaterial',
        factor: { value: '28.706', dataType: 'secondary', source: 'DB 2025', status: 'reported' },
        note: '메모',
      },
    },
  ]);
});

test('numbers as people write them', () => {
  const same = {
    '1,234.5': '1234.5',
    '１２．５': '12.5',
    ' 7 ': '7',
    '1.50': '1.5',
    '+3': '3',
    '.5': '0.5',
    '1.5E-05': '0.000015',
    '2e3': '2000',
    '12,345,678': '12345678',
    '007': '7',
  };
  for (const [written, value] of Object.entries(same)) assert.equal(line({ 수량: written }).quantity, value, written);
});

test('numbers that may mean something else are refused, with what to write', () => {
  const refused: Record<string, RegExp> = {
    '1.234,5': /1234\.5/,
    '1,5': /1\.5/,
    '1234,5': /1234\.5/,
    '-1': /above 0/,
    '0': /above 0/,
    '1,23.4': /1,234\.5/,
    '1.2.3': /1,234\.5/,
    '12 345': /such as 1234\.5/,
    '3 kg': /only: 3\./,
    '12.5kg': /only: 12\.5/,
    '50%': /without %/,
    abc: /such as 1234\.5/,
    '1e99': /60 digits/,
    '∞': /such as 1234\.5/,
    '=1+1': /such as 1234\.5/,
  };
  for (const [written, expected] of Object.entries(refused)) {
    const error = only('bom', bomCsv({}, { 수량: written }));
    assert.deepEqual([error.row, error.column, error.cell, error.found], [3, '수량', 'G3', written]);
    assert.match(error.expected.en, expected, written);
    assert.ok(error.problem.ko && error.problem.en && error.expected.ko);
  }
});

test('days as people write them', () => {
  const start = (day: string) => pf({ 'period start': day }).pcf.referencePeriodStart;
  for (const day of [
    '2025-01-05',
    '2025.01.05',
    '2025. 1. 5.',
    '2025/1/5',
    '20250105',
    '2025년 1월 5일',
    '2025-01-05 09:30',
    '２０２５-０１-０５',
  ]) {
    assert.equal(start(day), '2025-01-04T15:00:00Z', day);
  }
  const { records, notices } = read('footprint', footprintCsv({ 'period start': '45000' }));
  assert.equal((records[0]!.body as Footprint).pcf.referencePeriodStart, '2023-03-14T15:00:00Z');
  assert.match(notices[0]!.en, /^F2: .*45000.*2023-03-15/);
  for (const day of ['05/01/2025', '1.5.2025', '25-01-05', '2025-13-01', '2025-02-30', '2025', 'yesterday', '123']) {
    const error = only('footprint', footprintCsv({ 'period start': day }));
    assert.deepEqual([error.row, error.column, error.found], [2, 'period start', day]);
    assert.match(error.expected.en, /2026-11-23/);
  }
});

test('units and lists in both languages', () => {
  for (const unit of ['kg', 'KG', '㎏', 'kilogram', '킬로그램', ' kg ']) assert.equal(line({ 단위: unit }).unit, 'kilogram', unit);
  assert.equal(line({ 단위: '톤' }).unit, 'ton');
  assert.match(only('bom', bomCsv({ 단위: '말' })).expected.ko, /kg.*kWh/);
  assert.match(only('footprint', footprintCsv({ 'declared unit': 't' })).problem.en, /cannot be declared/);
  for (const type of ['부품', 'part', 'Part', 'PART ']) assert.equal(line({ 구분: type }).type, 'part');
  assert.equal(line({ 구분: '공정', '부품 ID': '', 공급사: '' }).type, 'process');
  for (const status of ['보도·간접 확인', '보도 간접 확인', 'reported', '보도'])
    assert.equal(line({ 상태: status }).factor?.status, 'reported', status);
  for (const [written, value] of Object.entries({
    '1차': 'primary',
    '2차': 'secondary',
    가정: 'assumed',
    Secondary: 'secondary',
    '１차': 'primary',
  })) {
    assert.equal(line({ '자료 구분': written }).factor?.dataType, value);
  }
  for (const [written, value] of Object.entries({
    생산: 'production',
    'end of life': 'endOfLife',
    rawMaterial: 'rawMaterial',
    '원료 취득·전처리': 'rawMaterial',
  })) {
    assert.equal(line({ 단계: written }).stage, value);
  }
  assert.equal(only('bom', bomCsv({ '자료 구분': '3차' })).expected.ko, '다음 가운데 하나: 1차, 2차, 가정');
  for (const country of ['KR', 'kr', '한국', '대한민국', 'South Korea']) assert.equal(pf({ country }).pcf.geographyCountry, 'KR', country);
  assert.equal(only('footprint', footprintCsv({ country: 'Atlantis' })).found, 'Atlantis');
});

test('suppliers: DID, short name, company name; an unknown one is refused', () => {
  for (const supplier of ['did:web:daon.example', 'partner:daon', '다온양극'])
    assert.equal(line({ 공급사: supplier }).supplier, 'did:web:daon.example');
  assert.equal(line({ 공급사: '' }).supplier, null);
  const error = only('bom', bomCsv({ 공급사: '모르는 회사' }));
  assert.deepEqual([error.cell, error.found], ['F2', '모르는 회사']);
});

test('a factor and its source come together', () => {
  assert.deepEqual(places('bom', bomCsv({ 출처: '', 상태: '' })), ['2 출처 L2 ', '2 상태 M2 ']);
  assert.deepEqual(places('bom', bomCsv({ 배출계수: '' })), ['2 자료 구분 K2 2차']);
  assert.equal(line({ 배출계수: '', '자료 구분': '', 출처: '', 상태: '' }).factor, undefined);
  assert.deepEqual(places('bom', bomCsv({ '부품 ID': '' })), ['2 부품 ID E2 ']);
});

test('headings: unknown with the nearest known one, missing, doubled, none over values', () => {
  const nearby = only('bom', header(BOM_HEADINGS.with(13, '비교')));
  assert.deepEqual([nearby.row, nearby.column, nearby.cell, nearby.found], [1, 'N', 'N1', '비교']);
  assert.match(nearby.expected.ko, /'비고'/);
  assert.match(only('bom', header(BOM_HEADINGS.with(13, 'remrks'))).expected.en, /“note”/);
  assert.match(only('bom', header(BOM_HEADINGS.with(13, '담당자 전화번호'))).expected.ko, /서식에 있는 제목/);
  assert.deepEqual(places('bom', header(BOM_HEADINGS.with(6, '수랑'))), ['1 G G1 수랑', '1 수량 / quantity - ']);
  assert.deepEqual(places('bom', header(BOM_HEADINGS.with(13, 'Quantity'))), ['1 N N1 Quantity']);
  assert.deepEqual(places('bom', `${BOM_HEADINGS.join(',')}\n${BOM_ROW.join(',')},x`), ['2 O O2 x']);
  assert.match(
    rejection('footprint', footprintCsv().replace('mass per unit (kg)', 'mass per unit (g)')).errors[0]!.expected.en,
    /“mass per unit \(kg\)”/,
  );
  assert.deepEqual(read('bom', header(BOM_HEADINGS.map((h) => ` ${h.toUpperCase()}* `))).records.length, 1);
});

test('keys that repeat are named with the row that has them first', () => {
  const error = only('bom', bomCsv({ 행: '10' }, {}, { 행: '10' }));
  assert.deepEqual([error.row, error.column, error.cell, error.found], [4, '행', 'B4', 'cell-250 · 10']);
  assert.match(error.problem.ko, /2행/);
  assert.equal(
    read('bom', bomCsv({ '제품 ID': 'a:b', 행: 'c' }, { '제품 ID': 'a', 행: 'b:c' }))
      .records.map((r) => r.id)
      .join(),
    'a:b:c,a:b%3Ac',
  );
});

test('every row is checked, nothing is half read; 200 problems are listed, all are counted', () => {
  const csv = bomCsv(...Array.from({ length: 150 }, () => ({ 수량: '-1', 단위: '?' })), {});
  const { errors, total } = rejection('bom', csv);
  assert.deepEqual([errors.length, total], [IMPORT_LIMITS.listedErrors, 300]);
  assert.deepEqual([errors[0]?.cell, errors[1]?.cell, errors[199]?.cell], ['G2', 'H2', 'H101']);
});

test('a footprint row becomes a strict PACT 3 footprint', () => {
  const footprint = pf({ 'primary data share (%)': '55 %', note: 'n' });
  assert.equal(footprint.companyName, '누리들셀');
  assert.deepEqual(footprint.productIds, ['urn:pact:nurideul.example:product-id:cam-811']);
  assert.deepEqual(
    [
      footprint.pcf.declaredUnitOfMeasurement,
      footprint.pcf.pcfExcludingBiogenicUptake,
      footprint.pcf.fossilGhgEmissions,
      footprint.pcf.primaryDataShare,
      footprint.comment,
    ],
    ['kilogram', '28.706', '28.706', '55', 'n'],
  );
  assert.deepEqual(
    [footprint.pcf.referencePeriodStart, footprint.pcf.referencePeriodEnd],
    ['2024-12-31T15:00:00Z', '2025-12-31T15:00:00Z'],
  );
  assert.deepEqual(footprint.extensions?.[0]?.data, { source: 'own', status: 'verified' });
  assert.equal(pf({ 'product id': 'urn:gtin:8801234567893' }).productIds[0], 'urn:gtin:8801234567893');
  assert.equal(pf().id, pf().id);
  assert.notEqual(pf().id, pf({ 'footprint (kg CO2e)': '28.707' }).id);
});

test('wrong footprints: sums, negative mass, doubtful shares, periods that end before they start', () => {
  assert.deepEqual(places('footprint', footprintCsv({ 'fossil (kg CO2e)': '20' })), ['2 footprint (kg CO2e) I2 28.706']);
  assert.equal(pf({ 'land-use change (kg CO2e)': '0.706' }).pcf.fossilGhgEmissions, '28');
  assert.match(only('footprint', footprintCsv({ 'land-use change (kg CO2e)': '30' })).problem.en, /30.*28\.706/);
  assert.deepEqual(places('footprint', footprintCsv({ 'mass per unit (kg)': '-1' })), ['2 mass per unit (kg) E2 -1']);
  assert.deepEqual(places('footprint', footprintCsv({ 'primary data share (%)': '0.55' })), ['2 primary data share (%) M2 0.55']);
  assert.deepEqual(places('footprint', footprintCsv({ 'primary data share (%)': '101' })), ['2 primary data share (%) M2 101']);
  assert.deepEqual(places('footprint', footprintCsv({ 'period end': '2024-06-30' })), ['2 period end G2 2024-06-30']);
  assert.deepEqual(places('footprint', footprintCsv({ 'product id': '' })), ['2 product id A2 ']);
  assert.equal(FOOTPRINT_HEADINGS.length, 12);
});

test('an item row; its further values stand under keys and in forms of the passport dictionary', () => {
  const csv =
    'product id,name,이름(영문),declared unit,mass per unit (kg),GTIN,category,chemistry,energy (kWh),capacity (Ah),제조일,place of manufacture\np,팩,pack,ea,391,8801234567893,EV,NMC811,80,220,2026.11.02,울산';
  const item = read('item', csv).records[0]!.body as Item;
  assert.deepEqual(
    [item.id, item.name, item.declaredUnit, item.gtin, item.category],
    ['p', { ko: '팩', en: 'pack' }, 'piece', '8801234567893', 'ev'],
  );
  assert.deepEqual(item.attributes, {
    chemistry: 'NMC811',
    totalEnergy: '80',
    ratedCapacity: '220',
    manufacturingDate: '2026-11',
    manufacturingPlace: '울산',
  });
  for (const [key, value] of Object.entries(item.attributes ?? {}))
    assert.ok(attributeOf(key) && valueProblem(key, value) === undefined, key);
  assert.deepEqual(places('item', csv.replace('8801234567893', '8801234567890')), ['2 GTIN F2 8801234567890']);
  assert.deepEqual(places('item', csv.replace('2026.11.02', '26.11')), ['2 제조일 K2 26.11']);
});

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { type Decimal, div, mul, roundSignificant, sub, sum } from '../decimal.ts';
import { checkItem, type Item } from '../item.ts';
import { batteryUri } from '../passport/battery-id.ts';
import { makePassport } from '../passport/passport.ts';
import { parseUnit } from '../units.ts';
import { type BomLine, checkBomLine } from './bom.ts';
import { checkFootprint } from './check.ts';
import { footprintOf } from './footprint.fixture.ts';
import { partGraph, rollUpGraph } from './graph.ts';
import type { Footprint } from './pact.ts';
import { type LineInput, type RollUp, rollUp } from './roll-up.ts';
import { toPact } from './to-pact.ts';

/** The nine companies of examples/battery, suppliers first. */
const CHAIN = ['maru', 'raon', 'saegyeol', 'ara', 'bareum', 'daon', 'onsae', 'nurideul', 'garam'];

/** kg CO2e per declared unit as the inventory was summed up independently, to its printed digits. */
const EXPECTED: Record<string, Decimal> = {
  'maru-lioh': '10.783',
  'raon-pcam811': '22.143',
  'daon-nmc811': '28.706',
  'bareum-graphite': '10.561',
  'ara-electrolyte': '5.673',
  'saegyeol-cu-foil': '9.018',
  'saegyeol-al-foil': '15.185',
  'onsae-housing': '7.817',
  'nurideul-cell-250': '18.743',
  'garam-pack-80': '7105',
};

const WORDS: Record<string, string> = {
  부품: 'part',
  공정: 'process',
  원료: 'rawMaterial',
  'raw material': 'rawMaterial',
  생산: 'production',
  '1차': 'primary',
  '2차': 'secondary',
  확인됨: 'verified',
  보도: 'reported',
  가정: 'assumed',
};
const KOREAN: Record<string, string> = {
  '제품 ID': 'item',
  행: 'line',
  구분: 'type',
  이름: 'name',
  '부품 ID': 'component',
  공급사: 'supplier',
  수량: 'quantity',
  단위: 'unit',
  단계: 'stage',
  배출계수: 'factor',
  '자료 구분': 'dataType',
  출처: 'source',
  상태: 'status',
  비고: 'note',
};

function table(slug: string, file: string): Record<string, string>[] {
  const url = new URL(`../../../../examples/battery/${slug}/${file}.csv`, import.meta.url);
  if (!existsSync(url)) return [];
  const [head, ...rows] = readFileSync(url, 'utf8')
    .trim()
    .split('\n')
    .map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((m) => m[1] ?? m[2] ?? ''));
  return rows.map((row) => Object.fromEntries(head!.map((name, i) => [KOREAN[name] ?? name, row[i] ?? ''])));
}

const itemsOf = (slug: string): Item[] =>
  table(slug, 'item').map((r) => {
    const attributes = {
      chemistry: r['배터리 화학'],
      totalEnergy: r['총 에너지(kWh)'],
      ratedCapacity: r['정격 용량(Ah)'],
      manufacturingDate: r['제조 연월'],
      manufacturingPlace: r['제조 장소'],
    };
    const battery = r.GTIN && { gtin: r.GTIN, serial: r.일련번호, model: r.모델, category: 'ev', attributes };
    return checkItem({
      id: r.item,
      productIds: [`urn:pact:${slug}.example:product-id:${r.item}`],
      name: { ko: r.name, en: r['이름(영문)'] },
      declaredUnit: parseUnit(r['선언 단위']),
      massPerUnit: r['단위당 질량(kg)'],
      ...battery,
    });
  });

const linesOf = (slug: string): BomLine[] =>
  table(slug, 'bom').map(({ factor, dataType, source, status, ...r }) =>
    checkBomLine({
      ...r,
      type: WORDS[r.type!] ?? r.type,
      stage: WORDS[r.stage!] ?? r.stage,
      component: r.component || null,
      supplier: r.supplier?.replace('partner:', 'did:web:example:') || null,
      ...(factor && { factor: { value: factor, dataType: WORDS[dataType!] ?? dataType, source, status: WORDS[status!] ?? status } }),
    }),
  );

const footprints = new Map<string, Footprint>();
const rollUps = new Map<string, RollUp>();
for (const slug of CHAIN) {
  for (const r of table(slug, 'footprint')) {
    const footprint = footprintOf(r['탄소발자국(kg CO2e)']!, {
      primaryDataShare: r['1차 데이터 비율(%)']!,
      declaredUnitOfMeasurement: 'kilogram',
    });
    footprints.set(r.item!, checkFootprint(footprint, { strict: true }));
  }
  for (const item of itemsOf(slug)) {
    if (footprints.has(item.id)) continue;
    const lines = linesOf(slug);
    const inputs = new Map<string, LineInput>(
      lines.flatMap((l) => {
        const footprint = l.component === null ? undefined : footprints.get(l.component);
        return footprint ? [[l.line, { footprint, recordId: l.component!, from: l.supplier! }] as const] : [];
      }),
    );
    const r = rollUp(item, lines, inputs);
    rollUps.set(item.id, r);
    footprints.set(
      item.id,
      toPact(item, r, {
        id: '7c1f9c57-3a75-4f52-8d0c-0f5d1c9e2a11',
        created: '2026-11-24T00:00:00Z',
        companyName: slug,
        companyIds: [`urn:pact:${slug}.example:supplier-id:1`],
        referencePeriodStart: '2024-12-31T15:00:00Z',
        referencePeriodEnd: '2025-12-31T15:00:00Z',
        geographyCountry: 'KR',
      }),
    );
  }
}
const pcf = (id: string) => footprints.get(id)!.pcf.pcfExcludingBiogenicUptake;

test('every hop of the chain gives the expected footprint, to the printed digits', () => {
  assert.deepEqual([...footprints.keys()].sort(), Object.keys(EXPECTED).sort());
  for (const [id, expected] of Object.entries(EXPECTED)) {
    assert.equal(roundSignificant(pcf(id), expected.replace('.', '').length, 'half_up'), expected, id);
    if (rollUps.has(id)) assert.deepEqual(rollUps.get(id)!.missing, [], id);
  }
});

test('the pack: 88.81 kg CO2e per kWh, 18.2 per kg', () => {
  assert.equal(div(pcf('garam-pack-80'), '80', 2, 'half_even'), '88.81');
  assert.equal(div(pcf('garam-pack-80'), footprints.get('garam-pack-80')!.pcf.productMassPerDeclaredUnit, 1, 'half_even'), '18.2');
  assert.equal(div(mul(pcf('nurideul-cell-250'), '4'), '1', 2, 'half_even'), '74.97');
});

test('what the next tier buys for one pack', () => {
  const lines = CHAIN.flatMap(linesOf);
  const perPack = (component: string): number =>
    component === 'garam-pack-80'
      ? 1
      : lines.filter((l) => l.component === component).reduce((t, l) => t + Number(l.quantity) * perPack(l.item), 0);
  const bought = [
    'nurideul-cell-250',
    'onsae-housing',
    'daon-nmc811',
    'bareum-graphite',
    'ara-electrolyte',
    'saegyeol-cu-foil',
    'saegyeol-al-foil',
    'raon-pcam811',
    'maru-lioh',
  ];
  assert.deepEqual(
    bought.map((id) => perPack(id).toFixed(2)),
    ['320.00', '56.59', '116.61', '79.10', '28.94', '17.64', '7.47', '110.72', '50.31'],
  );
});

test('the bulk roll-up of the same lines agrees with the exact one', () => {
  const ids = Object.keys(EXPECTED);
  const lines = CHAIN.flatMap(linesOf);
  const parts = lines.filter((l) => l.component !== null);
  const own = Float64Array.from(ids, (id) =>
    lines
      .filter((l) => l.item === id && l.factor)
      .reduce((t, l) => t + Number(l.quantity) * Number(l.factor!.value), rollUps.has(id) ? 0 : Number(pcf(id))),
  );
  const graph = partGraph(
    ids.length,
    parts.map((l) => ids.indexOf(l.item)),
    parts.map((l) => ids.indexOf(l.component!)),
    parts.map((l) => Number(l.quantity)),
  );
  const totals = rollUpGraph(graph, own);
  for (const [i, id] of ids.entries()) assert.ok(Math.abs(totals[i]! - Number(pcf(id))) < 1e-6 * Number(pcf(id)), id);
});

test('stages add to the total, and what stands behind it to one', () => {
  const pack = rollUps.get('garam-pack-80')!;
  assert.equal(sum(Object.values(pack.stages)), pack.total);
  assert.equal(roundSignificant(sum(Object.values(pack.shares)), 20, 'half_even'), '1');
  assert.ok(Number(pack.shares.primary) > 0.2 && Number(pack.shares.primary) < 0.4, pack.shares.primary);
  const cellOwn = mul(
    '320',
    sum(
      rollUps
        .get('nurideul-cell-250')!
        .contributions.filter((c) => c.type === 'process')
        .map((c) => c.contribution),
    ),
  );
  assert.equal(div(cellOwn, '80', 2, 'half_even'), '14.1');
});

test('the pack’s passport shows the chain’s figure and no supplier behind the first tier', () => {
  const item = itemsOf('garam')[0]!;
  const passport = makePassport({
    id: 'https://example.org/passport/1',
    batteryId: batteryUri('https://example.org', item.gtin!, item.serial),
    item,
    maker: { name: '가람팩시스템', id: 'did:web:example:garam' },
    footprint: footprints.get(item.id)!,
    rollUp: rollUps.get(item.id)!,
    updated: '2026-11-24T00:00:00Z',
  });
  const value = (key: string) => (passport.attributes[key] as { value: unknown }).value;
  assert.equal(roundSignificant(value('carbonFootprint') as string, 4, 'half_even'), '88.81');
  const [raw, made] = ['carbonRawMaterial', 'carbonProduction'].map((k) => value(k) as { value: string; share: string });
  assert.ok(Math.abs(Number(sub(value('carbonFootprint') as string, sum([raw!.value, made!.value])))) <= 0.0001);
  for (const name of ['raon', 'maru', 'daon', '라온', '마루', 'NiSO4'])
    assert.ok(!JSON.stringify([passport, footprints.get(item.id)]).includes(name), name);
});

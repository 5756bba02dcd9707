import { type Finding, refuse, schemaFindings, show } from '../check.ts';
import { abs, compare, type Decimal, isNegative, mul, sub, sum } from '../decimal.ts';
import type { Text } from '../text.ts';
import { epochMs } from '../time.ts';
import { type CarbonFootprint, FOOTPRINT_SCHEMA, type Footprint } from './pact.ts';
import { primaryShareOf } from './primary-share.ts';
import { STAGES_SCHEMA, stagesOf } from './stages.ts';

/** Addends of pcfExcludingBiogenicUptake (PACT 3.0.4). Aircraft, packaging and fossil land management are parts of these; outbound logistics stays outside. */
export const SUM_TERMS = [
  'fossilGhgEmissions',
  'landUseChangeGhgEmissions',
  'landManagementBiogenicCO2Emissions',
  'landManagementBiogenicCO2Removals',
  'technologicalCO2Removals',
  'ccsTechnologicalCO2Capture',
  'biogenicNonCO2Emissions',
] as const satisfies readonly (keyof CarbonFootprint)[];

// biome-ignore format: names in rows
const NOT_NEGATIVE = [
  'productMassPerDeclaredUnit', 'fossilGhgEmissions', 'fossilCarbonContent', 'biogenicCarbonContent', 'recycledCarbonContent', 'landUseChangeGhgEmissions',
  'landManagementFossilGhgEmissions', 'landManagementBiogenicCO2Emissions', 'biogenicNonCO2Emissions', 'landAreaOccupation', 'aircraftGhgEmissions',
] as const satisfies readonly (keyof CarbonFootprint)[];

// biome-ignore format: names in rows
const NOT_POSITIVE = [
  'landManagementBiogenicCO2Removals', 'biogenicCO2Uptake', 'ccsTechnologicalCO2Capture', 'technologicalCO2Removals',
] as const satisfies readonly (keyof CarbonFootprint)[];

/** How far a printed sum may lie from its addends, as a share of the sum of their amounts: the rounding of four printed digits. Our choice. */
const SUM_TOLERANCE = '0.0005';
const THREE_YEARS_MS = 3 * 366 * 86_400_000;

const SCHEMA = schemaFindings(FOOTPRINT_SCHEMA);
const text = (ko: string, en: string): Text => ({ ko, en });
const at = (path: string, found: unknown, ko: string, en: string): Finding => ({ path, found: show(found), expected: text(ko, en) });

/**
 * Reads a PACT 3 ProductFootprint. Error `footprint_invalid`, data: one `Finding` for each thing to correct.
 *
 * Always refused: what the schema refuses, negative mass or emissions, a declared amount of zero or less, shares outside 0 to 100,
 * data quality outside 1 to 5, periods that end before they start. With `strict` (what we publish) also everything that
 * `footprintWarnings` reports; of a partner's footprint those are warnings only, since published footprints break them widely.
 */
export function checkFootprint(value: unknown, { strict = false } = {}): Footprint {
  const form = SCHEMA(value);
  refuse('footprint_invalid', form);
  const footprint = value as Footprint;
  refuse('footprint_invalid', [...wrongValues(footprint.pcf), ...(strict ? brokenRules(footprint) : [])]);
  return footprint;
}

/** What is doubtful in a footprint that has the right form: sum rules, signs, validity, and a primary data share that may be percent or fraction. */
export function footprintWarnings(footprint: Footprint): Finding[] {
  const share = primaryShareOf(footprint);
  const doubt = share?.doubtful
    ? [
        at(
          '/pcf/primaryDataShare',
          share.raw,
          '퍼센트인지 비율인지 알 수 없습니다. 비율(0~1)로 읽었으니 공급사에 확인하세요',
          'percent or fraction? It was read as a fraction (0 to 1); ask the supplier',
        ),
      ]
    : [];
  return [...brokenRules(footprint), ...doubt];
}

function wrongValues(pcf: CarbonFootprint): Finding[] {
  const found: Finding[] = [];
  for (const field of NOT_NEGATIVE) {
    const value = pcf[field];
    if (value !== undefined && isNegative(value)) found.push(at(`/pcf/${field}`, value, '0 이상이어야 합니다', 'must be 0 or more'));
  }
  if (compare(pcf.declaredUnitAmount, '0') <= 0)
    found.push(at('/pcf/declaredUnitAmount', pcf.declaredUnitAmount, '0보다 커야 합니다', 'must be more than 0'));
  const within = (path: string, value: Decimal | undefined, low: Decimal, high: Decimal) => {
    if (value !== undefined && (compare(value, low) < 0 || compare(value, high) > 0))
      found.push(at(path, value, `${low}~${high} 사이`, `between ${low} and ${high}`));
  };
  within('/pcf/exemptedEmissionsPercent', pcf.exemptedEmissionsPercent, '0', '100');
  within('/pcf/primaryDataShare', pcf.primaryDataShare, '0', '100');
  for (const [name, value] of Object.entries(pcf.dqi ?? {})) if (name.endsWith('DQR')) within(`/pcf/dqi/${name}`, value, '1', '5');
  if (epochMs(pcf.referencePeriodEnd) <= epochMs(pcf.referencePeriodStart)) {
    found.push(at('/pcf/referencePeriodEnd', pcf.referencePeriodEnd, '시작 시각보다 뒤여야 합니다', 'must lie after the start'));
  }
  return found;
}

function brokenRules(footprint: Footprint): Finding[] {
  const { pcf } = footprint;
  const found: Finding[] = [];
  const add = (path: string, value: unknown, ko: string, en: string) => found.push(at(path, value, ko, en));
  for (const field of NOT_POSITIVE) {
    const value = pcf[field];
    if (value !== undefined && compare(value, '0') > 0) add(`/pcf/${field}`, value, '0 이하여야 합니다', 'must be 0 or less');
  }

  const terms = SUM_TERMS.map((f) => pcf[f] ?? '0');
  const excluding = sum(terms);
  if (differs(pcf.pcfExcludingBiogenicUptake, excluding, terms)) {
    add(
      '/pcf/pcfExcludingBiogenicUptake',
      pcf.pcfExcludingBiogenicUptake,
      `구성 항목의 합 ${excluding}`,
      `the sum of its addends, ${excluding}`,
    );
  }
  const including = sum([pcf.pcfExcludingBiogenicUptake, pcf.biogenicCO2Uptake ?? '0']);
  if (differs(pcf.pcfIncludingBiogenicUptake, including, [pcf.pcfExcludingBiogenicUptake, pcf.biogenicCO2Uptake ?? '0'])) {
    add(
      '/pcf/pcfIncludingBiogenicUptake',
      pcf.pcfIncludingBiogenicUptake,
      `흡수량을 더한 값 ${including}`,
      `the value with the uptake added, ${including}`,
    );
  }
  for (const part of ['aircraftGhgEmissions', 'landManagementFossilGhgEmissions'] as const) {
    const value = pcf[part];
    if (value !== undefined && compare(value, pcf.fossilGhgEmissions) > 0)
      add(
        `/pcf/${part}`,
        value,
        '화석 배출량의 일부이므로 그보다 클 수 없습니다',
        'is a part of the fossil emissions and cannot exceed them',
      );
  }

  if (pcf.packagingEmissionsIncluded === false && pcf.packagingGhgEmissions !== undefined) {
    add(
      '/pcf/packagingGhgEmissions',
      pcf.packagingGhgEmissions,
      '포장을 포함하지 않으면 비워 두세요',
      'leave it out when packaging is not included',
    );
  }
  if (pcf.ccsTechnologicalCO2CaptureIncluded === false) {
    for (const field of ['ccsTechnologicalCO2Capture', 'technologicalCO2Removals', 'technologicalCO2CaptureOrigin'] as const) {
      if (pcf[field] !== undefined)
        add(`/pcf/${field}`, pcf[field], '포집을 포함하지 않으면 비워 두세요', 'leave it out when capture is not included');
    }
  }
  const { validityPeriodStart: from, validityPeriodEnd: to } = footprint;
  const end = epochMs(pcf.referencePeriodEnd);
  if (from !== undefined && epochMs(from) < end)
    add('/validityPeriodStart', from, '산정 기간이 끝난 뒤여야 합니다', 'must not lie before the end of the reference period');
  if (to !== undefined && epochMs(to) > end + THREE_YEARS_MS)
    add('/validityPeriodEnd', to, '산정 기간 종료 후 3년 안이어야 합니다', 'must lie within 3 years of the end of the reference period');

  const split = stagesOf(footprint);
  if (footprint.extensions?.some((e) => e.dataSchema === STAGES_SCHEMA)) {
    const stages = Object.values(split?.stages ?? {});
    if (!split) add('/extensions', null, '단계별 값을 읽을 수 없습니다', 'the stage split cannot be read');
    else if (differs(pcf.pcfExcludingBiogenicUptake, sum(stages), stages)) {
      add(
        '/extensions',
        sum(stages),
        `단계의 합이 ${pcf.pcfExcludingBiogenicUptake}이어야 합니다`,
        `the stages must add to ${pcf.pcfExcludingBiogenicUptake}`,
      );
    }
  }
  return found;
}

function differs(printed: Decimal, computed: Decimal, terms: readonly Decimal[]): boolean {
  return compare(abs(sub(printed, computed)), mul(SUM_TOLERANCE, sum(terms.map(abs)))) > 0;
}

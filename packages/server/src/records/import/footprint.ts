import { createHash } from 'node:crypto';
import { canonical } from '@madang/core/canonical.ts';
import { compare, isZero, sub, sum } from '@madang/core/decimal.ts';
import { checkFootprint } from '@madang/core/footprint/check.ts';
import { type Extension, type Footprint, SPEC_VERSION } from '@madang/core/footprint/pact.ts';
import { seoulDay } from '@madang/core/time.ts';
import { type ImportContext, productUrn } from './column.ts';
import { checked } from './finding.ts';
import type { RowProblem } from './problem.ts';
import type { ReadRow } from './rows.ts';

/** Identifies our PACT data model extension that says where the figures stand (`source`) and how far they are backed (`status`). */
export const PROVENANCE_SCHEMA = 'urn:madang:schema:footprint-provenance:1';

/** What PACT asks for and the sheet does not; said to the person in a notice. */
export const ASSUMED_NOTICE = {
  ko: '서식에 없는 PACT 항목은 다음과 같이 적었습니다(가정): 특성화 계수 AR6, 제외한 배출 0 %, 비워 둔 화석 탄소 함량 0.',
  en: 'PACT fields that the sheet does not ask for were set so (assumed): characterisation factors AR6, exempted emissions 0 %, fossil carbon content 0 where left empty.',
};

const KEYS: Readonly<Record<string, string>> = {
  productIds: 'product',
  productNameCompany: 'name',
  declaredUnitOfMeasurement: 'unit',
  declaredUnitAmount: 'amount',
  productMassPerDeclaredUnit: 'mass',
  referencePeriodStart: 'periodStart',
  referencePeriodEnd: 'periodEnd',
  geographyCountry: 'country',
  pcfExcludingBiogenicUptake: 'total',
  pcfIncludingBiogenicUptake: 'total',
  fossilGhgEmissions: 'fossil',
  landUseChangeGhgEmissions: 'landUse',
  biogenicNonCO2Emissions: 'biogenic',
  fossilCarbonContent: 'fossilCarbon',
  primaryDataShare: 'primaryShare',
  crossSectoralStandards: 'standard',
};

const keyOf = (path: string): string =>
  path
    .split('/')
    .map((name) => KEYS[name])
    .find((key) => key !== undefined) ?? 'product';

/**
 * A row as a PACT 3 footprint that passes the strict check. Days are days in Seoul; PACT's end is excluded, so the last day of the sheet
 * becomes the start of the next. The id follows from the content: the same row gives the same id again, a changed one a new id.
 */
export function footprintRecord(row: ReadRow, context: ImportContext): { id: string; body: Footprint } | RowProblem[] {
  const { values: v } = row;
  const doubtful = doubtfulShare(row);
  if (doubtful) return [doubtful];
  const parts = sum([v.landUse ?? '0', v.biogenic ?? '0']);
  const fossil = v.fossil ?? sub(v.total!, parts);
  if (compare(sum([fossil, parts]), v.total!) !== 0 || compare(fossil, '0') < 0) return [wrongSum(row, sum([v.fossil ?? '0', parts]))];
  const content = {
    specVersion: SPEC_VERSION,
    status: 'Active',
    companyName: context.companyName,
    companyIds: context.companyIds,
    productDescription: v.name!,
    productIds: [productUrn(v.product!, context)],
    productNameCompany: v.name!,
    ...(v.note && { comment: v.note }),
    pcf: {
      declaredUnitOfMeasurement: v.unit!,
      declaredUnitAmount: v.amount!,
      productMassPerDeclaredUnit: v.mass!,
      referencePeriodStart: seoulDay(v.periodStart!).start,
      referencePeriodEnd: seoulDay(v.periodEnd!).end,
      geographyCountry: v.country!,
      pcfExcludingBiogenicUptake: v.total!,
      pcfIncludingBiogenicUptake: v.total!,
      fossilGhgEmissions: fossil,
      fossilCarbonContent: v.fossilCarbon ?? '0',
      ...(v.landUse && { landUseChangeGhgEmissions: v.landUse }),
      ...(v.biogenic && { biogenicNonCO2Emissions: v.biogenic }),
      ipccCharacterizationFactors: ['AR6'],
      crossSectoralStandards: [v.standard!],
      exemptedEmissionsPercent: '0',
      ...(v.primaryShare && { primaryDataShare: v.primaryShare }),
    },
    extensions: [
      { specVersion: '1.0.0', dataSchema: PROVENANCE_SCHEMA, data: { source: v.source!, status: v.status! } } satisfies Extension,
    ],
  };
  const body = { id: contentUuid(content), created: context.now, ...content };
  const footprint = checked(row, () => checkFootprint(body, { strict: true }), keyOf);
  return Array.isArray(footprint) ? footprint : { id: footprint.id, body: footprint };
}

/** A UUID of version 8 (RFC 9562) over the SHA-256 of the canonical form. */
function contentUuid(content: unknown): string {
  const hash = createHash('sha256').update(canonical(content)).digest();
  hash[6] = (hash[6]! & 0x0f) | 0x80;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  return hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Above 0 up to 1 may be a fraction or a percentage; PACT's own readers cannot tell either. */
function doubtfulShare(row: ReadRow): RowProblem | undefined {
  const share = row.values.primaryShare;
  if (share === undefined || isZero(share) || compare(share, '1') > 0) return undefined;
  return {
    ...row.at('primaryShare'),
    problem: { ko: '퍼센트인지 비율인지 알 수 없습니다.', en: 'It may be a percentage or a fraction.' },
    expected: {
      ko: '퍼센트로 쓰세요: 55 %는 55. 1 % 이하는 0으로 씁니다.',
      en: 'Write it in percent: 55 for 55 %. Write 0 for 1 % or less.',
    },
  };
}

function wrongSum(row: ReadRow, parts: string): RowProblem {
  const { total } = row.values;
  return {
    ...row.at('total'),
    problem: {
      ko: `나눈 배출량의 합이 ${parts}로, 탄소발자국 ${total}와(과) 다릅니다.`,
      en: `The parts of the emissions add to ${parts}, not to the footprint ${total}.`,
    },
    expected: { ko: '화석 + 토지이용변화 + 생물 기원 비CO2 = 탄소발자국', en: 'fossil + land-use change + biogenic non-CO2 = footprint' },
  };
}

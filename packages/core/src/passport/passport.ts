import { type Finding, refuse, show } from '../check.ts';
import { compare, type Decimal, div, isDecimal, isZero, mul, round } from '../decimal.ts';
import type { Footprint } from '../footprint/pact.ts';
import { primaryShareOf } from '../footprint/primary-share.ts';
import type { RollUp } from '../footprint/roll-up.ts';
import { STAGES, type Stage, stagesOf } from '../footprint/stages.ts';
import type { Item } from '../item.ts';
import type { Text } from '../text.ts';
import type { Instant } from '../time.ts';
import { type Attribute, DICTIONARY, type Obligation } from './dictionary.ts';
import { valueProblem } from './value.ts';

export const PASSPORT_SCHEMA = 'urn:madang:schema:battery-passport:1';

/** A value that is not there says why: `missing` (required), `notYetRequired`, `optional` (voluntary, or only where it applies). Never zero. */
export type Entry =
  | { readonly state: 'given'; readonly value: unknown; readonly note?: Text }
  | { readonly state: 'missing' | 'notYetRequired' | 'optional' };

export interface Passport {
  readonly schema: typeof PASSPORT_SCHEMA;
  /** URI under which the passport is read. */
  readonly id: string;
  readonly status: 'active' | 'inactive' | 'archived' | 'invalid';
  readonly granularity: 'item' | 'model';
  readonly updated: Instant;
  readonly name: Text;
  /** PACT id of the footprint that the carbon values come from. */
  readonly footprintId?: string;
  /** By the keys of the dictionary. */
  readonly attributes: Readonly<Record<string, Entry>>;
}

/** A stage's part of the carbon footprint. */
export interface StageValue {
  /** kg CO2e per kWh of total energy. */
  readonly value: Decimal;
  /** Percent of the whole. */
  readonly share: Decimal;
}

export interface Party {
  readonly name: string;
  /** DID, or another identifier of the party. */
  readonly id: string;
  readonly address?: string;
  readonly web?: string;
}

export interface PassportInput {
  readonly id: string;
  /** URI of the battery itself, see `battery-id.ts`. */
  readonly batteryId: string;
  readonly item: Item;
  readonly maker: Party;
  /** Puts the battery on the market; the maker when absent. */
  readonly operator?: Party;
  readonly footprint?: Footprint;
  /** Where the footprint was rolled up here: tells assumptions from secondary data. */
  readonly rollUp?: RollUp;
  readonly updated: Instant;
}

/** Our footprint counts cradle to gate over the total energy; the law will count over the energy that the battery delivers in its life. */
const UNIT_NOTE: Text = {
  ko: '총 에너지 1 kWh당 값(원료부터 공장 문까지)입니다. EU 배터리 규정의 기능 단위(수명 동안 공급하는 에너지 1 kWh)와 다르므로 서로 비교할 수 없습니다.',
  en: 'Per kWh of total energy, cradle to gate. The functional unit of the EU battery rule is one kWh delivered over the service life: the two cannot be compared.',
};

const ABSENT: Readonly<Record<Obligation, 'missing' | 'notYetRequired' | 'optional'>> = {
  required: 'missing',
  notYet: 'notYetRequired',
  conditional: 'optional',
  voluntary: 'optional',
};

const STAGE_KEY: Readonly<Record<Stage, string>> = {
  rawMaterial: 'carbonRawMaterial',
  production: 'carbonProduction',
  distribution: 'carbonDistribution',
  endOfLife: 'carbonEndOfLife',
};

/**
 * The battery passport of an electric-vehicle battery from its records: the item (one piece), its maker, its footprint.
 * Error `item_invalid`, data: findings, when the item is no battery of this category, is not declared by the piece, or an attribute has no
 * place in the dictionary or not its form. Printed carbon values keep 4 places, half-even.
 */
export function makePassport(input: PassportInput): Passport {
  refuse('item_invalid', findings(input.item));
  const values = new Map<string, { value: unknown; note?: Text }>();
  for (const [key, value] of Object.entries(input.item.attributes ?? {})) values.set(key, { value });
  for (const [key, value] of Object.entries(identity(input))) if (value !== undefined) values.set(key, { value });
  for (const [key, entry] of carbon(input)) values.set(key, entry);
  const entryOf = ({ key, ev }: Attribute): Entry => {
    const given = values.get(key);
    return given ? { state: 'given', ...given } : { state: ABSENT[ev] };
  };
  return {
    schema: PASSPORT_SCHEMA,
    id: input.id,
    status: 'active',
    granularity: input.item.serial ? 'item' : 'model',
    updated: input.updated,
    name: input.item.name,
    ...(input.footprint && { footprintId: input.footprint.id }),
    attributes: Object.fromEntries(DICTIONARY.map((a) => [a.key, entryOf(a)])),
  };
}

function identity({ id, batteryId, item, maker, operator }: PassportInput): Record<string, unknown> {
  return {
    passportId: id,
    batteryId,
    serial: item.serial,
    model: item.model,
    category: item.category,
    mass: isZero(item.massPerUnit) ? undefined : item.massPerUnit,
    manufacturer: maker,
    operator: operator ?? maker,
  };
}

function* carbon({ item, footprint, rollUp }: PassportInput): Generator<[string, { value: unknown; note?: Text }]> {
  const energy = item.attributes?.totalEnergy;
  if (!footprint) return;
  const { pcf } = footprint;
  const perPiece = div(pcf.pcfExcludingBiogenicUptake, pcf.declaredUnitAmount, 30, 'half_even');
  const four = (a: Decimal) => round(a, 4, 'half_even');
  yield ['carbonAbsolute', { value: round(div(perPiece, '1000', 30, 'half_even'), 6, 'half_even') }];
  if (isDecimal(energy) && !isZero(energy)) {
    const perKwh = (a: Decimal) => four(div(a, mul(energy, pcf.declaredUnitAmount), 30, 'half_even'));
    yield ['carbonFootprint', { value: perKwh(pcf.pcfExcludingBiogenicUptake), note: UNIT_NOTE }];
    const stages = stagesOf(footprint)?.stages ?? {};
    for (const stage of STAGES) {
      const part = stages[stage];
      if (part === undefined || isZero(pcf.pcfExcludingBiogenicUptake)) continue;
      const share = four(div(mul(part, '100'), pcf.pcfExcludingBiogenicUptake, 30, 'half_even'));
      yield [STAGE_KEY[stage], { value: { value: perKwh(part), share } satisfies StageValue }];
    }
  }
  const percent = (share: Decimal) => ({ value: four(mul(share, '100')) });
  const primary = rollUp?.shares.primary ?? primaryShareOf(footprint)?.share;
  if (primary !== undefined) yield ['primaryShare', percent(primary)];
  if (rollUp) yield ['secondaryShare', percent(rollUp.shares.secondary)];
  if (rollUp) yield ['assumedShare', percent(rollUp.shares.assumed)];
}

/** Keys of the dictionary that the item holds in fields of its own, or that come with the request. */
export const IDENTITY: ReadonlySet<string> = new Set([
  'passportId',
  'batteryId',
  'serial',
  'model',
  'category',
  'mass',
  'manufacturer',
  'operator',
]);

/** Filled by this module, never from `attributes`. */
const DERIVED: ReadonlySet<string> = new Set([
  ...IDENTITY,
  'carbonFootprint',
  'carbonAbsolute',
  'primaryShare',
  'secondaryShare',
  'assumedShare',
  ...Object.values(STAGE_KEY),
]);

function findings(item: Item): Finding[] {
  const found: Finding[] = [];
  const add = (path: string, value: unknown, ko: string, en: string) => found.push({ path, found: show(value), expected: { ko, en } });
  if (item.category !== 'ev')
    add(
      '/category',
      item.category,
      'ev (지금은 전기차 배터리 여권만 만듭니다)',
      'ev (for now passports are made for electric-vehicle batteries only)',
    );
  if (item.declaredUnit !== 'piece') add('/declaredUnit', item.declaredUnit, 'piece (배터리 한 개)', 'piece (one battery)');
  for (const [key, value] of Object.entries(item.attributes ?? {})) {
    const expected = DERIVED.has(key)
      ? {
          ko: '품목의 항목이나 탄소발자국에서 채웁니다. 여기서는 지우세요',
          en: 'filled from the item’s fields or the footprint: remove it here',
        }
      : valueProblem(key, value);
    if (expected) found.push({ path: `/attributes/${key}`, found: show(value), expected });
  }
  const volts = ['minimumVoltage', 'nominalVoltage', 'maximumVoltage'].map((k) => item.attributes?.[k]).filter(isDecimal);
  if (volts.some((v, i) => i > 0 && compare(volts[i - 1]!, v) > 0))
    add('/attributes/nominalVoltage', volts, '최소 ≤ 공칭 ≤ 최대', 'minimum ≤ nominal ≤ maximum');
  return found;
}

import { type Decimal, div, mul } from './decimal.ts';
import { MadangError } from './error.ts';
import type { Text } from './text.ts';

export type Dimension = 'mass' | 'volume' | 'energy' | 'area' | 'count' | 'time' | 'transport' | 'data';

/** The declared units of PACT Product Footprint 3. */
export const DECLARED_UNITS = [
  'liter',
  'kilogram',
  'cubic meter',
  'kilowatt hour',
  'megajoule',
  'ton kilometer',
  'square meter',
  'piece',
  'hour',
  'megabit second',
] as const;

export type DeclaredUnit = (typeof DECLARED_UNITS)[number];
export type Unit = DeclaredUnit | keyof typeof OTHER_UNITS;

interface UnitKind extends Text {
  readonly dimension: Dimension;
  /** How many of the dimension's base unit one of these is; exact. */
  readonly base: Decimal;
  readonly symbol: string;
  /** Other spellings that spreadsheets use; compared without case and spaces. */
  readonly aliases: readonly string[];
}

// biome-ignore format: one unit a row
const DECLARED: Record<DeclaredUnit, UnitKind> = {
  liter: { dimension: 'volume', base: '0.001', symbol: 'L', ko: '리터', en: 'litre', aliases: ['litre', 'ℓ', 'litres', 'liters'] },
  kilogram: { dimension: 'mass', base: '1', symbol: 'kg', ko: '킬로그램', en: 'kilogram', aliases: ['kilo', '키로', '㎏', 'kgs', 'kilograms', '킬로'] },
  'cubic meter': { dimension: 'volume', base: '1', symbol: 'm³', ko: '세제곱미터', en: 'cubic metre', aliases: ['m3', '㎥', '입방미터', '루베', 'cubic metre', 'cbm'] },
  'kilowatt hour': { dimension: 'energy', base: '3.6', symbol: 'kWh', ko: '킬로와트시', en: 'kilowatt hour', aliases: ['kw·h', 'kilowatthours', '킬로와트아워'] },
  megajoule: { dimension: 'energy', base: '1', symbol: 'MJ', ko: '메가줄', en: 'megajoule', aliases: ['megajoules'] },
  'ton kilometer': { dimension: 'transport', base: '1', symbol: 't·km', ko: '톤킬로미터', en: 'tonne-kilometre', aliases: ['tkm', 't*km', 'ton-km', 'tonkm', '톤km', '톤·km'] },
  'square meter': { dimension: 'area', base: '1', symbol: 'm²', ko: '제곱미터', en: 'square metre', aliases: ['m2', '㎡', '평방미터', 'square metre'] },
  piece: { dimension: 'count', base: '1', symbol: 'ea', ko: '개', en: 'piece', aliases: ['pcs', 'pc', 'pce', 'pieces', 'each', 'unit', 'units', '대', '매', 'ea.'] },
  hour: { dimension: 'time', base: '60', symbol: 'h', ko: '시간', en: 'hour', aliases: ['hr', 'hrs', 'hours'] },
  'megabit second': { dimension: 'data', base: '1', symbol: 'Mbit·s', ko: '메가비트초', en: 'megabit second', aliases: ['mbit s', 'mbs'] },
};

// biome-ignore format: one unit a row
const OTHER_UNITS = {
  ton: { dimension: 'mass', base: '1000', symbol: 't', ko: '톤', en: 'tonne', aliases: ['tonne', 'tonnes', 'tons', 'mt', 'm/t'] },
  gram: { dimension: 'mass', base: '0.001', symbol: 'g', ko: '그램', en: 'gram', aliases: ['grams', 'gr'] },
  milligram: { dimension: 'mass', base: '0.000001', symbol: 'mg', ko: '밀리그램', en: 'milligram', aliases: ['㎎'] },
  milliliter: { dimension: 'volume', base: '0.000001', symbol: 'mL', ko: '밀리리터', en: 'millilitre', aliases: ['millilitre', '㎖'] },
  'watt hour': { dimension: 'energy', base: '0.0036', symbol: 'Wh', ko: '와트시', en: 'watt hour', aliases: [] },
  'megawatt hour': { dimension: 'energy', base: '3600', symbol: 'MWh', ko: '메가와트시', en: 'megawatt hour', aliases: [] },
  gigajoule: { dimension: 'energy', base: '1000', symbol: 'GJ', ko: '기가줄', en: 'gigajoule', aliases: [] },
  terajoule: { dimension: 'energy', base: '1000000', symbol: 'TJ', ko: '테라줄', en: 'terajoule', aliases: [] },
  'thousand pieces': { dimension: 'count', base: '1000', symbol: '1000 ea', ko: '천 개', en: 'thousand pieces', aliases: ['kea', '1000ea', '1000pcs', '천개'] },
  minute: { dimension: 'time', base: '1', symbol: 'min', ko: '분', en: 'minute', aliases: ['minutes'] },
} as const satisfies Record<string, UnitKind>;

const KINDS: Readonly<Record<Unit, UnitKind>> = { ...DECLARED, ...OTHER_UNITS };
const UNITS = Object.keys(KINDS) as Unit[];

/** Upper and lower case decide between these, so another spelling of them is refused rather than guessed. */
const CASE_MATTERS = new Set(['mg', 'mwh']);

const squeeze = (s: string) => s.trim().replace(/\s+/g, ' ');
const SPELLINGS = new Map<string, Unit>();
const LOOSE = new Map<string, Unit>();
for (const unit of UNITS) {
  const { symbol, ko, en, aliases } = KINDS[unit];
  for (const spelling of [unit, symbol, ko, en, ...aliases]) {
    SPELLINGS.set(spelling, unit);
    const loose = spelling.toLowerCase();
    if (!CASE_MATTERS.has(loose)) LOOSE.set(loose.replaceAll(' ', ''), unit);
  }
}
SPELLINGS.set('MWH', 'megawatt hour');

/** The unit that a person wrote (`kg`, `킬로그램`, `EA`, `톤`), or undefined. */
export function findUnit(text: unknown): Unit | undefined {
  if (typeof text !== 'string') return undefined;
  const spelling = squeeze(text.normalize('NFC'));
  return SPELLINGS.get(spelling) ?? LOOSE.get(spelling.toLowerCase().replaceAll(' ', ''));
}

/** The unit that a person wrote. Error `bad_unit` with the units that can be used. */
export function parseUnit(text: unknown): Unit {
  const unit = findUnit(text);
  if (!unit) {
    const known = UNITS.map((u) => KINDS[u].symbol).join(', ');
    throw new MadangError('bad_unit', { values: { value: String(text).slice(0, 40), known } });
  }
  return unit;
}

export const isDeclaredUnit = (value: unknown): value is DeclaredUnit => DECLARED_UNITS.includes(value as DeclaredUnit);
export const dimensionOf = (unit: Unit): Dimension => KINDS[unit].dimension;
export const symbolOf = (unit: Unit): string => KINDS[unit].symbol;
export const labelOf = (unit: Unit): Text => ({ ko: KINDS[unit].ko, en: KINDS[unit].en });

/** One `from` is `times / by` of one `to`; exact. Error `unit_mismatch` for units of different dimensions. */
export function ratio(from: Unit, to: Unit): { times: Decimal; by: Decimal } {
  if (KINDS[from].dimension !== KINDS[to].dimension) {
    throw new MadangError('unit_mismatch', { values: { from: symbolOf(from), to: symbolOf(to) } });
  }
  return { times: KINDS[from].base, by: KINDS[to].base };
}

/** The amount in another unit; exact where the quotient ends, else rounded half-even at 30 places. Error `unit_mismatch`. */
export function convert(amount: Decimal, from: Unit, to: Unit): Decimal {
  const { times, by } = ratio(from, to);
  return div(mul(amount, times), by, 30, 'half_even');
}

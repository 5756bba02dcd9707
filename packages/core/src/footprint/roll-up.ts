import { abs, add, compare, type Decimal, div, isZero, mul, sub, sum } from '../decimal.ts';
import { MadangError } from '../error.ts';
import type { Item } from '../item.ts';
import type { Text } from '../text.ts';
import { ratio, symbolOf, type Unit } from '../units.ts';
import type { BomLine, DataType, Factor, Status } from './bom.ts';
import { SUM_TERMS } from './check.ts';
import type { CarbonFootprint, Footprint } from './pact.ts';
import { primaryShareOf } from './primary-share.ts';
import { STAGES, type Stage, type StageSplit, stagesOf } from './stages.ts';

/** A supplier's footprint that stands for one line. */
export interface LineInput {
  readonly footprint: Footprint;
  /** Id of the record that holds it. */
  readonly recordId: string;
  /** DID of the partner that it came from. */
  readonly from: string;
}

export type Source =
  | { readonly kind: 'footprint'; readonly id: string; readonly recordId: string; readonly from: string; readonly doubtfulShare: boolean }
  | { readonly kind: 'factor'; readonly source: string; readonly dataType: DataType; readonly status: Status };

export interface Contribution {
  readonly line: string;
  readonly type: 'part' | 'process';
  readonly name: Text | string;
  readonly component: string | null;
  readonly supplier: string | null;
  /** In `unit`: the unit of the footprint, or of the line for a factor. */
  readonly quantity: Decimal;
  readonly unit: Unit;
  /** kg CO2e per one of `unit`. */
  readonly intensity: Decimal;
  /** kg CO2e per declared unit of the item. */
  readonly contribution: Decimal;
  /** Of the sum of all contributions' amounts, 0 to 1. */
  readonly share: Decimal;
  /** Primary data share of this line, 0 to 1. */
  readonly pds: Decimal;
  readonly stages: StageSplit;
  readonly source: Source;
}

export interface Missing {
  readonly line: string;
  readonly name: Text | string;
  readonly component: string | null;
  readonly supplier: string | null;
}

/** Kept apart from the total: addends of PACT's sums, and the parts and neighbours of them that PACT shows. */
export const CHANNELS = [
  ...SUM_TERMS,
  'biogenicCO2Uptake',
  'aircraftGhgEmissions',
  'packagingGhgEmissions',
] as const satisfies readonly (keyof CarbonFootprint)[];
export type Channel = (typeof CHANNELS)[number];

export interface RollUp {
  readonly item: string;
  /** No line is missing. */
  readonly complete: boolean;
  /** kg CO2e per declared unit, without biogenic uptake, of the lines that have a value. */
  readonly total: Decimal;
  readonly stages: StageSplit;
  readonly channels: Readonly<Record<Channel, Decimal>>;
  /** kg of fossil carbon that the suppliers state for the bought parts, per declared unit. */
  readonly boughtFossilCarbon: Decimal;
  /** Primary data share, 0 to 1, weighted by the contributions' amounts (PACT Methodology). */
  readonly pds: Decimal;
  /** What stands behind the total, by the same weight; adds to 1 unless everything is zero. */
  readonly shares: Readonly<Record<DataType, Decimal>>;
  readonly contributions: readonly Contribution[];
  readonly missing: readonly Missing[];
  readonly factors: readonly Factor[];
}

/** Places kept in quotients that do not end; products and sums are exact. */
const PLACES = 30;
const over = (a: Decimal, b: Decimal) => div(a, b, PLACES, 'half_even');

/**
 * The footprint of one declared unit of `item`: own processes plus the sum over its parts (ISO 14067, PACT Methodology).
 *
 * A line takes its supplier's footprint from `inputs` (by line id), else its factor, else it is reported as missing and adds nothing.
 * Quantities are brought to the footprint's declared unit: contribution = quantity x (unit ratio) x pcf / declaredUnitAmount, with
 * one rounding (half-even, 30 places). Errors: `unit_mismatch` (data: the line) when the two units measure different things,
 * `bom_line_invalid` when a line belongs to another item or a line id appears twice.
 */
export function rollUp(item: Pick<Item, 'id'>, lines: readonly BomLine[], inputs: ReadonlyMap<string, LineInput> = new Map()): RollUp {
  checkLines(item, lines);
  const valued: Valued[] = [];
  const missing: Missing[] = [];
  for (const line of lines) {
    const input = inputs.get(line.line);
    if (input) valued.push(fromFootprint(line, input));
    else if (line.factor) valued.push(fromFactor(line, line.factor));
    else missing.push({ line: line.line, name: line.name, component: line.component, supplier: line.supplier });
  }

  const weight = sum(valued.map((v) => abs(v.contribution)));
  const ofWeight = (a: Decimal) => (isZero(weight) ? '0' : over(a, weight));
  const shareBy = (part: (v: Valued) => Decimal) => ofWeight(sum(valued.map((v) => mul(abs(v.contribution), part(v)))));
  const pds = shareBy((v) => v.pds);
  const assumed = shareBy((v) => v.assumed);
  const stages: Partial<Record<Stage, Decimal>> = {};
  for (const v of valued) for (const s of STAGES) if (v.stages[s] !== undefined) stages[s] = add(stages[s] ?? '0', v.stages[s]);

  return {
    item: item.id,
    complete: missing.length === 0,
    total: sum(valued.map((v) => v.contribution)),
    stages,
    channels: Object.fromEntries(CHANNELS.map((c) => [c, sum(valued.map((v) => v.channels[c] ?? '0'))])) as Record<Channel, Decimal>,
    boughtFossilCarbon: sum(valued.map((v) => v.fossilCarbon)),
    pds,
    shares: { primary: pds, secondary: isZero(weight) ? '0' : sub(sub('1', pds), assumed), assumed },
    contributions: valued.map(({ channels: _c, fossilCarbon: _f, assumed: _a, ...v }) => ({ ...v, share: ofWeight(abs(v.contribution)) })),
    missing,
    factors: lines.flatMap((l) => (l.factor && !inputs.has(l.line) ? [l.factor] : [])),
  };
}

interface Valued extends Omit<Contribution, 'share'> {
  readonly channels: Partial<Record<Channel, Decimal>>;
  readonly fossilCarbon: Decimal;
  /** Share of this line that is assumed, 0 or 1. */
  readonly assumed: Decimal;
}

const head = ({ line, type, name, component, supplier }: BomLine) => ({ line, type, name, component, supplier });

function fromFactor(line: BomLine, factor: Factor): Valued {
  const contribution = mul(line.quantity, factor.value);
  return {
    ...head(line),
    quantity: line.quantity,
    unit: line.unit,
    intensity: factor.value,
    contribution,
    pds: factor.dataType === 'primary' ? '1' : '0',
    assumed: factor.dataType === 'assumed' ? '1' : '0',
    stages: { [line.stage]: contribution },
    channels: { fossilGhgEmissions: contribution },
    fossilCarbon: '0',
    source: { kind: 'factor', source: factor.source, dataType: factor.dataType, status: factor.status },
  };
}

function fromFootprint(line: BomLine, { footprint, recordId, from }: LineInput): Valued {
  const { pcf } = footprint;
  const { times, by } = unitRatio(line, pcf.declaredUnitOfMeasurement);
  const scale = (perDeclaredUnit: Decimal) => over(mul(mul(line.quantity, times), perDeclaredUnit), mul(by, pcf.declaredUnitAmount));
  const contribution = scale(pcf.pcfExcludingBiogenicUptake);
  const share = primaryShareOf(footprint);
  const channels: Partial<Record<Channel, Decimal>> = {};
  for (const c of CHANNELS) if (pcf[c] !== undefined) channels[c] = scale(pcf[c]);
  // What a supplier does not break down counts as fossil, so that our own sums hold where a partner's do not.
  const others = sum(SUM_TERMS.filter((t) => t !== 'fossilGhgEmissions').map((t) => channels[t] ?? '0'));
  channels.fossilGhgEmissions = sub(contribution, others);
  return {
    ...head(line),
    quantity: over(mul(line.quantity, times), by),
    unit: pcf.declaredUnitOfMeasurement,
    intensity: over(pcf.pcfExcludingBiogenicUptake, pcf.declaredUnitAmount),
    contribution,
    pds: share?.share ?? '0',
    assumed: '0',
    stages: carryStages(line.stage, contribution, stagesOf(footprint)?.stages, scale),
    channels,
    fossilCarbon: scale(pcf.fossilCarbonContent),
    source: { kind: 'footprint', id: footprint.id, recordId, from, doubtfulShare: share?.doubtful ?? false },
  };
}

/** The split of a part's contribution. What the supplier's split does not cover (its own rounding) stays at the line's stage. */
function carryStages(stage: Stage, contribution: Decimal, split: StageSplit | undefined, scale: (a: Decimal) => Decimal): StageSplit {
  if (stage !== 'production' || !split) return { [stage]: contribution };
  const carried = Object.fromEntries(Object.entries(split).map(([s, v]) => [s, scale(v)]));
  const rest = sub(contribution, sum(Object.values(carried)));
  return { ...carried, production: add(carried.production ?? '0', rest) };
}

function unitRatio(line: BomLine, to: Unit): { times: Decimal; by: Decimal } {
  try {
    return ratio(line.unit, to);
  } catch (cause) {
    throw new MadangError('unit_mismatch', {
      values: { from: symbolOf(line.unit), to: symbolOf(to) },
      data: { line: line.line, component: line.component },
      cause,
    });
  }
}

function checkLines(item: Pick<Item, 'id'>, lines: readonly BomLine[]): void {
  const seen = new Set<string>();
  for (const { line, item: of } of lines) {
    if (of !== item.id || seen.has(line)) {
      const expected =
        of !== item.id
          ? { ko: `제품 ${item.id}의 행`, en: `a line of the item ${item.id}` }
          : { ko: '한 번만 쓰는 행 번호', en: 'a line id that appears once' };
      throw new MadangError('bom_line_invalid', { values: { count: 1 }, data: [{ path: '/line', found: line, expected }] });
    }
    seen.add(line);
  }
}

/** The lines of a roll-up by size, largest first. */
export const bySize = (r: RollUp): Contribution[] => [...r.contributions].sort((a, b) => compare(abs(b.contribution), abs(a.contribution)));

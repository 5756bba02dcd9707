import { type Finding, refuse, schemaFindings, show } from '../check.ts';
import { compare, type Decimal } from '../decimal.ts';
import type { Text } from '../text.ts';
import { parseUnit, type Unit } from '../units.ts';
import { STAGES, type Stage } from './stages.ts';

/** How far a figure is backed: read in its source, quoted by another, or our own choice. */
export const STATUSES = ['verified', 'reported', 'assumed'] as const;
export type Status = (typeof STATUSES)[number];

/** `primary`: measured for this product; `secondary`: from a database or literature; `assumed`: an estimate without either. */
export const DATA_TYPES = ['primary', 'secondary', 'assumed'] as const;
export type DataType = (typeof DATA_TYPES)[number];

export interface Factor {
  /** kg CO2e per one of the line's unit. */
  readonly value: Decimal;
  readonly dataType: DataType;
  /** Where the figure stands: a database, a paper, the company's own meter. */
  readonly source: string;
  /** Name and version of the database, for PACT's `secondaryEmissionFactorSources`; without a name the source is given there. */
  readonly name?: string;
  readonly version?: string;
  readonly status: Status;
}

/** One line of a bill of materials: what goes into ONE declared unit of `item`. */
export interface BomLine {
  /** Product id of the product that is made. */
  readonly item: string;
  /** Unique within the item. */
  readonly line: string;
  readonly type: 'part' | 'process';
  readonly name: Text | string;
  /** Product id of the bought part. */
  readonly component: string | null;
  /** DID of its supplier. */
  readonly supplier: string | null;
  /** Bought amount (losses included) for one declared unit of the item. */
  readonly quantity: Decimal;
  readonly unit: Unit;
  /**
   * Where the contribution counts. A part at `production` was made within the product's own main production (a cell in its pack):
   * the supplier's stage split, if given, is carried through. A part at another stage counts there as a whole.
   */
  readonly stage: Stage;
  /** Used when no footprint of the supplier is at hand. */
  readonly factor?: Factor;
  readonly note?: string;
}

const filled = { type: 'string', minLength: 1 };
const decimal = { type: 'string', format: 'decimal' };
const nullable = { type: ['string', 'null'], minLength: 1 };
export const NAME_SCHEMA = {
  anyOf: [filled, { type: 'object', required: ['ko', 'en'], properties: { ko: filled, en: filled }, additionalProperties: false }],
};

export const BOM_LINE_SCHEMA = {
  type: 'object',
  required: ['item', 'line', 'type', 'name', 'component', 'supplier', 'quantity', 'unit', 'stage'],
  additionalProperties: false,
  properties: {
    item: filled,
    line: filled,
    type: { type: 'string', enum: ['part', 'process'] },
    name: NAME_SCHEMA,
    component: nullable,
    supplier: nullable,
    quantity: decimal,
    unit: filled,
    stage: { type: 'string', enum: STAGES },
    factor: {
      type: 'object',
      required: ['value', 'dataType', 'source', 'status'],
      additionalProperties: false,
      properties: {
        value: decimal,
        dataType: { type: 'string', enum: DATA_TYPES },
        source: filled,
        name: filled,
        version: filled,
        status: { type: 'string', enum: STATUSES },
      },
    },
    note: { type: 'string' },
  },
};

const SCHEMA = schemaFindings(BOM_LINE_SCHEMA);
const at = (path: string, found: unknown, ko: string, en: string): Finding => ({ path, found: show(found), expected: { ko, en } });

/**
 * Reads a bill-of-materials line; the unit may be written as people write it (`kg`, `개`) and comes back in its full name.
 * Error `bom_line_invalid`, data: findings. A line without a factor whose supplier has not answered is right: the roll-up reports it as missing.
 */
export function checkBomLine(value: unknown): BomLine {
  refuse('bom_line_invalid', SCHEMA(value));
  const line = value as BomLine;
  const found: Finding[] = [];
  if (compare(line.quantity, '0') <= 0) found.push(at('/quantity', line.quantity, '0보다 커야 합니다', 'must be more than 0'));
  if (line.component === line.item)
    found.push(at('/component', line.component, '제품이 스스로의 부품일 수 없습니다', 'a product cannot be a part of itself'));
  if (line.supplier !== null && line.component === null)
    found.push(at('/component', null, '공급사가 있으면 부품 ID도 넣으세요', 'give the part id when a supplier is named'));
  let unit = line.unit;
  try {
    unit = parseUnit(line.unit);
  } catch {
    found.push(at('/unit', line.unit, '아는 단위(kg, t, ea, kWh, MJ 등)', 'a known unit (kg, t, ea, kWh, MJ …)'));
  }
  refuse('bom_line_invalid', found);
  return { ...line, unit };
}

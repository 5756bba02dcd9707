import { type Finding, refuse, schemaFindings, show } from './check.ts';
import { type Decimal, isNegative } from './decimal.ts';
import { gtinIsRight } from './gtin.ts';
import type { Text } from './text.ts';
import { DECLARED_UNITS, type DeclaredUnit } from './units.ts';

export const CATEGORIES = ['ev', 'lmt', 'industrial', 'sli', 'portable'] as const;
export type Category = (typeof CATEGORIES)[number];

/** What a battery is for, as it stands before the word battery. */
export const CATEGORY_LABEL: Readonly<Record<Category, Text>> = {
  ev: { ko: '전기차', en: 'electric vehicle' },
  lmt: { ko: '경량 이동수단', en: 'light means of transport' },
  industrial: { ko: '산업용', en: 'industrial' },
  sli: { ko: '시동용', en: 'starting, lighting, ignition' },
  portable: { ko: '휴대용', en: 'portable' },
};

/** A product that a participant makes or sells; one serialised piece of it when `serial` is given. */
export interface Item {
  /** The owner's own product id, as used in its bills of materials. */
  readonly id: string;
  /** URNs that partners use for it. */
  readonly productIds: readonly string[];
  readonly name: Text;
  readonly description?: Text;
  readonly declaredUnit: DeclaredUnit;
  /** kg for one declared unit, without packaging; `0` for energy and services. */
  readonly massPerUnit: Decimal;
  /** kg of fossil carbon in one declared unit. */
  readonly fossilCarbonContent?: Decimal;
  readonly gtin?: string;
  readonly serial?: string;
  readonly model?: string;
  readonly category?: Category;
  /** Further values by the keys of the passport dictionary (`passport/dictionary.ts`): decimals as strings, texts, lists. */
  readonly attributes?: Readonly<Record<string, unknown>>;
}

const filled = { type: 'string', minLength: 1 };
const decimal = { type: 'string', format: 'decimal' };
const bothLanguages = { type: 'object', required: ['ko', 'en'], properties: { ko: filled, en: filled }, additionalProperties: false };

export const ITEM_SCHEMA = {
  type: 'object',
  required: ['id', 'productIds', 'name', 'declaredUnit', 'massPerUnit'],
  additionalProperties: false,
  properties: {
    id: filled,
    productIds: { type: 'array', items: { type: 'string', format: 'urn' }, minItems: 1, uniqueItems: true },
    name: bothLanguages,
    description: bothLanguages,
    declaredUnit: { type: 'string', enum: DECLARED_UNITS },
    massPerUnit: decimal,
    fossilCarbonContent: decimal,
    gtin: { type: 'string', pattern: '^(\\d{8}|\\d{12,14})$' },
    serial: { type: 'string', pattern: '^[!-~]{1,20}$' },
    model: filled,
    category: { type: 'string', enum: CATEGORIES },
    attributes: { type: 'object' },
  },
};

const SCHEMA = schemaFindings(ITEM_SCHEMA);

/** Reads an item. Error `item_invalid`, data: findings. */
export function checkItem(value: unknown): Item {
  refuse('item_invalid', SCHEMA(value));
  const item = value as Item;
  const found: Finding[] = [];
  for (const field of ['massPerUnit', 'fossilCarbonContent'] as const) {
    const amount = item[field];
    if (amount !== undefined && isNegative(amount))
      found.push({ path: `/${field}`, found: show(amount), expected: { ko: '0 이상이어야 합니다', en: 'must be 0 or more' } });
  }
  if (item.gtin !== undefined && !gtinIsRight(item.gtin)) {
    found.push({
      path: '/gtin',
      found: show(item.gtin),
      expected: { ko: '마지막 검증 숫자가 맞는 GTIN', en: 'a GTIN whose last (check) digit is right' },
    });
  }
  refuse('item_invalid', found);
  return item;
}

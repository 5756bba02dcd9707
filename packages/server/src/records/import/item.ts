import { checkItem, type Item } from '@madang/core/item.ts';
import { type ImportContext, productUrn } from './column.ts';
import { checked } from './finding.ts';
import type { RowProblem } from './problem.ts';
import type { ReadRow } from './rows.ts';

/** Columns whose values go under the keys of the passport dictionary. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  chemistry: 'chemistry',
  energy: 'totalEnergy',
  capacity: 'ratedCapacity',
  made: 'manufacturingDate',
  place: 'manufacturingPlace',
};

const KEYS: Readonly<Record<string, string>> = {
  productIds: 'urn',
  declaredUnit: 'unit',
  massPerUnit: 'mass',
  fossilCarbonContent: 'fossilCarbon',
};

export function itemRecord(row: ReadRow, context: ImportContext): { id: string; body: Item } | RowProblem[] {
  const { values: v } = row;
  const attributes = Object.fromEntries(
    Object.entries(ATTRIBUTES).flatMap(([column, key]) => (v[column] === undefined ? [] : [[key, v[column]]])),
  );
  const body = {
    id: v.id!,
    productIds: [v.urn ?? productUrn(v.id!, context)],
    name: { ko: v.name!, en: v.nameEn ?? v.name! },
    declaredUnit: v.unit!,
    massPerUnit: v.mass!,
    ...(v.fossilCarbon && { fossilCarbonContent: v.fossilCarbon }),
    ...(v.gtin && { gtin: v.gtin }),
    ...(v.serial && { serial: v.serial }),
    ...(v.model && { model: v.model }),
    ...(v.category && { category: v.category }),
    ...(Object.keys(attributes).length > 0 && { attributes }),
  };
  const item = checked(
    row,
    () => checkItem(body),
    (path) => {
      const name = path.split('/')[1] ?? '';
      return KEYS[name] ?? name;
    },
  );
  return Array.isArray(item) ? item : { id: item.id, body: item };
}

import { MadangError } from '@madang/core/error.ts';
import type { BomLine } from '@madang/core/footprint/bom.ts';
import type { Footprint } from '@madang/core/footprint/pact.ts';
import type { LineInput } from '@madang/core/footprint/roll-up.ts';
import type { Item } from '@madang/core/item.ts';
import type { Context } from '../context.ts';
import type { House } from '../participants/houses.ts';
import { bomLines, findRow, type RecordRow, recordsFrom } from '../records/records.ts';
import { sameProduct } from '../records/views.ts';

/** A product with its lines and the suppliers' footprints that are at hand. */
export interface Bill {
  readonly item: Item;
  readonly lines: readonly BomLine[];
  /** By line id. */
  readonly inputs: ReadonlyMap<string, LineInput>;
}

/** @throws MadangError `not_found`, `bom_missing` */
export async function readBill(ctx: Context, house: House, itemId: string): Promise<Bill> {
  const row = await findRow(ctx, house, 'item', itemId);
  if (!row) throw new MadangError('not_found', { values: { what: itemId } });
  const lines = (await bomLines(ctx, house, itemId))
    .map(({ body }) => body as BomLine)
    .sort((a, b) => a.line.localeCompare(b.line, 'en', { numeric: true }));
  if (lines.length === 0) throw new MadangError('bom_missing', { values: { item: itemId } });
  const suppliers = new Set(lines.flatMap(({ supplier }) => supplier ?? []));
  const footprints = await recordsFrom(ctx, house, 'footprint', [...suppliers]);
  const inputs = lines.flatMap((line): [string, LineInput][] => {
    const found = footprintFor(line, footprints);
    return found ? [[line.line, { footprint: found.body as Footprint, recordId: found.id, from: found.received_from ?? '' }]] : [];
  });
  return { item: row.body as Item, lines, inputs: new Map(inputs) };
}

/** The newest footprint that the line's supplier has given for the part. */
function footprintFor({ supplier, component }: BomLine, footprints: readonly RecordRow[]): RecordRow | undefined {
  if (supplier === null || component === null) return undefined;
  return footprints
    .filter(({ received_from, body }) => received_from === supplier && sameProduct(component, (body as Footprint).productIds))
    .sort((a, b) => (a.written_at < b.written_at ? 1 : -1))[0];
}

export const textOf = (name: BomLine['name']): string => (typeof name === 'string' ? name : name.ko);

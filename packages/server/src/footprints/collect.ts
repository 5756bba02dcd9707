import type { CoverageView } from '@madang/core/api/views.ts';
import { MadangError } from '@madang/core/error.ts';
import type { BomLine } from '@madang/core/footprint/bom.ts';
import type { Context } from '../context.ts';
import { obtain } from '../exchanges/obtain.ts';
import type { House } from '../participants/houses.ts';
import { reasonOf } from '../protocol/reasons.ts';
import { type Asked, describe } from './coverage.ts';
import { readBill } from './inputs.ts';

/** Asks every supplier of a product's parts for its footprints, all at once, each part once. @throws MadangError `not_found`, `bom_missing` */
export async function collect(ctx: Context, house: House, input: { item: string; purpose: string; wait: number }): Promise<CoverageView> {
  const { lines } = await readBill(ctx, house, input.item);
  const parts = new Map(lines.filter(({ supplier }) => supplier !== null).map((line) => [keyOf(line), line]));
  const asked = new Map<string, Asked>();
  await Promise.all([...parts].map(async ([key, line]) => asked.set(key, await ask(ctx, house, line, input))));
  const unasked: Asked = { status: 'not_asked', exchange: null, reasons: [], took: 0 };
  return describe(ctx, house, await readBill(ctx, house, input.item), (line) => asked.get(keyOf(line)) ?? unasked);
}

const keyOf = ({ supplier, component }: BomLine): string => JSON.stringify([supplier, component]);

async function ask(
  ctx: Context,
  house: House,
  { supplier, component }: BomLine,
  { purpose, wait }: { purpose: string; wait: number },
): Promise<Asked> {
  try {
    const { status, negotiation, transfer, reasons, took } = await obtain(ctx, house, {
      partner: supplier ?? '',
      product: component ?? '',
      kind: 'footprint',
      purpose,
      wait,
    });
    return { status, exchange: transfer ?? negotiation, reasons, took };
  } catch (error) {
    // One supplier that cannot be asked does not stop the others.
    if (!(error instanceof MadangError)) throw error;
    return { status: 'refused', exchange: null, reasons: [reasonOf(error)], took: 0 };
  }
}

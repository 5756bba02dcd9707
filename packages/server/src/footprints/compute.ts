import type { computeBody } from '@madang/core/api/bodies.ts';
import type { FootprintView } from '@madang/core/api/views.ts';
import { contentHash } from '@madang/core/canonical.ts';
import type { Footprint } from '@madang/core/footprint/pact.ts';
import { rollUp } from '@madang/core/footprint/roll-up.ts';
import { toPact } from '@madang/core/footprint/to-pact.ts';
import { newUuid } from '@madang/core/id.ts';
import type { z } from 'zod';
import type { Context } from '../context.ts';
import type { House } from '../participants/houses.ts';
import { companyUrn } from '../records/import.ts';
import { inTurn } from '../records/in-turn.ts';
import { append, findRow, ownRecord } from '../records/records.ts';
import type { FootprintBasis } from './basis.ts';
import { readBill } from './inputs.ts';
import { viewFootprint } from './view.ts';

/**
 * The product's footprint from its lines and what the suppliers gave, as a PACT record under the product's own id. Where nothing has
 * changed since the last time, the last one stands; else the new one names it as preceding.
 * @throws MadangError `not_found`, `bom_missing`, `footprint_incomplete`, `unit_mismatch`
 */
export function compute(ctx: Context, house: House, input: z.infer<typeof computeBody>): Promise<FootprintView> {
  return inTurn(house, 'footprint', input.item, () => computeNow(ctx, house, input));
}

async function computeNow(ctx: Context, house: House, input: z.infer<typeof computeBody>): Promise<FootprintView> {
  const { item, lines, inputs } = await readBill(ctx, house, input.item);
  const result = rollUp(item, lines, inputs);
  const last = (await findRow(ctx, house, 'footprint', item.id))?.body as Footprint | undefined;
  const publication = {
    companyName: house.name,
    companyIds: [companyUrn(house)],
    referencePeriodStart: input.periodStart,
    referencePeriodEnd: input.periodEnd,
    geographyCountry: input.country,
  };
  const make = (id: string, created: string, preceding: readonly string[] | undefined) =>
    toPact(item, result, { ...publication, id, created, ...(preceding ? { precedingPfIds: preceding } : {}) });

  const again = last && make(last.id, last.created, last.precedingPfIds);
  const same = again !== undefined && (await contentHash(again)) === (await contentHash(last));
  const body = same ? last : make(newUuid(), new Date().toISOString(), last ? [last.id] : undefined);
  const basis: FootprintBasis = { item: { id: item.id, name: item.name }, rollUp: result };
  await append(ctx, house, [await ownRecord(house, 'footprint', item.id, body, basis)]);
  return viewFootprint(ctx, house, item.id);
}

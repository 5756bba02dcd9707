import type { PassportRef } from '@madang/core/api/views.ts';
import { contentHash } from '@madang/core/canonical.ts';
import { MadangError } from '@madang/core/error.ts';
import type { Footprint } from '@madang/core/footprint/pact.ts';
import type { Item } from '@madang/core/item.ts';
import { batteryUri } from '@madang/core/passport/battery-id.ts';
import { makePassport, type Passport } from '@madang/core/passport/passport.ts';
import type { Context } from '../context.ts';
import { basisOf } from '../footprints/basis.ts';
import type { House } from '../participants/houses.ts';
import { partyName } from '../participants/partners.ts';
import { inTurn } from '../records/in-turn.ts';
import { append, findRow, newestRecords, ownRecord, type RecordRow } from '../records/records.ts';

/** The serial of the piece, else its product id: what stands in the address of the passport. */
const localId = ({ serial, id }: Item): string => serial ?? id;

/** Where a passport is read, for good: it is printed as a QR code. */
export const passportUrl = (ctx: Context, house: House, id: string): string =>
  `${ctx.publicUrl}/passports/${house.id}/${encodeURIComponent(id)}`;

/** The passport of one battery from its records. The same records make the same passport. @throws MadangError `not_found`, `item_invalid`, `passport_taken` */
export function makeFor(ctx: Context, house: House, itemId: string): Promise<PassportRef> {
  return inTurn(house, 'passport', itemId, () => makeNow(ctx, house, itemId));
}

async function makeNow(ctx: Context, house: House, itemId: string): Promise<PassportRef> {
  const [row, carbon] = await Promise.all([findRow(ctx, house, 'item', itemId), findRow(ctx, house, 'footprint', itemId)]);
  if (!row) throw new MadangError('not_found', { values: { what: itemId } });
  const item = row.body as Item;
  const id = localId(item);
  const url = passportUrl(ctx, house, id);
  const known = basisOf(carbon?.basis);
  const input = {
    id: url,
    batteryId: item.gtin ? batteryUri(ctx.publicUrl, item.gtin, item.serial) : `${house.did}#${encodeURIComponent(id)}`,
    item,
    maker: { name: house.name, id: house.did },
    ...(carbon ? { footprint: carbon.body as Footprint } : {}),
    ...(known ? { rollUp: known.rollUp } : {}),
  };
  const last = await findRow(ctx, house, 'passport', id);
  if (last && (last.basis as { item?: string }).item !== itemId) throw new MadangError('passport_taken', { values: { id } });
  const again = makePassport({ ...input, updated: (last?.body as Passport | undefined)?.updated ?? new Date().toISOString() });
  const same = last === undefined || (await contentHash(again)) === last.hash;
  const body = same ? again : { ...again, updated: new Date().toISOString() };
  await append(ctx, house, [await ownRecord(house, 'passport', id, body, { item: itemId })]);
  return refOf(ctx, house, (await findRow(ctx, house, 'passport', id)) as RecordRow, await partyName(ctx, house.id));
}

/** A passport of our own is read here; one that was received, at its maker's address. */
export function refOf(ctx: Context, house: House, row: RecordRow, name: (did: string) => string): PassportRef {
  const { id, body, basis, written_at: createdAt, received_from: from } = row;
  const passport = body as Passport;
  const base = { id, item: (basis as { item?: string } | null)?.item ?? id, name: passport.name, createdAt };
  if (from !== null)
    return {
      ...base,
      url: passport.id,
      json: passport.id.replace('/passports/', '/api/passports/'),
      receivedFrom: { did: from, name: name(from) },
    };
  return {
    ...base,
    url: passportUrl(ctx, house, id),
    json: `${ctx.publicUrl}/api/passports/${house.id}/${encodeURIComponent(id)}`,
    receivedFrom: null,
  };
}

export async function listPassports(ctx: Context, house: House): Promise<PassportRef[]> {
  const [rows, name] = await Promise.all([newestRecords(ctx, house, 'passport'), partyName(ctx, house.id)]);
  return rows.map((row) => refOf(ctx, house, row, name));
}

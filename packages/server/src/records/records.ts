import { RECORD_KINDS, type RecordKind, type RecordView } from '@madang/core/api/views.ts';
import { contentHash } from '@madang/core/canonical.ts';
import { MadangError } from '@madang/core/error.ts';
import type { Context } from '../context.ts';
import type { House } from '../participants/houses.ts';
import { partyName } from '../participants/partners.ts';
import { checkBody } from './check.ts';
import {
  allNewest,
  appendRecords,
  givenBy,
  itemsWithLines,
  linesOf,
  type NewRecord,
  newestRows,
  type Received,
  type RecordRow,
  receiveRecords,
  recordRow,
  type VersionRef,
  versionRows,
} from './store.ts';

export { type NewRecord, REMOVED, type RecordRow, type VersionRef } from './store.ts';

/** @throws MadangError `not_found` */
export function toKind(text: string): RecordKind {
  const kind = RECORD_KINDS.find((k) => k === text);
  if (!kind) throw new MadangError('not_found', { values: { what: text } });
  return kind;
}

/** A record that this participant writes itself. @throws MadangError of the kind's checker */
export async function ownRecord(house: House, kind: RecordKind, id: string, body: unknown, basis?: unknown): Promise<NewRecord> {
  const checked = checkBody(kind, body, 'own');
  return { kind, id, hash: await contentHash(checked), body: checked, writtenBy: house.did, ...(basis === undefined ? {} : { basis }) };
}

/** Appends versions in one transaction; what has not changed gets none. */
export async function append(
  ctx: Context,
  house: House,
  records: readonly NewRecord[],
): Promise<{ stored: VersionRef[]; unchanged: VersionRef[] }> {
  const { stored, unchanged } = await appendRecords(ctx.store, house.id, { records });
  for (const { id } of stored) ctx.changes.tell(house.id, { type: 'record', id });
  return { stored, unchanged };
}

/** The same for what a subscription brings, with its position. Nothing is stored when the transfer has stopped, or stands elsewhere (`stale`). */
export async function receive(ctx: Context, house: House, received: Received): Promise<'done' | 'stopped' | 'stale'> {
  const { outcome, stored = [] } = await receiveRecords(ctx.store, house.id, received);
  for (const { id } of stored) ctx.changes.tell(house.id, { type: 'record', id });
  return outcome;
}

/** @throws MadangError of the kind's checker */
export async function writeRecord(ctx: Context, house: House, kind: RecordKind, id: string, body: unknown): Promise<RecordView> {
  await append(ctx, house, [await ownRecord(house, kind, id, body)]);
  return getRecord(ctx, house, kind, id);
}

export async function findRow(ctx: Context, house: House, kind: RecordKind, id: string): Promise<RecordRow | undefined> {
  return ctx.store.read(house.id, (db) => recordRow(db, kind, id));
}

/** The newest version of every record of a kind, as stored. */
export const newestRecords = (ctx: Context, house: House, kind: RecordKind): Promise<RecordRow[]> =>
  ctx.store.read(house.id, (db) => allNewest(db, kind));

export const bomLines = (ctx: Context, house: House, item: string): Promise<RecordRow[]> =>
  ctx.store.read(house.id, (db) => linesOf(db, item));
export const productsWithLines = (ctx: Context, house: House): Promise<string[]> => ctx.store.read(house.id, itemsWithLines);
export const recordsFrom = (ctx: Context, house: House, kind: RecordKind, partners: readonly string[]): Promise<RecordRow[]> =>
  ctx.store.read(house.id, (db) => givenBy(db, kind, partners));

/** @throws MadangError `not_found` */
export async function getRecord(ctx: Context, house: House, kind: RecordKind, id: string, version?: number): Promise<RecordView> {
  const row = await ctx.store.read(house.id, (db) => recordRow(db, kind, id, version));
  if (!row) throw new MadangError('not_found', { values: { what: id } });
  return (await viewer(ctx, house))(row);
}

export async function listRecords(
  ctx: Context,
  house: House,
  kind: RecordKind,
  filter: { q?: string | undefined; limit: number; after?: string | undefined },
): Promise<RecordView[]> {
  const rows = await ctx.store.read(house.id, (db) => newestRows(db, kind, filter));
  return rows.map(await viewer(ctx, house));
}

export async function listVersions(ctx: Context, house: House, kind: RecordKind, id: string): Promise<RecordView[]> {
  const rows = await ctx.store.read(house.id, (db) => versionRows(db, kind, id));
  if (rows.length === 0) throw new MadangError('not_found', { values: { what: id } });
  return rows.map(await viewer(ctx, house));
}

async function viewer(ctx: Context, house: House): Promise<(row: RecordRow) => RecordView> {
  const name = await partyName(ctx, house.id);
  return ({ kind, id, version, hash, body, written_by: writtenBy, written_at: writtenAt, received_from: from, agreement }) => ({
    kind,
    id,
    version,
    hash,
    body,
    writtenBy,
    writtenAt,
    receivedFrom: from === null ? null : { did: from, name: name(from) },
    agreement,
  });
}

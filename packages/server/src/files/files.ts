import type { StoredFile } from '@madang/core/api/views.ts';
import { MadangError } from '@madang/core/error.ts';
import type { Context } from '../context.ts';
import type { House } from '../participants/houses.ts';
import { partyName } from '../participants/partners.ts';
import { blobPath, removePath } from './place.ts';
import { dropFile, type FileRow, fileRow, fileRows } from './store.ts';
import { blobInTurn } from './turn.ts';

/** A file by the SHA-256 of its content; of several copies our own, else the one received last. @throws MadangError `not_found` */
export async function getFile(ctx: Context, house: House, sha256: string): Promise<StoredFile> {
  const row = await ctx.store.read(house.id, (db) => fileRow(db, sha256));
  if (!row) throw new MadangError('not_found', { values: { what: sha256.slice(0, 80) } });
  return (await viewer(ctx, house))(row);
}

interface Filter {
  readonly q?: string | undefined;
  readonly limit: number;
  /** `next` of the page before. */
  readonly after?: string | undefined;
}

/** Files of our own and received ones, newest first: a content that came in several ways is there once for each. @throws MadangError `bad_request` */
export async function listFiles(ctx: Context, house: House, filter: Filter): Promise<{ files: StoredFile[]; next: string | null }> {
  const after = filter.after === undefined ? undefined : readPlace(filter.after);
  const rows = await ctx.store.read(house.id, (db) => fileRows(db, { q: filter.q, limit: filter.limit, after }));
  const last = rows.length === filter.limit ? rows.at(-1) : undefined;
  return { files: rows.map(await viewer(ctx, house)), next: last ? `${last.stored_at}/${last.sha256}` : null };
}

function readPlace(text: string): { stored_at: string; sha256: string } {
  const [, stored_at, sha256] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z)\/([0-9a-f]{64})$/.exec(text) ?? [];
  if (!stored_at || !sha256) throw new MadangError('bad_request', { values: { why: 'after' } });
  return { stored_at, sha256 };
}

/**
 * Removes a content and all that is known of it, its rows first, so that there is never a row without bytes.
 * `isShown`: whether an open offer shows it.
 * @throws MadangError `not_found`, `file_in_use`
 */
export async function removeFile(ctx: Context, house: House, sha256: string, isShown: () => Promise<boolean>): Promise<void> {
  const path = blobPath(ctx, house.id, sha256);
  await blobInTurn(path, async () => {
    if (await isShown()) throw new MadangError('file_in_use');
    if (!(await ctx.store.write(house.id, (db) => dropFile(db, sha256)))) throw new MadangError('not_found', { values: { what: sha256 } });
    await removePath(path);
  });
}

export async function viewer(ctx: Context, house: House): Promise<(row: FileRow) => StoredFile> {
  const name = await partyName(ctx, house.id);
  return ({ received_from: from, ...row }) => ({
    sha256: row.sha256,
    name: row.name,
    mediaType: row.media_type,
    size: Number(row.size),
    storedAt: row.stored_at,
    receivedFrom: from === null ? null : { did: from, name: name(from) },
    agreement: row.agreement,
    transfer: row.transfer || null,
  });
}

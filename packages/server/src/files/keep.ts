import { link } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { StoredFile } from '@madang/core/api/views.ts';
import { MadangError } from '@madang/core/error.ts';
import type { Context } from '../context.ts';
import type { House } from '../participants/houses.ts';
import { viewer } from './files.ts';
import { cleanName, mediaTypeOf } from './name.ts';
import { blobPath, makeFolderOf, removePath, syncFolder } from './place.ts';
import { addFile } from './store.ts';
import { blobInTurn } from './turn.ts';

export interface FileMeta {
  readonly name: string;
  readonly mediaType: string;
  /** DID of the partner; with `agreement` and `transfer` for what was received. */
  readonly receivedFrom?: string;
  readonly agreement?: string;
  readonly transfer?: string;
  /** What the content must hash to, in hexadecimal digits. */
  readonly sha256?: string;
}

/**
 * Makes a stored file of bytes that are whole and on the disk. They get a second name before the row is there and lose the first one after: a crash leaves
 * a name too much at most.
 * @throws MadangError `file_differs`
 */
export async function keepFile(
  ctx: Context,
  house: House,
  path: string,
  { size, sha256 }: { readonly size: number; readonly sha256: string },
  meta: FileMeta,
): Promise<StoredFile> {
  if (meta.sha256 !== undefined && meta.sha256 !== sha256) {
    await removePath(path);
    throw new MadangError('file_differs', { detail: `${sha256}, not ${meta.sha256}` });
  }
  const row = {
    sha256,
    transfer: meta.transfer ?? '',
    name: cleanName(meta.name),
    media_type: mediaTypeOf(meta.name, meta.mediaType),
    size,
    received_from: meta.receivedFrom ?? null,
    agreement: meta.agreement ?? null,
  };
  const blob = blobPath(ctx, house.id, sha256);
  const stored = await blobInTurn(blob, async () => {
    await nameBlob(path, blob);
    return ctx.store.write(house.id, (db) => addFile(db, house.id, row));
  });
  await removePath(path);
  return (await viewer(ctx, house))(stored);
}

/** Bytes that are there already stay. */
async function nameBlob(path: string, blob: string): Promise<void> {
  await makeFolderOf(blob);
  await link(path, blob).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await syncFolder(dirname(blob));
}

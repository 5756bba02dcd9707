import { open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { MadangError } from '@madang/core/error.ts';
import { makeFolder } from '../config/folder.ts';
import type { Context } from '../context.ts';

type Place = Pick<Context, 'config'>;

/** Mode of what holds a participant's files. */
const OWNER_ONLY = 0o700;

export const filesOf = ({ config }: Place, participant: string): string => join(config.dataFolder, 'files', participant);
export const partialsOf = (ctx: Place, participant: string): string => join(filesOf(ctx, participant), 'partial');

export const isSha256 = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

/** Where the bytes of a content lie. @throws MadangError `not_found` for what is no SHA-256 */
export function blobPath(ctx: Place, participant: string, sha256: string): string {
  if (!isSha256(sha256)) throw new MadangError('not_found', { values: { what: sha256.slice(0, 80) } });
  return join(filesOf(ctx, participant), sha256.slice(0, 2), sha256);
}

/** A key is a name of ours, such as the id of an exchange. @throws MadangError `bad_path_id` for what could lead elsewhere */
export function partialPath(ctx: Place, participant: string, key: string): string {
  if (!/^[A-Za-z0-9_-][A-Za-z0-9._:-]{0,199}$/.test(key)) throw new MadangError('bad_path_id', { values: { id: key.slice(0, 80) } });
  return join(partialsOf(ctx, participant), key);
}

/** Makes the folder of a file, so that it is still there after a power cut. */
export async function makeFolderOf(path: string): Promise<void> {
  const folder = dirname(path);
  makeFolder(folder, OWNER_ONLY);
  await syncFolder(dirname(folder));
}

/** What was named or removed in a folder is on the disk. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** What is not there is removed. */
export const removePath = (path: string): Promise<void> => rm(path, { force: true });

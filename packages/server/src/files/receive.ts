import { createHash, type Hash } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, type FileHandle, open, rename } from 'node:fs/promises';
import type { StoredFile } from '@madang/core/api/views.ts';
import { MadangError } from '@madang/core/error.ts';
import type { Context } from '../context.ts';
import type { ByteSink } from '../http/sink.ts';
import { pour } from '../http/sink.ts';
import type { House } from '../participants/houses.ts';
import { diskError } from './disk.ts';
import { type FileMeta, keepFile } from './keep.ts';
import { makeFolderOf, partialPath, removePath } from './place.ts';
import { BLOCK, writerOf } from './write.ts';

/** A file that is arriving. Any call may throw `disk_full`; after that only `close` and `discard` are left, and a later opening goes on. */
export interface PartialFile extends ByteSink {
  /** Bytes taken so far, of earlier openings too. */
  readonly size: number;
  /** Resolves when more may be given. */
  write(chunk: Uint8Array): Promise<void>;
  /** Keeps what came for a later opening with the same key. */
  close(): Promise<void>;
  discard(): Promise<void>;
  /**
   * Makes a stored file of it; only then is it seen. When the store is away the partial stays, and `finish` works after it is opened again.
   * @throws MadangError `file_differs` (another content than `meta.sha256`; it is discarded)
   */
  finish(meta: FileMeta): Promise<StoredFile>;
}

const opened = new Set<string>();
/** Whether something arrives there at this moment. */
export const isOpen = (path: string): boolean => opened.has(path);

/**
 * Opens what arrives under a key, or goes on where an earlier opening ended.
 * @throws MadangError `conflict` (open already), `bad_path_id`, `disk_full`
 */
export async function openPartial(ctx: Context, house: House, key: string): Promise<PartialFile> {
  const path = partialPath(ctx, house.id, key);
  if (opened.has(path)) throw new MadangError('conflict', { values: { state: 'open' }, detail: path });
  opened.add(path);
  try {
    await makeFolderOf(path);
    const { file, hash, size } = await openOrGoOn(path);
    return receiver(ctx, house, path, file, hash, size);
  } catch (error) {
    opened.delete(path);
    throw diskError(error);
  }
}

async function openOrGoOn(path: string): Promise<{ file: FileHandle; hash: Hash; size: number }> {
  const hash = createHash('sha256');
  const flags = constants.O_RDWR | constants.O_CREAT;
  let file = await open(path, flags, 0o600);
  try {
    const found = await file.stat();
    // It bears the name of a content already, from a `finish` whose end did not come about: what is added must not reach that one.
    if (found.nlink > 1) {
      await file.close();
      await copyFile(path, `${path}~`, constants.COPYFILE_FICLONE);
      await rename(`${path}~`, path);
      file = await open(path, flags);
    }
    let size = 0;
    const block = Buffer.allocUnsafeSlow(Math.min(BLOCK, found.size));
    while (size < found.size) {
      const { bytesRead } = await file.read(block, 0, block.length, size);
      if (bytesRead === 0) break;
      hash.update(block.subarray(0, bytesRead));
      size += bytesRead;
    }
    return { file, hash, size };
  } catch (error) {
    await file.close().catch(() => {});
    throw error;
  }
}

function receiver(ctx: Context, house: House, path: string, file: FileHandle, hash: Hash, already: number): PartialFile {
  const writer = writerOf(file, hash, already);
  let ended = false;
  async function end(): Promise<void> {
    if (ended) return;
    ended = true;
    await writer.settle().catch(() => {});
    await file.close();
    opened.delete(path);
  }
  const partial: PartialFile = {
    get size() {
      return writer.size;
    },
    room: writer.room,
    filled: writer.filled,
    write: (chunk) => pour(writer, chunk),
    close: end,
    async discard() {
      await end();
      await removePath(path);
    },
    async finish(meta) {
      try {
        await writer.settle();
        await file.sync();
        return await keepFile(ctx, house, path, { size: writer.size, sha256: hash.digest('hex') }, meta);
      } catch (error) {
        throw diskError(error);
      } finally {
        await end();
      }
    },
  };
  return partial;
}

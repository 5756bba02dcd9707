import { createReadStream } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import type { StoredFile } from '@madang/core/api/views.ts';
import type { Context } from '../context.ts';
import type { House } from '../participants/houses.ts';
import { getFile } from './files.ts';
import { blobPath } from './place.ts';
import { type ByteRange, pump } from './pump.ts';

export type { ByteRange } from './pump.ts';

/** Bytes of one read: fewer and larger ones cost less. */
const BLOCK = 256 * 1024;

export interface OpenedFile {
  readonly file: StoredFile;
  /** The bytes, or a range within them. A file that is removed meanwhile is read to its end. */
  readonly stream: (range?: ByteRange) => Readable;
  /** Writes a range to its end, at the pace of the one who reads, and ends it: the way for large ones. Fails when either side is gone or `signal` aborts. */
  readonly pump: (to: Writable, range: ByteRange, signal?: AbortSignal) => Promise<void>;
}

/** @throws MadangError `not_found` */
export async function openFile(ctx: Context, house: House, sha256: string): Promise<OpenedFile> {
  const file = await getFile(ctx, house, sha256);
  const path = blobPath(ctx, house.id, sha256);
  return {
    file,
    stream: (range) => createReadStream(path, { highWaterMark: BLOCK, ...range }),
    pump: (to, range, signal) => pump(path, to, range, signal),
  };
}

/**
 * The range that a Range header asks of `size` bytes (RFC 9110 §14.1.2, §14.2): `bytes=a-b`, `a-`, `-n`.
 * Undefined, for the whole: no header, several ranges, another unit, anything that cannot be read.
 */
export function parseRange(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | undefined {
  const [, first, last] = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  if (first === '')
    return last !== '' && Number(last) > 0 && size > 0 ? { start: Math.max(0, size - Number(last)), end: size - 1 } : 'unsatisfiable';
  if (last !== '' && BigInt(last) < BigInt(first)) return undefined;
  if (Number(first) >= size) return 'unsatisfiable';
  return { start: Number(first), end: last === '' ? size - 1 : Math.min(Number(last), size - 1) };
}

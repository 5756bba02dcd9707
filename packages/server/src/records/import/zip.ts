import { crc32, inflateRawSync } from 'node:zlib';
import { MadangError } from '@madang/core/error.ts';
import { IMPORT_LIMITS, sizeText } from './limits.ts';

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const ZIP64_EXTRA = 0x0001;
const FULL = 0xffffffff;

interface Entry {
  readonly name: string;
  readonly method: number;
  /** CRC-32 of the unpacked part. */
  readonly checksum: number;
  readonly packed: number;
  readonly unpacked: number;
  /** Of its local header, from the start of the file. */
  readonly offset: number;
}

const damaged = (detail: string) => new MadangError('import_damaged', { detail });

/**
 * The parts of a ZIP file by name. Before anything is unpacked the sizes that the central directory states are summed; a part that
 * unpacks to more than it stated is refused too, so a false directory gains nothing.
 * Errors: `import_unpacked_too_large`, `import_damaged`, `import_encrypted`.
 */
export function unzip(bytes: Uint8Array, wanted: (name: string) => boolean): Map<string, Uint8Array> {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const entries = directory(view);
    const total = entries.reduce((sum, entry) => sum + entry.unpacked, 0);
    if (total > IMPORT_LIMITS.unpackedBytes) {
      throw new MadangError('import_unpacked_too_large', { values: { limit: sizeText(IMPORT_LIMITS.unpackedBytes) } });
    }
    return new Map(entries.filter((entry) => wanted(entry.name)).map((entry) => [entry.name, intact(unpack(view, entry), entry)]));
  } catch (cause) {
    if (cause instanceof RangeError) throw new MadangError('import_damaged', { cause });
    throw cause;
  }
}

function directory(view: Buffer): Entry[] {
  let end = view.length - 22;
  while (end >= 0 && view.readUInt32LE(end) !== END) end--;
  if (end < 0) throw damaged('no end of central directory');
  const entries: Entry[] = [];
  let at = view.readUInt32LE(end + 16);
  for (let left = view.readUInt16LE(end + 10); left > 0; left--) {
    if (view.readUInt32LE(at) !== ENTRY) throw damaged(`no directory entry at ${at}`);
    if (view.readUInt16LE(at + 8) & 1) throw new MadangError('import_encrypted');
    const nameEnd = at + 46 + view.readUInt16LE(at + 28);
    const extraEnd = nameEnd + view.readUInt16LE(at + 30);
    const sizes = longSizes(view.subarray(nameEnd, extraEnd), [
      view.readUInt32LE(at + 24),
      view.readUInt32LE(at + 20),
      view.readUInt32LE(at + 42),
    ]);
    const name = view.toString('utf8', at + 46, nameEnd);
    entries.push({
      name,
      method: view.readUInt16LE(at + 10),
      checksum: view.readUInt32LE(at + 16),
      unpacked: sizes[0],
      packed: sizes[1],
      offset: sizes[2],
    });
    at = extraEnd + view.readUInt16LE(at + 32);
  }
  return entries;
}

/** ZIP64: a size of all ones stands in the extra field instead, in this order. */
function longSizes(extra: Buffer, sizes: [number, number, number]): [number, number, number] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== ZIP64_EXTRA) continue;
    let value = at + 4;
    for (const [i, size] of sizes.entries()) {
      if (size !== FULL) continue;
      sizes[i] = Number(extra.readBigUInt64LE(value));
      value += 8;
    }
    break;
  }
  return sizes;
}

/** A digit that changed on the way would else be read as if it had been entered. */
function intact(part: Uint8Array, entry: Entry): Uint8Array {
  if (part.length !== entry.unpacked || crc32(part) !== entry.checksum) throw damaged(`checksum of ${entry.name}`);
  return part;
}

function unpack(view: Buffer, entry: Entry): Uint8Array {
  if (view.readUInt32LE(entry.offset) !== LOCAL) throw damaged(`no local header for ${entry.name}`);
  const start = entry.offset + 30 + view.readUInt16LE(entry.offset + 26) + view.readUInt16LE(entry.offset + 28);
  const packed = view.subarray(start, start + entry.packed);
  if (entry.method === 0) return packed;
  if (entry.method !== 8) throw damaged(`packing method ${entry.method}`);
  if (entry.unpacked === 0) return new Uint8Array();
  try {
    return inflateRawSync(packed, { maxOutputLength: entry.unpacked });
  } catch (cause) {
    throw new MadangError('import_damaged', { cause, detail: entry.name });
  }
}

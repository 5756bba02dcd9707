import { MadangError } from '@madang/core/error.ts';

export type FileType = 'xlsx' | 'json' | 'csv';

const SPACES = new Set([0x09, 0x0a, 0x0d, 0x20]);

const starts = (bytes: Uint8Array, ...signature: number[]) => signature.every((byte, i) => bytes[i] === byte);
const refused = (found: string) => new MadangError('import_file_type', { values: { found } });

/**
 * The type of a file by its first bytes; its name does not count, since names are wrong often (a web page saved as .xls).
 * Errors: `import_empty`, `import_encrypted`, `import_file_type`.
 */
export function fileTypeOf(bytes: Uint8Array): FileType {
  if (bytes.every((byte) => SPACES.has(byte))) throw new MadangError('import_empty');
  if (starts(bytes, 0x50, 0x4b)) return 'xlsx';
  if (starts(bytes, 0xd0, 0xcf, 0x11, 0xe0)) throw hasEncryptedPart(bytes) ? new MadangError('import_encrypted') : refused('.xls');
  if (starts(bytes, 0x25, 0x50, 0x44, 0x46)) throw refused('PDF');
  if (starts(bytes, 0xff, 0xd8, 0xff) || starts(bytes, 0x89, 0x50, 0x4e, 0x47)) throw refused('JPG, PNG');
  const first = /[^\s\uFEFF]/.exec(new TextDecoder().decode(bytes.subarray(0, 4096)))?.[0];
  if (first === '<') throw refused('HTML, XML');
  return first === '{' || first === '[' ? 'json' : 'csv';
}

/** An XLSX with a password is an OLE container with a stream of this name, in UTF-16. */
function hasEncryptedPart(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from('EncryptedPackage', 'utf16le'));
}

import { MadangError } from '@madang/core/error.ts';

const MB = 1024 * 1024;

/** What a file may be at most. A route refuses by `fileBytes` before and while it reads the body. */
export const IMPORT_LIMITS = {
  fileBytes: 20 * MB,
  /** All parts of an XLSX together, unpacked. */
  unpackedBytes: 200 * MB,
  /** Rows of a sheet, headings included. */
  rows: 50_000,
  /** Cells of a sheet; small cells in great number cost far more memory than their bytes. */
  cells: 1_500_000,
  /** Errors that one answer lists; the total is always counted. */
  listedErrors: 200,
} as const;

export const sizeText = (bytes: number): string => `${bytes / MB} MB`;

/** The refusal of a file above `IMPORT_LIMITS.fileBytes`: `too_large` (413). */
export const fileTooLarge = (): MadangError => new MadangError('too_large', { values: { limit: sizeText(IMPORT_LIMITS.fileBytes) } });

export const tooManyRows = (): MadangError => new MadangError('import_too_many_rows', { values: { limit: IMPORT_LIMITS.rows } });

/** How often a character of one byte occurs, counted up to `most`. */
export function occurrences(bytes: Uint8Array, char: string, most: number): number {
  const byte = char.charCodeAt(0);
  let count = 0;
  for (let at = bytes.indexOf(byte); at >= 0 && count < most; at = bytes.indexOf(byte, at + 1)) count++;
  return count;
}

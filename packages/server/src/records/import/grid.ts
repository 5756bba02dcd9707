import type { Text } from '@madang/core/text.ts';

/**
 * `text`: as written. `number`: a plain decimal. `percent`: a number that the sheet shows as percent, `35%`.
 * `date`: `YYYY-MM-DD`. `bad`: the reader could not get a value; `problem` says why.
 */
export type Cell =
  | { readonly kind: 'text' | 'number' | 'percent' | 'date'; readonly text: string }
  | { readonly kind: 'bad'; readonly text: string; readonly problem: Text; readonly expected: Text };

export interface GridRow {
  /** As the spreadsheet counts, from 1. */
  readonly number: number;
  /** By column from 0; a place without a cell is empty. */
  readonly cells: readonly (Cell | undefined)[];
}

/** A sheet as rows of cells; rows without any content are left out. */
export interface Grid {
  readonly rows: readonly GridRow[];
  readonly notices: readonly Text[];
  /** Between cells is a semicolon, so a comma inside a number may mean a decimal point. */
  readonly semicolons?: boolean;
  /** The workbook counts its days from 1904. */
  readonly date1904?: boolean;
}

export const isBlank = (cell: Cell | undefined): boolean => !cell || (cell.kind === 'text' && cell.text.trim() === '');

/** `A`, `B`, …, `Z`, `AA` for 0, 1, …, 25, 26. */
export function letter(column: number): string {
  let name = '';
  for (let n = column + 1; n > 0; n = Math.floor((n - 1) / 26)) name = String.fromCharCode(65 + ((n - 1) % 26)) + name;
  return name;
}

export const address = (row: number, column: number): string => `${letter(column)}${row}`;

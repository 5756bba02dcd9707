import { type ErrorCode, MadangError } from '@madang/core/error.ts';
import type { Text } from '@madang/core/text.ts';
import { IMPORT_LIMITS } from './limits.ts';

/** One place of a file that must be corrected. */
export interface RowProblem {
  /** As the spreadsheet or editor counts: the first row (line, in JSON) is 1. */
  readonly row: number;
  /** The heading as the file has it; its letter where there is none; the character in the line for JSON. */
  readonly column: string;
  /** Address in the sheet, such as `H7`. */
  readonly cell?: string;
  readonly found: string;
  readonly expected: Text;
  readonly problem: Text;
}

/** The `data` of every refusal of a file. */
export interface Rejection {
  readonly errors: readonly RowProblem[];
  readonly total: number;
}

const SHOWN = 80;
export const shown = (text: string): string => (text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);

/** The refusal of a file for its problems, in the order of the file; at most `IMPORT_LIMITS.listedErrors` are listed. */
export function rejected(
  problems: readonly RowProblem[],
  code: ErrorCode = 'import_rejected',
  values: Record<string, string> = {},
): MadangError {
  const ordered = problems.toSorted((a, b) => a.row - b.row);
  const data: Rejection = { errors: ordered.slice(0, IMPORT_LIMITS.listedErrors), total: problems.length };
  return new MadangError(code, { values: { ...values, total: problems.length }, data });
}

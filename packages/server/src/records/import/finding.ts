import type { Finding } from '@madang/core/check.ts';
import { MadangError } from '@madang/core/error.ts';
import type { RowProblem } from './problem.ts';
import type { ReadRow } from './rows.ts';

/** The body when it passes the check of its kind; else what the check found, each at the column that `keyOf` names for its JSON pointer. */
export function checked<T>(row: ReadRow, check: () => T, keyOf: (path: string) => string): T | RowProblem[] {
  try {
    return check();
  } catch (cause) {
    if (!(cause instanceof MadangError) || !Array.isArray(cause.data)) throw cause;
    return (cause.data as Finding[]).map((finding) => {
      const at = row.at(keyOf(finding.path));
      return {
        ...at,
        found: at.cell === undefined ? finding.found : at.found,
        problem: { ko: '값이 규칙에 맞지 않습니다.', en: 'The value breaks a rule.' },
        expected: finding.expected,
      };
    });
  }
}

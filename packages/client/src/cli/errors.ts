import type { Reason } from '@madang/core/api/views.ts';
import type { Finding } from '@madang/core/check.ts';
import type { Text } from '@madang/core/text.ts';
import type { ApiError } from '../error.ts';
import { refusal } from './reasons.ts';
import { table } from './table.ts';

type T = (text: Text) => string;

/** What a refused file carries, one entry a place to correct. */
interface RowProblem {
  readonly row: number;
  readonly column: string;
  readonly found: string;
  readonly expected: Text;
  readonly problem: Text;
}

/** An error for a person: its text, then what its data say in detail. */
export function errorLines(error: ApiError, t: T): string[] {
  return [t(error.text), ...details(error, t)];
}

function details({ data, text }: ApiError, t: T): string[] {
  if (Array.isArray(data)) return [...findings(data.filter(isFinding), t), ...refusal(data.filter(isReason), text, null, t)];
  const { errors, total, reasons } = (data ?? {}) as { errors?: RowProblem[]; total?: number; reasons?: Reason[] };
  if (Array.isArray(errors)) return rows(errors, total ?? errors.length, t);
  return Array.isArray(reasons) ? refusal(reasons, text, null, t) : [];
}

const isFinding = (entry: unknown): entry is Finding =>
  typeof (entry as Finding | null)?.path === 'string' && 'expected' in (entry as Finding);
const isReason = (entry: unknown): entry is Reason => typeof (entry as Reason | null)?.code === 'string' && 'text' in (entry as Reason);

function rows(errors: readonly RowProblem[], total: number, t: T): string[] {
  const head = [
    t({ ko: '행', en: 'row' }),
    t({ ko: '열', en: 'column' }),
    t({ ko: '잘못된 점', en: 'what is wrong' }),
    t({ ko: '있는 값', en: 'found' }),
    t({ ko: '맞는 값', en: 'expected' }),
  ];
  const more = total > errors.length ? [t({ ko: `… 그 밖에 ${total - errors.length}개`, en: `… and ${total - errors.length} more` })] : [];
  return [
    '',
    ...table(
      head,
      errors.map((e) => [String(e.row), e.column, t(e.problem), e.found, t(e.expected)]),
    ),
    ...more,
  ];
}

/** The places of a record that must be corrected. */
function findings(all: readonly Finding[], t: T): string[] {
  if (all.length === 0) return [];
  const head = [t({ ko: '항목', en: 'field' }), t({ ko: '있는 값', en: 'found' }), t({ ko: '맞는 값', en: 'expected' })];
  return [
    '',
    ...table(
      head,
      all.map((f) => [f.path, f.found, t(f.expected)]),
    ),
  ];
}

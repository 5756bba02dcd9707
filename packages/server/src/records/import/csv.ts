import type { MadangError } from '@madang/core/error.ts';
import { CsvError, parse } from 'csv-parse/sync';
import { decode, UNDECODABLE } from './decode.ts';
import { address, type Cell, type Grid, type GridRow, isBlank, letter } from './grid.ts';
import { IMPORT_LIMITS, occurrences, tooManyRows } from './limits.ts';
import { rejected, shown } from './problem.ts';

const SEPARATORS = [',', ';', '\t'] as const;

/** The separator that occurs most often outside quotes in the first line that has content. */
function separatorOf(text: string): string {
  const counts = new Map<string, number>(SEPARATORS.map((separator) => [separator, 0]));
  let quoted = false;
  let content = false;
  for (const char of text) {
    if (char === '"') quoted = !quoted;
    if (!quoted && (char === '\n' || char === '\r') && content) break;
    if (!quoted && counts.has(char)) counts.set(char, counts.get(char)! + 1);
    content ||= char.trim() !== '';
  }
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

const cellOf = (text: string): Cell | undefined =>
  text === '' ? undefined : text.includes('\uFFFD') ? { kind: 'bad', text, ...UNDECODABLE } : { kind: 'text', text };

/**
 * Reads a CSV with comma, semicolon or tab between cells and quotes around them. Rows count as Excel shows them.
 * Errors: `import_rejected` for quotes that do not close, `import_too_many_rows`, `import_file_type`.
 */
export function readCsv(bytes: Uint8Array): Grid {
  const { text, notices } = decode(bytes);
  const separator = separatorOf(text);
  if (occurrences(bytes, separator, IMPORT_LIMITS.cells) >= IMPORT_LIMITS.cells) throw tooManyRows();
  const rows: GridRow[] = [];
  for (const [i, record] of records(text, separator).entries()) {
    const cells = record.map(cellOf);
    if (!cells.every(isBlank)) rows.push({ number: i + 1, cells });
  }
  return { rows, notices, semicolons: separator === ';' };
}

function records(text: string, delimiter: string): string[][] {
  let all: string[][];
  try {
    all = parse(text, { bom: true, delimiter, relax_column_count: true, skip_empty_lines: false, to: IMPORT_LIMITS.rows + 1 });
  } catch (cause) {
    throw cause instanceof CsvError ? badQuotes(cause) : cause;
  }
  if (all.length > IMPORT_LIMITS.rows) throw tooManyRows();
  return all;
}

function badQuotes(error: CsvError): MadangError {
  const row = Number(error['records'] ?? 0) + 1;
  const column = Number(error['column'] ?? 0) || 0;
  return rejected([
    {
      row,
      column: letter(column),
      cell: address(row, column),
      found: shown(String(error['field'] ?? '"')),
      problem: { ko: '큰따옴표(")의 짝이 맞지 않습니다.', en: 'The double quotes (") do not pair up.' },
      expected: { ko: '칸 전체를 "…"로 감싸고, 안의 따옴표는 ""로 쓰세요.', en: 'The whole cell in "…", a quote inside it written as "".' },
    },
  ]);
}

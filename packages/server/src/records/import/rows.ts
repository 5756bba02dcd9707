import type { Text } from '@madang/core/text.ts';
import type { Column, ImportContext, Table } from './column.ts';
import { address, type Cell, type Grid, isBlank } from './grid.ts';
import { type Placed, placeColumns } from './heading.ts';
import { type RowProblem, shown } from './problem.ts';
import { good, halfWidth, type Value, wrong } from './value.ts';
import { readDate, readMonth } from './value-date.ts';
import { readChoice, readCountry, readPartner, readUnit } from './value-list.ts';
import { readNumber } from './value-number.ts';

/** A row of the file: values by the key of their column; an empty cell has none. */
export interface ReadRow {
  readonly number: number;
  readonly values: Readonly<Record<string, string>>;
  /** Every required column is there and every cell could be read. */
  readonly readable: boolean;
  /** The place of a column in the file, for problems found later. */
  readonly at: (key: string) => Pick<RowProblem, 'row' | 'column' | 'cell' | 'found'>;
}

export interface ReadTable {
  readonly rows: readonly ReadRow[];
  readonly notices: readonly Text[];
  readonly problems: readonly RowProblem[];
}

/** Reads every row by the table, whatever is wrong in others: all problems of the file at once. */
export function readRows(table: Table, grid: Grid, context: ImportContext): ReadTable {
  const [header, ...body] = grid.rows;
  if (!header) return { rows: [], notices: [], problems: [] };
  const { placed, problems } = placeColumns(table, header, body);
  const complete = table.columns.every((column) => !column.required || placed.some((p) => p.column === column));
  const notices: Text[] = [];
  const rows = body.map((row): ReadRow => {
    const values: Record<string, string> = {};
    const before = problems.length;
    const at = (key: string) => placeOf(key, row.number, row.cells, placed);
    for (const { column, index } of placed) {
      const value = readCell(column, row.cells[index], grid, context);
      if (!value) continue;
      if ('problem' in value) problems.push({ ...at(column.key), ...value });
      else values[column.key] = value.value;
      if ('notice' in value && value.notice) notices.push(inCell(value.notice, address(row.number, index)));
    }
    return { number: row.number, values, readable: complete && problems.length === before, at };
  });
  problems.push(...doubles(table, rows));
  return { rows, notices, problems };
}

const inCell = (text: Text, cell: string): Text => ({ ko: `${cell}: ${text.ko}`, en: `${cell}: ${text.en}` });

function placeOf(key: string, row: number, cells: readonly (Cell | undefined)[], placed: readonly Placed[]) {
  const here = placed.find((p) => p.column.key === key);
  if (!here) return { row, column: key, found: '' };
  return { row, column: here.heading, cell: address(row, here.index), found: shown(cells[here.index]?.text ?? '') };
}

const MISSING = wrong({ ko: '꼭 필요한 칸이 비어 있습니다.', en: 'A required cell is empty.' }, { ko: '', en: '' });

function readCell(column: Column, cell: Cell | undefined, grid: Grid, context: ImportContext): Value | undefined {
  if (cell?.kind === 'bad') return cell;
  if (!cell || isBlank(cell)) return column.required ? { ...MISSING, expected: column.help } : undefined;
  if (cell.kind === 'date' && column.type === 'decimal') {
    return wrong(
      { ko: '숫자 칸에 날짜가 있습니다.', en: 'There is a date where a number belongs.' },
      { ko: '셀 서식을 숫자로 바꾸고 값을 다시 쓰세요.', en: 'Format the cell as a number and write the value again.' },
    );
  }
  switch (column.type) {
    case 'text':
      return good(cell.text.normalize('NFC').trim());
    case 'decimal':
      return readNumber(cell.text, column.rule, grid.semicolons ?? false);
    case 'day':
      return readDate(cell.text, grid.date1904);
    case 'month':
      return readMonth(cell.text, grid.date1904);
    case 'unit':
      return readUnit(cell.text, column.declared);
    case 'choice':
      return readChoice(halfWidth(cell.text), column.choices);
    case 'country':
      return readCountry(cell.text);
    case 'partner':
      return readPartner(cell.text, context.resolvePartner);
  }
}

/** Rows whose unique columns repeat those of an earlier row. */
function doubles(table: Table, rows: readonly ReadRow[]): RowProblem[] {
  const seen = new Map<string, number>();
  const problems: RowProblem[] = [];
  for (const row of rows) {
    const parts = table.unique.map((key) => row.values[key]);
    if (parts[0] === undefined) continue;
    const key = JSON.stringify(parts);
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, row.number);
      continue;
    }
    problems.push({
      ...row.at(table.unique.at(-1)!),
      found: shown(parts.filter(Boolean).join(' · ')),
      problem: { ko: `${first}행과 같은 항목입니다.`, en: `It repeats row ${first}.` },
      expected: { ko: '두 행 가운데 하나를 지우거나 ID를 고치세요.', en: 'Delete one of the two rows, or correct the identifier.' },
    });
  }
  return problems;
}

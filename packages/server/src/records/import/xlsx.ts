import * as XLSX from '@e965/xlsx';
import { MadangError } from '@madang/core/error.ts';
import { fill, type Text } from '@madang/core/text.ts';
import { address, type Cell, type Grid, type GridRow, isBlank, letter } from './grid.ts';
import { IMPORT_LIMITS, tooManyRows } from './limits.ts';
import { rejected } from './problem.ts';
import { cellOf, merged } from './xlsx-cell.ts';
import { repack } from './xlsx-parts.ts';

const HIDDEN_ROWS: Text = {
  ko: '숨긴 행도 함께 읽었습니다: {rows}. 빼려면 그 행을 지우고 다시 올리세요.',
  en: 'Hidden rows were read too: {rows}. To leave them out, delete them and send the file again.',
};
const SHEET_READ: Text = {
  ko: "시트 '{sheet}'만 읽었습니다. 다른 시트는 읽지 않았습니다.",
  en: 'Only the sheet “{sheet}” was read; the other sheets were not.',
};
const MERGED_HEADER = {
  problem: { ko: '제목 줄에 병합된 셀이 있습니다.', en: 'The row of headings has merged cells.' },
  expected: {
    ko: '병합을 풀고(홈 > 병합하고 가운데 맞춤), 한 열에 제목 하나씩 한 줄로 쓰세요.',
    en: 'Unmerge them (Home > Merge & Center) and write one heading to a column, in one row.',
  },
};

type Book = XLSX.WorkBook & { Workbook?: { Sheets?: { name: string; Hidden?: number }[]; WBProps?: { date1904?: boolean } } };

/**
 * Reads the sheet of one of the names, else the first visible one. Errors: those of `unzip`, `import_file_type`, `import_damaged`,
 * `import_merged_header`, `import_too_many_rows`.
 */
export function readXlsx(bytes: Uint8Array, names: readonly string[]): Grid {
  const repacked = repack(bytes);
  const book = parse(repacked, { sheets: [] });
  const sheets = book.Workbook?.Sheets ?? book.SheetNames.map((name) => ({ name, Hidden: 0 }));
  const visible = sheets.filter((sheet) => !sheet.Hidden).map((sheet) => sheet.name);
  const known = visible.find((name) => names.some((n) => n.toLowerCase() === name.trim().toLowerCase()));
  const name = known ?? visible[0];
  if (name === undefined) throw new MadangError('import_damaged', { detail: 'no visible sheet' });
  const sheet = parse(repacked, {
    sheets: name,
    dense: true,
    cellNF: true,
    cellStyles: true,
    cellHTML: false,
    sheetRows: IMPORT_LIMITS.rows + 1,
    nodim: true,
  }).Sheets[name];
  if (!sheet) throw new MadangError('import_damaged', { detail: `sheet ${name}` });
  const date1904 = book.Workbook?.WBProps?.date1904 ?? false;
  const rows = rowsOf(sheet, date1904);
  const notices = hiddenRows(sheet, rows);
  if (known === undefined && visible.length > 1) notices.push(fill(SHEET_READ, { sheet: name }));
  return { rows, notices, date1904 };
}

function parse(bytes: Uint8Array, options: XLSX.ParsingOptions): Book {
  try {
    return XLSX.read(bytes, { type: 'buffer', ...options }) as Book;
  } catch (cause) {
    throw new MadangError('import_damaged', { cause });
  }
}

function rowsOf(sheet: XLSX.WorkSheet, date1904: boolean): GridRow[] {
  const data = (sheet['!data'] ?? []) as (XLSX.CellObject | undefined)[][];
  const rows: GridRow[] = [];
  for (const [r, line] of data.entries()) {
    const cells: (Cell | undefined)[] = Array.from(line ?? [], (cell) => cell && cellOf(cell, date1904));
    if (!cells.every(isBlank)) rows.push({ number: r + 1, cells });
  }
  if (rows.length > 0 && rows.at(-1)!.number > IMPORT_LIMITS.rows) {
    throw tooManyRows();
  }
  return withoutMerges(rows, sheet['!merges'] ?? []);
}

/** A merge in the headings refuses the file; one below marks the cell that holds its value. */
function withoutMerges(rows: GridRow[], merges: readonly XLSX.Range[]): GridRow[] {
  const header = rows[0]?.number;
  if (header === undefined || merges.length === 0) return rows;
  const inHeader = merges.filter(({ s, e }) => s.r < header && e.r >= header - 1);
  if (inHeader.length > 0) {
    const cells = inHeader.map((range) => XLSX.utils.encode_range(range)).join(', ');
    const problems = inHeader.map((range) => ({
      row: header,
      column: letter(range.s.c),
      cell: address(header, range.s.c),
      found: XLSX.utils.encode_range(range),
      ...MERGED_HEADER,
    }));
    throw rejected(problems, 'import_merged_header', { cells });
  }
  const byRow = Map.groupBy(merges, (range) => range.s.r + 1);
  return rows.map((row) => ({
    number: row.number,
    cells: row.cells.map((cell, c) => {
      const range = byRow.get(row.number)?.find((m) => m.s.c === c);
      return range && !isBlank(cell) ? merged(XLSX.utils.encode_range(range)) : cell;
    }),
  }));
}

function hiddenRows(sheet: XLSX.WorkSheet, rows: readonly GridRow[]): Text[] {
  const info = sheet['!rows'] ?? [];
  const hidden = rows.filter((row) => info[row.number - 1]?.hidden).map((row) => row.number);
  if (hidden.length === 0) return [];
  const more = hidden.length > 10 ? ' …' : '';
  return [fill(HIDDEN_ROWS, { rows: hidden.slice(0, 10).join(', ') + more })];
}

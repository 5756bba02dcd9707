import type { Column } from './data-table.tsx';

const BOM = '\uFEFF';

/** Quotes what CSV needs quoted; a leading `=`, `+`, `-` or `@` that is no number gets a quote mark, so that no spreadsheet runs it. */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows as CSV (UTF-8 with byte order mark, which spreadsheets in Korea need), only the columns that have a text. */
export function toCsv<Row>(rows: readonly Row[], columns: readonly Pick<Column<Row>, 'head' | 'text'>[]): string {
  const kept = columns.flatMap((c) => (c.text ? [{ head: c.head, text: c.text }] : []));
  const lines = [kept.map((c) => csvCell(c.head)), ...rows.map((row) => kept.map((c) => csvCell(c.text(row))))];
  return BOM + lines.map((cells) => `${cells.join(',')}\r\n`).join('');
}

export function saveCsv<Row>(name: string, rows: readonly Row[], columns: readonly Column<Row>[]): void {
  save(`${name}.csv`, new Blob([toCsv(rows, columns)], { type: 'text/csv' }));
}

/** Hands a file to the person. */
export function save(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** Columns that a character takes in a terminal: two for Hangul, Han, kana and full-width forms, none for combining marks. */
function columns(character: string): number {
  const code = character.codePointAt(0)!;
  if (code >= 0x300 && code <= 0x36f) return 0;
  const wide =
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    code >= 0x1f300;
  return wide ? 2 : 1;
}

export const width = (text: string): number => Array.from(text, columns).reduce((sum, c) => sum + c, 0);
export const padEnd = (text: string, to: number): string => text + ' '.repeat(Math.max(0, to - width(text)));
export const padStart = (text: string, to: number): string => ' '.repeat(Math.max(0, to - width(text))) + text;

const NUMBER = /^-?[\d,]+(\.\d+)?( ?%)?$/;

/** Lines of a table: columns as wide as their longest cell, columns of figures to the right, the last one left ragged. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const right = head.map((_, i) => rows.length > 0 && rows.every((row) => row[i] === '' || NUMBER.test(row[i] ?? '')));
  const wide = head.map((h, i) => Math.max(width(h), ...rows.map((row) => width(row[i] ?? ''))));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => (right[i] ? padStart(cell, wide[i]!) : i === cells.length - 1 ? cell : padEnd(cell, wide[i]!)))
      .join('  ')
      .trimEnd();
  return [line(head), wide.map((w) => '─'.repeat(w)).join('  '), ...rows.map(line)];
}

/** Label and value below each other, labels of one width. */
export function pairs(entries: readonly (readonly [string, string])[]): string[] {
  const wide = Math.max(0, ...entries.map(([label]) => width(label)));
  return entries.map(([label, value]) => `${padEnd(label, wide)}  ${value}`.trimEnd());
}

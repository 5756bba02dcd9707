import { compare, type Decimal, sum, toNumber } from '@madang/core/decimal.ts';

export interface Fall<Row> {
  readonly row: Row;
  /** Where the bar begins and ends, in the unit of the values. */
  readonly from: number;
  readonly to: number;
}

/** Bars that each begin where the one before ended, the largest first; with the exact total and the extent to draw. */
export function falls<Row extends { readonly value: Decimal }>(
  rows: readonly Row[],
): { bars: Fall<Row>[]; total: Decimal; extent: [number, number] } {
  const ordered = [...rows].sort((a, b) => compare(b.value, a.value));
  let at = 0;
  const bars = ordered.map((row) => {
    const from = at;
    at += toNumber(row.value);
    return { row, from, to: at };
  });
  const ends = bars.flatMap((b) => [b.from, b.to]);
  return { bars, total: sum(rows.map((r) => r.value)), extent: [Math.min(0, ...ends), Math.max(0, ...ends)] };
}

const WIDE_LETTER = 12.6;
const LETTER = 7;

/** The usual width of a name in 13 px letters. */
export const widthOf = (name: string): number => [...name].reduce((px, letter) => px + (isWide(letter) ? WIDE_LETTER : LETTER), 0);

const isWide = (letter: string) => letter > '\u2e7f';

/** A name cut to a width in px, by the usual widths of 13 px letters. */
export function clip(name: string, px: number): string {
  let left = px;
  let kept = '';
  for (const letter of name) {
    left -= isWide(letter) ? WIDE_LETTER : LETTER;
    if (left < 0) return `${kept.slice(0, -1)}…`;
    kept += letter;
  }
  return kept;
}

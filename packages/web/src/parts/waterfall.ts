import { type Decimal, compare, sum, toNumber } from '@madang/core/decimal.ts';

export interface Fall<Row> {
  readonly row: Row;
  /** Where the bar begins and ends, in the unit of the values. */
  readonly from: number;
  readonly to: number;
}

/** Bars that each begin where the one before ended, the largest first; with the exact total and the extent to draw. */
export function falls<Row extends { readonly value: Decimal }>(rows: readonly Row[]): { bars: Fall<Row>[]; total: Decimal; extent: [number, number] } {
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

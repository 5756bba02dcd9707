import type { Decimal } from '@madang/core/decimal.ts';

const SCIENTIFIC = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;

/** Writes `1.5E-05` as `0.000015`; undefined for anything that is no plain or scientific number. */
export function plain(text: string): string | undefined {
  const m = SCIENTIFIC.exec(text);
  if (!m) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = m;
  const point = whole.length + Number(exponent);
  const digits = whole + fraction;
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = Math.max(point, 1);
  const right = padded.slice(at).replace(/0+$/, '');
  return `${sign}${padded.slice(0, at).replace(/^0+(?=\d)/, '')}${right && `.${right}`}`;
}

/** A spreadsheet keeps 15 significant digits; what a double holds beyond them (0.30000000000000004) was never entered. */
export const ofSheetNumber = (value: number): Decimal => shifted(value, 0);

/** `0.35` as `35`. */
export const timesHundred = (value: number): Decimal => shifted(value, 2);

function shifted(value: number, places: number): Decimal {
  const [mantissa, exponent] = value.toExponential(14).split('e');
  return plain(`${mantissa}e${Number(exponent) + places}`) as Decimal;
}

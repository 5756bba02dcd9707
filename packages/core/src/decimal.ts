import Big from 'big.js';
import { MadangError } from './error.ts';

/** A plain decimal in normal form: no exponent, no plus sign, no needless zeros: `-0.5`, `12`, `3.14`. Never a JSON number. */
export type Decimal = string;

/** `half_even`: ties to the even digit; `half_up`: ties away from zero; `down`: towards zero; `up`: away from zero. */
export type Rounding = 'half_even' | 'half_up' | 'down' | 'up';

const MODE = { down: 0, half_up: 1, half_even: 2, up: 3 } as const;
const PLAIN = /^-?\d+(\.\d+)?$/;
const MAX_LENGTH = 120;

const out = (x: Big): Decimal => (x.eq(0) ? '0' : x.toFixed());

export function isDecimal(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_LENGTH && PLAIN.test(value);
}

/**
 * Reads a plain decimal string into normal form. Grouping commas, exponents, signs other than a leading minus,
 * JSON numbers and more than 120 characters are refused with `bad_decimal`.
 */
export function parseDecimal(value: unknown): Decimal {
  if (!isDecimal(value)) {
    const shown = typeof value === 'string' ? value.slice(0, 40) : typeof value === 'number' ? `${value} (number)` : typeof value;
    throw new MadangError('bad_decimal', { values: { value: shown } });
  }
  return out(new Big(value));
}

export const add = (a: Decimal, b: Decimal): Decimal => out(new Big(a).plus(b));
export const sub = (a: Decimal, b: Decimal): Decimal => out(new Big(a).minus(b));
export const mul = (a: Decimal, b: Decimal): Decimal => out(new Big(a).times(b));
export const abs = (a: Decimal): Decimal => out(new Big(a).abs());
export const sum = (all: Iterable<Decimal>): Decimal => {
  let total = new Big(0);
  for (const a of all) total = total.plus(a);
  return out(total);
};

/** -1, 0 or 1. */
export const compare = (a: Decimal, b: Decimal): -1 | 0 | 1 => new Big(a).cmp(b);
export const isZero = (a: Decimal): boolean => new Big(a).eq(0);
export const isNegative = (a: Decimal): boolean => new Big(a).lt(0);

/** a / b, rounded to `digits` places after the point. Throws RangeError when b is zero. */
export function div(a: Decimal, b: Decimal, digits: number, rounding: Rounding): Decimal {
  if (isZero(b)) throw new RangeError('division by zero');
  const Quotient = Big();
  Quotient.DP = digits;
  Quotient.RM = MODE[rounding];
  return out(new Quotient(a).div(b));
}

/** Rounds to `digits` places after the point. */
export const round = (a: Decimal, digits: number, rounding: Rounding): Decimal => out(new Big(a).round(digits, MODE[rounding]));

/** Rounds to `digits` significant digits. */
export const roundSignificant = (a: Decimal, digits: number, rounding: Rounding): Decimal =>
  isZero(a) ? '0' : out(new Big(a).prec(digits, MODE[rounding]));

/** For drawing and bulk arithmetic only. */
export const toNumber = (a: Decimal): number => Number(a);

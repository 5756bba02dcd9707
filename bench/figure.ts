import type { Text } from '@madang/core/text.ts';

/** What was measured, beside what it is compared with. */
export interface Figure {
  readonly id: string;
  readonly name: Text;
  readonly value: number;
  /** `ms`, `s`, `/s`, `MB/s`, `MB` (10^6 bytes), `kB` (10^3 bytes); empty for a count. */
  readonly unit: string;
  /** In the unit of the value. */
  readonly beside?: { readonly what: Text; readonly value: number };
  readonly target?: Target;
}

/** The value, or its ratio to what stands beside it, is at most or at least `limit`. */
export interface Target {
  readonly of: 'value' | 'ratio';
  readonly is: 'at most' | 'at least';
  readonly limit: number;
}

export const FLOOR: Text = { ko: '바닥', en: 'floor' };
export const atMost = (of: Target['of'], limit: number): Target => ({ of, is: 'at most', limit });
export const atLeast = (of: Target['of'], limit: number): Target => ({ of, is: 'at least', limit });

export const ratioOf = ({ value, beside }: Figure): number | undefined => beside && value / beside.value;

/** Undefined for a figure without a target. */
export function isMet(figure: Figure): boolean | undefined {
  if (!figure.target) return undefined;
  const { of, is, limit } = figure.target;
  const measured = of === 'value' ? figure.value : ratioOf(figure);
  return measured !== undefined && (is === 'at most' ? measured <= limit : measured >= limit);
}

/** A count that must be reached in full. */
export const allOf = (id: string, name: Text, value: number, started: number): Figure => ({
  id,
  name,
  value,
  unit: '',
  beside: { what: { ko: '시작', en: 'started' }, value: started },
  target: atLeast('ratio', 1),
});

/** The smallest value that at least the share `p` (0 to 1] of the values does not exceed (nearest rank). */
export function percentile(values: readonly number[], p: number): number {
  if (values.length === 0 || !(p > 0 && p <= 1)) throw new RangeError(`no percentile ${p} of ${values.length} values`);
  return values.toSorted((a, b) => a - b)[Math.ceil(p * values.length) - 1] as number;
}

/** The middle value; of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.slice((sorted.length - 1) >> 1, (sorted.length >> 1) + 1);
  return middle.reduce((sum, v) => sum + v, 0) / middle.length;
}

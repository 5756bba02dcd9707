/** A decimal for a person: at most so many places, thousands with comma. The exact figure is in `--json`. */
export function shown(value: string | null, places = 3): string {
  if (value === null) return '-';
  return Number(value).toLocaleString('en-US', { maximumFractionDigits: places });
}

/** A share of 0 to 1 as a percentage. */
export const percent = (share: string | null): string => (share === null ? '-' : `${shown(String(Number(share) * 100), 1)} %`);

export const seconds = (ms: number): string => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);

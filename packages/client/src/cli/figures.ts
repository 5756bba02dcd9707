import { STAGE_LABEL, type Stage } from '@madang/core/footprint/stages.ts';
import type { Text } from '@madang/core/text.ts';
import { findUnit, symbolOf } from '@madang/core/units.ts';

/** A decimal for a person: at most so many places, thousands with comma. The exact figure is in `--json`. */
export function shown(value: string | null, places = 3): string {
  if (value === null) return '-';
  return Number(value).toLocaleString('en-US', { maximumFractionDigits: places });
}

/** A share of 0 to 1 as a percentage. */
export const percent = (share: string | null): string => (share === null ? '-' : `${shown(String(Number(share) * 100), 1)} %`);

export const seconds = (ms: number): string => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);

/** A unit as it is written behind a figure. */
export function unitOf(unit: string): string {
  const known = findUnit(unit);
  return known ? symbolOf(known) : unit;
}

export const stageOf = (stage: string): Text => STAGE_LABEL[stage as Stage] ?? { ko: stage, en: stage };

/** Bytes in the units that disks and links are sold by (10^3). */
export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const step = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  return `${shown(String(bytes / 1000 ** step), step === 0 ? 0 : 1)} ${units[step]}`;
}

import type { Text } from '../text.ts';
import { isInstant } from '../time.ts';

const DAY_MS = 86_400_000;
const SEOUL_MS = 9 * 3_600_000;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * An instant in UTC with nine digits of a second, so that comparing two as text compares them in time; null when it is none.
 * Seconds may be absent: the specification's own examples write `2023-12-31T06:00Z`.
 */
export function instantKey(value: unknown): string | null {
  const text = typeof value === 'string' ? value.replace(/^(.{10}T\d\d:\d\d)(Z|[+-]\d\d:\d\d)$/, '$1:00$2') : value;
  if (!isInstant(text)) return null;
  const fraction = /\.(\d+)/.exec(text)?.[1] ?? '';
  const utc = text.endsWith('Z') ? text : new Date(Date.parse(text.replace(/\.\d+/, ''))).toISOString();
  return /^\d{4}-/.test(utc) ? `${utc.slice(0, 19)}.${fraction.padEnd(9, '0')}Z` : null;
}

/** The clock in Seoul at an instant key: `2026-12-31`, `23:59:59`, and the digits below the second. */
export function seoulClock(key: string): { day: string; time: string; fraction: string } {
  const local = new Date(Date.parse(`${key.slice(0, 19)}Z`) + SEOUL_MS).toISOString();
  return { day: local.slice(0, 10), time: local.slice(11, 19), fraction: key.slice(20, 29) };
}

export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** `2026-12-31` and `31 Dec 2026`. */
export const dayText = (day: string): Text => ({
  ko: day,
  en: `${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`,
});

/** An instant to the minute, or to the second where it has any, on the clock of Seoul. */
export function instantText(key: string): Text {
  const { day, time } = seoulClock(key);
  const clock = time.endsWith(':00') ? time.slice(0, 5) : time;
  return { ko: `${day} ${clock}(한국 시간)`, en: `${dayText(day).en}, ${clock} (Seoul time)` };
}

/** The day in Seoul that begins at exactly this instant, or null. */
export function dayStartingAt(value: string): string | null {
  const key = instantKey(value);
  if (key === null) return null;
  const { day, time, fraction } = seoulClock(key);
  return time === '00:00:00' && Number(fraction) === 0 ? day : null;
}

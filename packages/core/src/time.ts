import { MadangError } from './error.ts';

/** An instant as ISO 8601 with offset, for example `2026-11-24T09:00:00Z`. */
export type Instant = string;

/** Half open: `start` belongs to it, `end` does not. An absent bound is open. */
export interface Interval {
  readonly start?: Instant;
  readonly end?: Instant;
}

const INSTANT = /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(\.\d{1,9})?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;
const SEOUL_OFFSET_MS = 9 * 3_600_000;

/** A day that the calendar has: `2026-02-30` is not one. */
export function isDay(value: unknown): value is string {
  const m = typeof value === 'string' ? DAY.exec(value) : null;
  if (!m) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value as string);
}

/** Strict ISO 8601 with seconds and an offset; a local time without an offset is not an instant. */
export function isInstant(value: unknown): value is Instant {
  return typeof value === 'string' && INSTANT.test(value) && isDay(value.slice(0, 10));
}

/** Milliseconds since 1970. Error `bad_time`. */
export function epochMs(value: unknown): number {
  if (!isInstant(value)) throw bad(value, '2026-11-24T09:00:00Z');
  return Date.parse(value);
}

/** The same instant in UTC with `Z`; milliseconds are kept only if there are any. */
export function toUtc(value: unknown): Instant {
  return new Date(epochMs(value)).toISOString().replace('.000Z', 'Z');
}

/** The instants at which a day begins and ends in Seoul (UTC+9, no summer time since 1988). Error `bad_time`. */
export function seoulDay(day: string): { start: Instant; end: Instant } {
  if (!isDay(day)) throw bad(day, '2026-11-24');
  const start = Date.parse(`${day}T00:00:00Z`) - SEOUL_OFFSET_MS;
  return { start: toUtc(new Date(start).toISOString()), end: toUtc(new Date(start + 86_400_000).toISOString()) };
}

/** The day in Seoul at an instant, `YYYY-MM-DD`. */
export function dayInSeoul(instant: Instant): string {
  return new Date(epochMs(instant) + SEOUL_OFFSET_MS).toISOString().slice(0, 10);
}

export function contains({ start, end }: Interval, at: Instant): boolean {
  const t = epochMs(at);
  return (start === undefined || epochMs(start) <= t) && (end === undefined || t < epochMs(end));
}

export function overlaps(a: Interval, b: Interval): boolean {
  const before = (end: Instant | undefined, start: Instant | undefined) =>
    end !== undefined && start !== undefined && epochMs(end) <= epochMs(start);
  return !before(a.end, b.start) && !before(b.end, a.start);
}

function bad(value: unknown, expected: string): MadangError {
  return new MadangError('bad_time', { values: { value: String(value).slice(0, 40), expected } });
}

import { isDay } from '@madang/core/time.ts';
import { good, halfWidth, type Value, wrong } from './value.ts';

const ORDERED = /^(?<y>\d{4}) ?(?<mark>[-./]) ?(?<m>\d{1,2}) ?\k<mark> ?(?<d>\d{1,2}) ?\.?$/;
const KOREAN = /^(?<y>\d{4})년 ?(?<m>\d{1,2})월 ?(?<d>\d{1,2})일$/;
const MONTH = /^(?<y>\d{4})(?: ?[-./] ?|년 ?)(?<m>\d{1,2}) ?[.월]?$/;
const COMPACT = /^(?<y>\d{4})(?<m>\d\d)(?<d>\d\d)$/;
const SERIAL = /^\d{5}(?:\.\d+)?$/;
const TIME_OF_DAY = /[T ]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?$/;
/** Day 0 of a spreadsheet's count from 1 March 1900 on, when its leap day of 1900 that never was is behind. */
const SERIAL_EPOCH = Date.UTC(1899, 11, 30);
const DAYS_TO_1904 = 1462;
const FIRST_SERIAL = 20_000;

const EXPECTED = { ko: '2026-11-23처럼 연-월-일로 쓰세요.', en: 'Write year-month-day, such as 2026-11-23.' };

const EXPECTED_MONTH = { ko: '2026-11처럼 연-월로 쓰세요.', en: 'Write year-month, such as 2026-11.' };

/**
 * Reads a day: `2026-11-23`, `2026.11.23`, `2026. 11. 23.`, `2026/11/23`, `20261123`, `2026년 11월 23일`, or a spreadsheet's day number from
 * 20000 (1954) on, which is accepted with a notice. A day that starts with day or month, or has two digits of a year, is refused.
 */
export function readDate(raw: string, date1904 = false): Value {
  const written = halfWidth(raw).replace(TIME_OF_DAY, '');
  if (SERIAL.test(written)) return serial(written, date1904);
  const parts = [ORDERED, KOREAN, COMPACT].map((pattern) => pattern.exec(written)?.groups).find((groups) => groups !== undefined);
  if (!parts) return wrong({ ko: '날짜로 읽을 수 없습니다.', en: 'It cannot be read as a date.' }, EXPECTED);
  const value = `${parts.y}-${parts.m!.padStart(2, '0')}-${parts.d!.padStart(2, '0')}`;
  return isDay(value) ? good(value) : wrong({ ko: '달력에 없는 날짜입니다.', en: 'The calendar has no such day.' }, EXPECTED);
}

/** Reads a month, `2026-11`, `2026.11`, `2026년 11월`; or a day, of which the month is kept. */
export function readMonth(raw: string, date1904 = false): Value {
  const parts = MONTH.exec(halfWidth(raw))?.groups;
  const day = readDate(parts ? `${parts.y}-${parts.m}-1` : raw, date1904);
  return 'value' in day ? { ...day, value: day.value.slice(0, 7) } : { ...day, expected: EXPECTED_MONTH };
}

function serial(written: string, date1904: boolean): Value {
  const days = Math.floor(Number(written));
  if (days < FIRST_SERIAL) return wrong({ ko: '날짜로 읽을 수 없습니다.', en: 'It cannot be read as a date.' }, EXPECTED);
  const value = new Date(SERIAL_EPOCH + (days + (date1904 ? DAYS_TO_1904 : 0)) * 86_400_000).toISOString().slice(0, 10);
  return good(value, {
    ko: `엑셀 날짜 번호 ${written}을(를) ${value}로 읽었습니다.`,
    en: `The day number ${written} of the spreadsheet was read as ${value}.`,
  });
}

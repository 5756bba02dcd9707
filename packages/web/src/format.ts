import { compare, type Decimal, isDecimal, mul, round, roundSignificant } from '@madang/core/decimal.ts';

const MINUS = '−';

/** Thousands with commas, the digits otherwise as they are: `-1234.50` is `−1,234.50`. */
export function grouped(value: Decimal | number): string {
  const [whole = '', fraction] = String(value).split('.');
  const sign = whole.startsWith('-') ? MINUS : '';
  const digits = whole.replace('-', '').replace(/\B(?=(\d{3})+$)/g, ',');
  return sign + digits + (fraction === undefined ? '' : `.${fraction}`);
}

/** A figure to read: about four significant digits, three for what is below 1; ties to even. */
export function figure(value: Decimal, places = 3): string {
  if (!isDecimal(value)) return value;
  const size = value.replace('-', '');
  if (compare(size, '1') < 0) return grouped(roundSignificant(value, places, 'half_even'));
  const keep = compare(size, '1000') >= 0 ? 0 : compare(size, '100') >= 0 ? 1 : compare(size, '10') >= 0 ? 2 : places;
  return grouped(round(value, keep, 'half_even'));
}

/** A share of 0 to 1 as per cent; above 0 and below one tenth is written as `< 0.1 %`. */
export function percent(share: Decimal): string {
  if (!isDecimal(share)) return share;
  const hundred = mul(share, '100');
  const shown = round(hundred, 1, 'half_even');
  if (shown === '0' && compare(hundred, '0') > 0) return '< 0.1 %';
  return `${grouped(shown)} %`;
}

/** A unit as it is written by hand: `kg CO2e` is `kg CO₂e`. */
export const unitSign = (unit: string): string => unit.replace('CO2', 'CO₂');

const pad = (n: number) => String(n).padStart(2, '0');

/** `2026-11-23` in the reader's own zone. */
export function day(instant: string): string {
  const d = new Date(instant);
  return Number.isNaN(d.getTime()) ? instant : `${d.getFullYear()}-${pad(d.getMonth() + 1)}-${pad(d.getDate())}`;
}

/** `2026-11-23 09:41` in the reader's own zone, with seconds on demand. */
export function moment(instant: string, seconds = false): string {
  const d = new Date(instant);
  if (Number.isNaN(d.getTime())) return instant;
  const time = `${pad(d.getHours())}:${pad(d.getMinutes())}`;
  return `${day(instant)} ${time}${seconds ? `:${pad(d.getSeconds())}` : ''}`;
}

/** The instant with its zone, for the one who asks. */
export function withZone(instant: string): string {
  const d = new Date(instant);
  if (Number.isNaN(d.getTime())) return instant;
  const minutes = -d.getTimezoneOffset();
  const zone = `${minutes < 0 ? MINUS : '+'}${pad(Math.floor(Math.abs(minutes) / 60))}:${pad(Math.abs(minutes) % 60)}`;
  return `${moment(instant, true)} UTC${zone}`;
}

const UNITS = {
  ko: { ms: 'ms', s: '초', min: '분', h: '시간', d: '일' },
  en: { ms: 'ms', s: 's', min: 'min', h: 'h', d: 'd' },
};

/** A length of time with the unit that fits: `12 ms`, `1.4초`, `3 min`. */
export function duration(ms: number, lang: 'ko' | 'en'): string {
  const u = UNITS[lang];
  const gap = lang === 'ko' ? '' : ' ';
  if (Math.round(ms) < 1000) return `${Math.round(ms)} ${u.ms}`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)}${gap}${u.s}`;
  if (Math.round(ms / 60_000) < 60) return `${Math.round(ms / 60_000)}${gap}${u.min}`;
  if (ms < 86_220_000) return `${(ms / 3_600_000).toFixed(1)}${gap}${u.h}`;
  return `${Math.round(ms / 86_400_000)}${gap}${u.d}`;
}

const SIZES = ['B', 'kB', 'MB', 'GB', 'TB'];

/** An amount of data, thousands counted in decimal: `812 B`, `1.24 MB`. */
export function bytes(amount: number): string {
  const step = Math.min(SIZES.length - 1, amount < 1000 ? 0 : Math.floor(Math.log10(amount) / 3));
  const scaled = amount / 1000 ** step;
  // 999.6 kB would round to 1000 kB.
  if (step < SIZES.length - 1 && Number(scaled.toPrecision(3)) >= 1000) return `1.00 ${SIZES[step + 1]}`;
  return `${step === 0 ? Math.round(scaled) : scaled.toPrecision(3)} ${SIZES[step]}`;
}

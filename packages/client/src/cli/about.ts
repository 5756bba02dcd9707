import type { DatasetAbout } from '@madang/core/api/views.ts';
import type { Text } from '@madang/core/text.ts';
import { isDay, isInstant, seoulDay } from '@madang/core/time.ts';
import type { Given, Options } from './options.ts';
import { UsageError } from './usage.ts';

/** What a dataset holds, as options; what is left out is taken from the records. */
export const ABOUT: Options = {
  standard: {
    type: 'string',
    value: '<name@version>',
    text: { ko: '따른 표준, 예: PACT@3.0.0', en: 'standard that it follows, such as PACT@3.0.0' },
  },
  product: { type: 'string', multiple: true, value: '<id>', text: { ko: '다루는 제품의 ID', en: 'id of a product that it is about' } },
  class: {
    type: 'string',
    multiple: true,
    value: '<code>',
    text: { ko: '제품 분류 코드 (CPC, HS, CN)', en: 'product class (CPC, HS, CN)' },
  },
  period: {
    type: 'string',
    value: '<from>/<to>',
    text: { ko: '다루는 기간, 예: 2025-01-01/2025-12-31', en: 'period that it covers, such as 2025-01-01/2025-12-31' },
  },
  language: { type: 'string', multiple: true, value: '<tag>', text: { ko: '언어, 예: ko', en: 'language, such as ko' } },
};

type About = {
  -readonly [Part in keyof DatasetAbout]?: Exclude<DatasetAbout[Part], null> extends readonly string[]
    ? string[]
    : Exclude<DatasetAbout[Part], null>;
};

/** Undefined when nothing was given. */
export function aboutOf(given: Given): About | undefined {
  const [standard, period] = [given.text('standard'), given.text('period')];
  const parts: About = {
    ...(standard && { standard: standardIn(standard) }),
    ...(given.has('product') && { products: given.list('product') }),
    ...(given.has('class') && { classes: given.list('class') }),
    ...(period && { period: periodIn(period) }),
    ...(given.has('language') && { languages: given.list('language') }),
  };
  return Object.keys(parts).length > 0 ? parts : undefined;
}

function standardIn(text: string): { name: string; version: string } {
  const at = text.lastIndexOf('@');
  if (at > 0 && at < text.length - 1) return { name: text.slice(0, at), version: text.slice(at + 1) };
  throw new UsageError({ ko: `--standard는 이름@판으로 씁니다: ${text}`, en: `--standard is written as name@version: ${text}` });
}

function periodIn(text: string): { start: string; end: string } {
  const [from = '', to = '', ...more] = text.split('/');
  if (more.length === 0 && [from, to].every((part) => isDay(part) || isInstant(part)))
    return { start: isDay(from) ? seoulDay(from).start : from, end: isDay(to) ? seoulDay(to).end : to };
  throw new UsageError({
    ko: `--period는 2025-01-01/2025-12-31처럼 씁니다: ${text}`,
    en: `--period is written as 2025-01-01/2025-12-31: ${text}`,
  });
}

/** The same for a person to read; empty where nothing is known. */
export const ABOUT_ROWS: readonly (readonly [Text, (about: DatasetAbout) => string])[] = [
  [{ ko: '표준', en: 'standard' }, ({ standard }) => (standard ? `${standard.name} ${standard.version}` : '')],
  [{ ko: '제품', en: 'products' }, ({ products }) => products.join(', ')],
  [{ ko: '제품 분류', en: 'product classes' }, ({ classes }) => classes.join(', ')],
  [{ ko: '기간', en: 'period' }, ({ period }) => (period ? `${period.start} – ${period.end}` : '')],
  [{ ko: '언어', en: 'languages' }, ({ languages }) => languages.join(', ')],
];

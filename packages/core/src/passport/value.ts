import { isDecimal, toNumber } from '../decimal.ts';
import type { Text } from '../text.ts';
import { isDay } from '../time.ts';
import { attributeOf, type ValueType } from './dictionary.ts';

const FORM: Readonly<Record<ValueType, { right: (value: unknown) => boolean; expected: Text }>> = {
  decimal: { right: isDecimal, expected: { ko: '따옴표로 묶은 숫자, 예: "12.5"', en: 'a decimal number as a string, such as "12.5"' } },
  month: { right: (v) => typeof v === 'string' && isDay(`${v}-01`), expected: { ko: '연월 YYYY-MM', en: 'year and month, YYYY-MM' } },
  day: { right: isDay, expected: { ko: '날짜 YYYY-MM-DD', en: 'a day, YYYY-MM-DD' } },
  uri: { right: (v) => typeof v === 'string' && URL.canParse(v), expected: { ko: 'URI', en: 'a URI' } },
  text: { right: (v) => typeof v === 'string' && v.trim() !== '', expected: { ko: '글자(문자열)', en: 'text' } },
  list: { right: (v) => Array.isArray(v) && v.length > 0, expected: { ko: '하나 이상의 목록', en: 'a list of at least one entry' } },
  object: { right: (v) => typeof v === 'object' && v !== null && !Array.isArray(v), expected: { ko: '객체 { }', en: 'an object { }' } },
};

/** What is expected of an attribute's value when it has not its form or lies outside its bounds; undefined when it is right. */
export function valueProblem(key: string, value: unknown): Text | undefined {
  const attribute = attributeOf(key);
  if (!attribute) return { ko: '배터리 여권 항목 이름', en: 'the name of a passport attribute' };
  const form = FORM[attribute.type];
  if (!form.right(value)) return form.expected;
  const { min, max, type } = attribute;
  if (type !== 'decimal' || (min === undefined && max === undefined)) return undefined;
  const n = toNumber(value as string);
  if (n >= (min ?? -Infinity) && n <= (max ?? Infinity)) return undefined;
  return max === undefined
    ? { ko: `${min} 이상`, en: `${min} or more` }
    : { ko: `${min ?? ''}~${max} 사이`, en: `between ${min} and ${max}` };
}

import type { Text } from '../text.ts';
import type { NameOf } from './model.ts';

/** The same characters in both languages. */
export const same = (s: string): Text => ({ ko: s, en: s });

/** `A, B` in Korean; `A, B and C` in English. */
export function listed(items: readonly Text[], last: 'and' | 'or' = 'and'): Text {
  const en = items.map((t) => t.en);
  return {
    ko: items.map((t) => t.ko).join(', '),
    en: en.length < 2 ? en.join('') : `${en.slice(0, -1).join(', ')} ${last} ${en.at(-1)}`,
  };
}

export const named = (dids: readonly string[], nameOf: NameOf): Text => listed(dids.map((d) => nameOf(d) ?? same(d)));

/** User-given text inside a sentence, cut to a length that a sentence bears. */
export const clip = (s: string): string => (s.length > 60 ? `${s.slice(0, 59)}…` : s);

export const joined = (parts: readonly Text[], by: string): Text => ({
  ko: parts.map((t) => t.ko).join(by),
  en: parts.map((t) => t.en).join(by),
});

import { purposeOf } from '@madang/core/policy/purposes.ts';

/** The purposes that a policy admits, by id, in the order written; empty when it asks for none. Reads any form of ODRL. */
export function purposesIn(odrl: unknown): readonly string[] {
  const found = new Set<string>();
  const walk = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    const fields = Object.entries(value);
    const part = (name: string) => fields.find(([key]) => key.replace(/^.*[:/#]/, '') === name)?.[1] as unknown;
    if (texts(part('leftOperand')).some((left) => /usagepurpose$/i.test(left))) for (const id of texts(part('rightOperand'))) found.add(id);
    for (const [, inner] of fields) walk(inner);
  };
  walk(odrl);
  return [...found];
}

/** Strings, also in lists and as `{"@value": …}` or `{"@id": …}`. */
function texts(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}

/** A purpose in words; one that is not known is shown as it is. */
export const purposeWord = (id: string, lang: 'ko' | 'en'): string => purposeOf(id)?.label[lang] ?? id;

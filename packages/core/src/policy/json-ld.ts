import { ODRL } from './model.ts';
import { malformed } from './refuse.ts';
import { clip } from './words.ts';

/** The properties of an object by bare term. */
export type Fields = ReadonlyMap<string, unknown>;

/** Without the ODRL namespace, written out or as a prefix. */
export const bare = (term: string): string => (term.startsWith(ODRL) ? term.slice(ODRL.length) : term.replace(/^odrl:/, ''));

/** The properties of an object, each by its bare term. Error `policy_malformed`. */
export function fieldsOf(value: unknown, path: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw malformed(path, { ko: '여기에는 객체 { … }를 쓰세요.', en: 'Write an object { … } here.' });
  }
  const fields = new Map<string, unknown>();
  for (const [key, v] of Object.entries(value)) {
    if (fields.has(bare(key)))
      throw malformed(path, {
        ko: `'${clip(bare(key))}'이(가) 두 번 있습니다. 하나만 남기세요.`,
        en: `"${clip(bare(key))}" is given twice. Keep one.`,
      });
    fields.set(bare(key), v);
  }
  return fields;
}

/** An array, also where a single value stands for it or JSON-LD wraps it. */
export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'object' && value !== null) {
    const [key, ...more] = Object.keys(value);
    if (more.length === 0 && (key === '@list' || key === '@set')) return listOf((value as Record<string, unknown>)[key]);
  }
  return [value];
}

/** A string, also as `{"@value": …}` or `{"@id": …}`; undefined for anything else. */
export function stringOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { '@value': literal, '@id': id, '@type': type, ...more } = value as Record<string, unknown>;
  if (Object.keys(more).length > 0 || (literal !== undefined && id !== undefined)) return undefined;
  if (type !== undefined && typeof type !== 'string') return undefined;
  const inner = literal ?? id;
  return typeof inner === 'string' ? inner : undefined;
}

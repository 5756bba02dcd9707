import { show } from '../check.ts';
import { add, compare, isDecimal } from '../decimal.ts';
import { MadangError } from '../error.ts';
import type { Text } from '../text.ts';
import { FORMS, type Reading } from './import-forms.ts';
import { IDENTITY } from './passport.ts';
import { valueProblem } from './value.ts';

export interface NotTaken {
  /** JSON Pointer into the document. */
  readonly path: string;
  readonly found: string;
  readonly why: Text;
}

export interface Imported {
  /** The forms that were recognised, in the order of the documents. */
  readonly forms: readonly string[];
  /** What an item holds in fields of its own, and the parties: passportId, batteryId, serial, category, mass, manufacturer, operator. */
  readonly identity: Readonly<Record<string, unknown>>;
  /** For `Item.attributes`. */
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly notTaken: readonly NotTaken[];
}

const NO_PLACE: Text = { ko: '이 항목을 넣을 자리가 없습니다', en: 'there is no place for this here' };
const TWICE: Text = { ko: '다른 문서에서 이미 읽은 항목입니다', en: 'already read from another document' };

/**
 * Reads the static values of passport documents in foreign forms: value-only JSON of IDTA 02035 parts 1, 4, 6, 7 and IDTA 02099-1, and
 * aspects of the Battery Pass data model 1.2. Values that are out of bounds or contradict each other, dynamic values and everything
 * without a place here are reported, never changed or guessed. Error `sample_unknown` when a document has none of these forms.
 */
export function importPassport(documents: readonly unknown[]): Imported {
  const values = new Map<string, unknown>();
  const origin = new Map<string, string>();
  const notTaken: NotTaken[] = [];
  const forms: string[] = [];
  for (const document of documents) {
    const form = FORMS.find((f) => f.marks.some((mark) => isObject(document) && mark in document));
    if (!form) throw new MadangError('sample_unknown', { values: { known: FORMS.map((f) => f.name).join(', ') } });
    forms.push(form.name);
    const used = new Set<string>();
    for (const { path, read } of form.rows) {
      const found = at(document, path);
      if (found === undefined) continue;
      used.add(path);
      for (const [key, value] of Object.entries<unknown>(read(found) satisfies Reading)) {
        const why = value === undefined ? NO_PLACE : values.has(key) ? TWICE : valueProblem(key, value);
        if (why) notTaken.push({ path, found: show(found), why });
        else {
          values.set(key, value);
          origin.set(key, path);
        }
      }
    }
    for (const [path, value] of leaves(document, '')) {
      if (![...used].some((u) => path === u || path.startsWith(`${u}/`)))
        notTaken.push({ path, found: show(value), why: form.dynamic?.some((d) => path.startsWith(d)) ? DYNAMIC : NO_PLACE });
    }
  }
  for (const { keys, why } of contradictions(values)) {
    for (const key of keys) {
      notTaken.push({ path: origin.get(key) ?? '', found: show(values.get(key)), why });
      values.delete(key);
    }
  }
  const entries = [...values];
  return {
    forms,
    identity: Object.fromEntries(entries.filter(([key]) => IDENTITY.has(key))),
    attributes: Object.fromEntries(entries.filter(([key]) => !IDENTITY.has(key))),
    notTaken,
  };
}

const DYNAMIC: Text = {
  ko: '사용 중에 바뀌는 값입니다. 이력에서 채웁니다',
  en: 'a value that changes in use: it comes from the life history',
};

function contradictions(values: ReadonlyMap<string, unknown>): { keys: string[]; why: Text }[] {
  const found: { keys: string[]; why: Text }[] = [];
  const inOrder = (keys: string[], why: Text) => {
    const given = keys.filter((k) => isDecimal(values.get(k)));
    if (given.some((k, i) => i > 0 && compare(values.get(given[i - 1]!) as string, values.get(k) as string) > 0))
      found.push({ keys: given, why });
  };
  inOrder(['minimumVoltage', 'nominalVoltage', 'maximumVoltage'], {
    ko: '최소 ≤ 공칭 ≤ 최대가 아닙니다',
    en: 'not minimum ≤ nominal ≤ maximum',
  });
  inOrder(['idleTemperatureLow', 'idleTemperatureHigh'], { ko: '하한이 상한보다 높습니다', en: 'the lower bound lies above the upper' });
  for (const metal of ['Nickel', 'Cobalt', 'Lithium', 'Lead']) {
    const keys = [`preConsumer${metal}`, `postConsumer${metal}`];
    const [pre, post] = keys.map((k) => values.get(k));
    if (isDecimal(pre) && isDecimal(post) && compare(add(pre, post), '100') > 0)
      found.push({ keys, why: { ko: '두 비율의 합이 100 %를 넘습니다', en: 'the two shares add to more than 100 %' } });
  }
  return found;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function at(document: unknown, path: string): unknown {
  return path
    .split('/')
    .slice(1)
    .reduce<unknown>((value, name) => (isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined), document);
}

function* leaves(value: unknown, path: string): Generator<[string, unknown]> {
  if (typeof value !== 'object' || value === null) yield [path, value];
  else for (const [name, inner] of Object.entries(value)) yield* leaves(inner, `${path}/${name}`);
}

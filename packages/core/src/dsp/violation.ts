import type { ErrorObject } from 'ajv/dist/2019.js';
import type { Text } from '../text.ts';

/** The one thing to tell the sender of a message that breaks its contract. */
export interface Violation {
  /** JSON path, for example `$.offer.permission[0].action`. */
  readonly path: string;
  readonly found: Text;
  readonly expected: Text;
}

const NOTHING: Text = { ko: '없음', en: 'nothing' };
const OBJECT: Text = { ko: '객체', en: 'an object' };
const TYPE_WORDS: Readonly<Record<string, Text>> = {
  string: { ko: '문자열', en: 'text' },
  object: OBJECT,
  array: { ko: '배열', en: 'an array' },
};

const same = (words: string): Text => ({ ko: words, en: words });
const quote = (value: unknown) => JSON.stringify(value);
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);
const names = (schemas: unknown): string[] => (schemas as { required: string[] }[]).flatMap((s) => s.required);
const isChoice = ({ keyword, schema }: ErrorObject) =>
  (keyword === 'oneOf' || keyword === 'anyOf') && (schema as object[]).every((s) => 'required' in s && !('type' in s));
const depth = ({ instancePath, keyword }: ErrorObject) => instancePath.split('/').length + (keyword === 'required' ? 1 : 0);

/** The error that lies deepest in the message is the one closest to the cause; the alternatives that failed around it are noise. */
function closest(errors: readonly ErrorObject[]): ErrorObject[] {
  const choices = errors.filter(isChoice);
  const own = errors.filter(
    (e) => !choices.some((c) => c !== e && c.instancePath === e.instancePath && e.schemaPath.startsWith(`${c.schemaPath}/`)),
  );
  const deepest = Math.max(...own.map(depth));
  const candidates = own.filter((e) => depth(e) === deepest);
  const types = candidates.filter((e) => e.keyword === 'type');
  if (types.length > 0) return types;
  const best =
    candidates.findLast((e) => e.keyword !== 'required' && e.keyword !== 'oneOf') ??
    candidates.findLast((e) => e.keyword === 'required') ??
    candidates.at(-1);
  return best ? [best] : [];
}

function expectation(error: ErrorObject): Text {
  const { keyword, schema, message } = error;
  if ((keyword === 'not' || isChoice(error)) && !isObject(error.data)) return OBJECT;
  if (keyword === 'required') return { ko: '필수 속성', en: 'a required property' };
  if (keyword === 'type') return TYPE_WORDS[String(schema)] ?? same(String(schema));
  if (keyword === 'const') return same(quote(schema));
  if (keyword === 'enum') return same((schema as unknown[]).map(quote).join(' | '));
  if (keyword === 'minItems')
    return { ko: '항목 하나 이상(없으면 속성을 빼세요)', en: 'at least one entry (leave the property out when there is none)' };
  if (keyword === 'contains')
    return {
      ko: `${quote((schema as { const: string }).const)}이(가) 들어 있는 배열`,
      en: `an array that holds ${quote((schema as { const: string }).const)}`,
    };
  if (keyword === 'pattern') return { ko: '시각, 예: 2026-11-22T10:00:00Z', en: 'a time such as 2026-11-22T10:00:00Z' };
  if (keyword === 'not') return { ko: `${names([schema]).join(', ')} 속성이 없어야 함`, en: `no property ${names([schema]).join(', ')}` };
  if (isChoice(error) && keyword === 'anyOf')
    return { ko: `${names(schema).join(', ')} 가운데 하나 이상`, en: `at least one of ${names(schema).join(', ')}` };
  if (isChoice(error)) return { ko: `${names(schema).join(', ')} 가운데 하나만`, en: `exactly one of ${names(schema).join(', ')}` };
  if (keyword === 'oneOf') return { ko: '허용된 형태 가운데 하나만', en: 'exactly one of the permitted forms' };
  return same(message ?? keyword);
}

function pathOf(instancePath: string, property?: string): string {
  const keys = instancePath
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (property !== undefined) keys.push(property);
  return keys.reduce((path, key) => path + (/^\d+$/.test(key) ? `[${key}]` : /^\w+$/.test(key) ? `.${key}` : `[${quote(key)}]`), '$');
}

/** Values one level deep and only the names inside objects: a message may carry tokens, and this ends up in logs. */
function show(data: unknown): string {
  if (Array.isArray(data)) return `[${data.slice(0, 9).map(show).join(', ')}]`;
  return isObject(data) ? `{${Object.keys(data).slice(0, 9).join(', ')}}` : quote(data);
}

function finding(error: ErrorObject): Text {
  const { keyword, data, schema } = error;
  if (keyword === 'required' || data === undefined) return NOTHING;
  if (isChoice(error) && isObject(data)) {
    const present = names(schema).filter((name) => name in data);
    return present.length > 0 ? same(present.join(', ')) : NOTHING;
  }
  const shown = show(data);
  return same(shown.length > 80 ? `${shown.slice(0, 79)}…` : shown);
}

/** Says where a message breaks its contract, what is there and what belongs there, from the validator's errors (at least one). */
export function violation(errors: readonly ErrorObject[]): Violation {
  const found = closest(errors);
  const first = found[0] as ErrorObject;
  const expected = found.map(expectation);
  return {
    path: pathOf(first.instancePath, first.keyword === 'required' ? first.params['missingProperty'] : undefined),
    found: finding(first),
    expected: { ko: expected.map((t) => t.ko).join(' | '), en: expected.map((t) => t.en).join(' | ') },
  };
}

import { Ajv, type ErrorObject, type FormatDefinition } from 'ajv';
import { isDecimal } from './decimal.ts';
import { type ErrorCode, MadangError } from './error.ts';
import { isUrn, isUuid } from './id.ts';
import type { Text } from './text.ts';
import { isInstant } from './time.ts';

/** One thing to correct: where (JSON Pointer), what was found there, what is expected instead. */
export interface Finding {
  readonly path: string;
  readonly found: string;
  readonly expected: Text;
}

const isUri = (s: string) => /^[a-z][a-z0-9+.-]*:\S+$/i.test(s) && URL.canParse(s);
const format = (validate: (s: string) => boolean): FormatDefinition<string> => ({ type: 'string', validate });

const FORMATS = {
  decimal: format(isDecimal),
  'date-time': format(isInstant),
  uuid: format(isUuid),
  urn: format(isUrn),
  uri: format(isUri),
};

const FORMAT_TEXT: Record<string, Text> = {
  decimal: { ko: '따옴표로 묶은 숫자, 예: "12.5"', en: 'a decimal number as a string, such as "12.5"' },
  'date-time': { ko: '시간대가 있는 시각, 예: 2026-01-01T00:00:00Z', en: 'an instant with its offset, such as 2026-01-01T00:00:00Z' },
  uuid: { ko: 'UUID', en: 'a UUID' },
  urn: { ko: 'urn:으로 시작하는 식별자', en: 'an identifier that starts with urn:' },
  uri: { ko: 'URI', en: 'a URI' },
};

const TYPE_TEXT: Record<string, Text> = {
  string: { ko: '글자(문자열)', en: 'a string' },
  number: { ko: '숫자', en: 'a number' },
  boolean: { ko: 'true 또는 false', en: 'true or false' },
  object: { ko: '객체 { }', en: 'an object { }' },
  array: { ko: '목록 [ ]', en: 'a list [ ]' },
};

/** A value as short text for a message. */
export function show(value: unknown): string {
  if (value === undefined) return '-';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

function expected(error: ErrorObject): Text {
  const p = error.params as Record<string, unknown>;
  const list = (values: unknown) => (Array.isArray(values) ? values.join(', ') : String(values));
  switch (error.keyword) {
    case 'required':
      return { ko: '꼭 있어야 하는 항목입니다', en: 'this field is required' };
    case 'type':
      return TYPE_TEXT[list(p.type)] ?? { ko: `형식: ${list(p.type)}`, en: `one of the types ${list(p.type)}` };
    case 'format':
      return FORMAT_TEXT[String(p.format)] ?? { ko: String(p.format), en: String(p.format) };
    case 'enum':
      return { ko: `다음 가운데 하나: ${list(p.allowedValues)}`, en: `one of: ${list(p.allowedValues)}` };
    case 'pattern':
      return { ko: `이 꼴의 글자: ${p.pattern}`, en: `text of the form ${p.pattern}` };
    case 'minLength':
      return { ko: '빈칸이 아니어야 합니다', en: 'must not be empty' };
    case 'minItems':
      return { ko: `${p.limit}개 이상`, en: `at least ${p.limit} entries` };
    case 'uniqueItems':
      return { ko: '같은 값이 두 번 있으면 안 됩니다', en: 'entries must differ from each other' };
    case 'additionalProperties':
      return { ko: '모르는 항목입니다. 지우거나 이름을 확인하세요', en: 'unknown field: remove it or check its name' };
    case 'false schema':
      return {
        ko: '다른 항목과 함께 쓸 수 없습니다. 둘 가운데 하나만 남기세요',
        en: 'not allowed beside another field: keep one of the two',
      };
    default:
      return { ko: `규칙 ${error.keyword}`, en: `rule ${error.keyword}: ${error.message}` };
  }
}

function finding(error: ErrorObject): Finding {
  const p = error.params as Record<string, unknown>;
  const name = p.missingProperty ?? p.additionalProperty;
  const path =
    name === undefined ? error.instancePath : `${error.instancePath}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const found =
    error.keyword === 'required' ? undefined : name === undefined ? error.data : (error.data as Record<string, unknown>)[String(name)];
  return { path: path || '/', found: show(found), expected: expected(error) };
}

/** Keywords that only report that a keyword inside them failed. */
const WRAPPERS = new Set(['if', 'anyOf', 'oneOf', 'not', 'propertyNames']);

/**
 * Compiles a JSON Schema (draft-07; formats decimal, date-time, uuid, urn, uri) at first use.
 * The function gives all findings of a value; an empty list means that the value has the form.
 */
export function schemaFindings(schema: object): (value: unknown) => Finding[] {
  let validate: ReturnType<Ajv['compile']> | undefined;
  return (value) => {
    validate ??= new Ajv({ allErrors: true, verbose: true, strict: false, formats: FORMATS }).compile(schema);
    if (validate(value)) return [];
    const errors = validate.errors ?? [];
    const inner = errors.filter((e) => !WRAPPERS.has(e.keyword));
    return (inner.length > 0 ? inner : errors).map(finding);
  };
}

/** Throws the error `code` with the findings as data when there are any. */
export function refuse(code: ErrorCode, findings: readonly Finding[]): void {
  if (findings.length === 0) return;
  throw new MadangError(code, {
    values: { count: findings.length },
    data: findings,
    detail: findings.map((f) => `${f.path} ${f.found}`).join('; '),
  });
}

import { canonical } from '../canonical.ts';
import type { Text } from '../text.ts';
import { bare, type Fields, fieldsOf, listOf, stringOf } from './json-ld.ts';
import type { NameOf, Operator } from './model.ts';
import { operandOf, readClause, ruleOf } from './operands.ts';
import { malformed } from './refuse.ts';
import { same } from './words.ts';

/** Something that one of two policies asks and the other does not. */
export interface Difference {
  readonly only: 'first' | 'second';
  /** The canonical form of the clause or rule. */
  readonly item: string;
  /** The clause in words; the canonical form where it is one that is not enforced. */
  readonly text: Text;
}

/** What a policy is attached to; not part of what it means. */
const ENVELOPE = new Set(['@context', '@id', '@type', 'target', 'assigner', 'assignee', 'timestamp']);
const RULES = ['permission', 'prohibition', 'obligation'];
const MAX_DEPTH = 32;

/**
 * Whether two rule sets, offers or agreements mean the same, in whatever spelling: order, single values for lists, prefixes, IRIs,
 * nested `and`, the zone of a time, `eq` for a list of one. Works on any rule, enforced or not. Error `policy_malformed` for what is no policy at all.
 */
export const samePolicy = (a: unknown, b: unknown): boolean => isCopy(a, b) || differences(a, b).length === 0;

/** Most often one is a copy of the other, which is seen without reading them. */
function isCopy(a: unknown, b: unknown): boolean {
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a).filter((key) => !ENVELOPE.has(key));
  const others = Object.keys(b).filter((key) => !ENVELOPE.has(key));
  return keys.length === others.length && keys.every((key) => Object.hasOwn(b, key) && identical(a[key], b[key], 1));
}

function identical(a: unknown, b: unknown, depth: number): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return depth <= MAX_DEPTH && a.length === b.length && a.every((item, i) => identical(item, b[i], depth + 1));
  if (!isObject(a) || !isObject(b)) return a === b;
  const keys = Object.keys(a);
  if (depth > MAX_DEPTH || keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && identical(a[key], b[key], depth + 1));
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What tells two policies apart, empty when nothing does. Error `policy_malformed`. */
export function differences(first: unknown, second: unknown, nameOf: NameOf = () => undefined): Difference[] {
  const [a, b] = [items(first), items(second)];
  const only = (side: Difference['only'], mine: Items, other: Items) =>
    [...mine]
      .filter(([item]) => !other.has(item))
      .map(([item, clause]) => ({ only: side, item, text: (clause && inWords(clause, nameOf)) ?? same(item) }));
  return [...only('first', a, b), ...only('second', b, a)];
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };
/** Canonical text of everything a policy asks, with the constraint where it is one. */
type Items = ReadonlyMap<string, JsonObject | undefined>;

/** A policy is a conjunction, so it is the set of its parts: each profile, each rule, and of a rule that stands alone each constraint. */
function items(value: unknown): Items {
  const found = new Map<string, JsonObject | undefined>();
  for (const [key, v] of fieldsOf(value, '$')) {
    if (ENVELOPE.has(key)) continue;
    if (!RULES.includes(key)) {
      for (const part of listOf(v)) found.set(canonical({ [key]: plain(part, 1) }), undefined);
      continue;
    }
    const rules = listOf(v).map((rule, i) => ruleParts(fieldsOf(rule, `$.${key}[${i}]`)));
    for (const { head, constraint } of rules) {
      if (rules.length > 1) found.set(canonical({ [key]: head, constraint: ordered(constraint) }), undefined);
      else {
        found.set(canonical({ [key]: head }), undefined);
        for (const c of constraint) found.set(canonical({ [`${key}.constraint`]: c }), c);
      }
    }
  }
  return found;
}

function ruleParts(fields: Fields): { head: JsonObject; constraint: JsonObject[] } {
  return { head: plainFields(fields, ['constraint'], 1), constraint: conjunction(listOf(fields.get('constraint') ?? []), 1) };
}

/** Constraints that must all hold, freed of every `and`. */
function conjunction(list: readonly unknown[], depth: number): JsonObject[] {
  return list.flatMap((c) => {
    tooDeep(depth);
    const fields = fieldsOf(c, '$');
    return fields.has('and') ? conjunction(listOf(fields.get('and')), depth + 1) : [constraintOf(fields, depth)];
  });
}

function constraintOf(fields: Fields, depth: number): JsonObject {
  const rest = plainFields(fields, ['or', 'xone', 'andSequence', 'leftOperand', 'operator', 'rightOperand'], depth);
  for (const word of ['or', 'xone', 'andSequence']) {
    if (!fields.has(word)) continue;
    const branches = listOf(fields.get(word)).map((c): Json => ({ and: ordered(conjunction([c], depth + 1)) }));
    return { ...rest, [word]: word === 'andSequence' ? branches : ordered(branches, word === 'or') };
  }
  const left = stringOf(fields.get('leftOperand'));
  const operator = stringOf(fields.get('operator'));
  const operand = left === undefined ? undefined : operandOf(left);
  const values = listOf(fields.get('rightOperand') ?? []).map((v): Json => {
    const text = stringOf(v);
    return text === undefined ? plain(v, depth + 1) : (operand?.valueKey(text) ?? text);
  });
  const oneName = (op: string) => (op === 'eq' && operand?.operators.isAnyOf ? 'isAnyOf' : op);
  return {
    ...rest,
    leftOperand: operand?.iri ?? plain(fields.get('leftOperand') ?? null, depth),
    operator: operator === undefined ? plain(fields.get('operator') ?? null, depth) : oneName(bare(operator)),
    rightOperand: ordered(values),
  };
}

/** Any other JSON with bare terms, lists as sets, and a list of one as its one value. */
function plain(value: unknown, depth: number): Json {
  tooDeep(depth);
  const text = stringOf(value);
  if (text !== undefined) return bare(text);
  const list = listOf(value);
  if (list.length === 1 && list[0] !== value) return plain(list[0], depth + 1);
  if (list.length !== 1) return ordered(list.map((v) => plain(v, depth + 1)));
  if (typeof value === 'object' && value !== null) return plainFields(fieldsOf(value, '$'), [], depth + 1);
  return value as Json;
}

function plainFields(fields: Fields, without: readonly string[], depth: number): JsonObject {
  const kept = [...fields].filter(([key]) => key !== '@id' && key !== '@type' && !without.includes(key));
  return Object.fromEntries(kept.map(([key, v]) => [key, plain(v, depth)]));
}

function ordered(list: readonly Json[], distinct = true): Json[] {
  const sorted = list.map((v) => [canonical(v), v] as const).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return sorted.filter(([text], i) => !distinct || text !== sorted[i - 1]?.[0]).map(([, v]) => v);
}

function tooDeep(depth: number): void {
  if (depth > MAX_DEPTH) throw malformed('$', { ko: '정책이 너무 깊이 겹쳐 있습니다.', en: 'The policy is nested too deep.' });
}

function inWords(c: JsonObject, nameOf: NameOf): Text | undefined {
  const { leftOperand, operator, rightOperand } = c;
  const operand = typeof leftOperand === 'string' ? operandOf(leftOperand) : undefined;
  const readable = operand && typeof operator === 'string' && ruleOf(operand, operator) && Array.isArray(rightOperand);
  if (!readable || !rightOperand.every((v) => typeof v === 'string' && operand.valueProblem(v) === null)) return undefined;
  return readClause({ leftOperand: operand.term, operator: operator as Operator, rightOperand }, nameOf);
}

import type { Criterion, Field } from './filter.ts';
import { TERMS } from './terms.ts';

/** The part of a filter that a QuerySpec of an Eclipse EDC stands for. Its order is not kept: ours is the order in which offers were made. */
export interface QuerySpec {
  readonly criteria: readonly Criterion[];
  readonly nothing: boolean;
  readonly offset: number | undefined;
  readonly limit: number | undefined;
}

type Refuse = (why: string) => Error;
type Json = Readonly<Record<string, unknown>>;

const EDC = 'https://w3id.org/edc/v0.0.1/ns/';
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const bare = (name: string): string => name.replace(EDC, '').replace(/^edc:/, '');
/** Without what JSON-LD wraps values in. */
const plain = (value: unknown): unknown =>
  Array.isArray(value) && value.length === 1 ? plain(value[0]) : isObject(value) && '@value' in value ? value['@value'] : value;
const listOf = (value: unknown): readonly unknown[] => (value === undefined || value === null ? [] : [value].flat());

const OPERANDS: ReadonlyMap<string, Field> = new Map([
  ['id', 'id'],
  ['@id', 'id'],
  [TERMS.title, 'title'],
  ['name', 'title'],
  [TERMS.type, 'kind'],
  [TERMS.subject, 'products'],
  [TERMS.theme, 'classes'],
]);

/** Undefined for something that is no QuerySpec. Throws what `refuse` makes for one that cannot be served. */
export function readQuerySpec(entry: unknown, refuse: Refuse): QuerySpec | undefined {
  if (!isObject(entry) || typeof entry['@type'] !== 'string' || bare(entry['@type']) !== 'QuerySpec') return undefined;
  const fields = new Map(Object.entries(entry).map(([name, value]) => [bare(name), value]));
  const unknown = [...fields.keys()].find((name) => !PROPERTIES.has(name));
  if (unknown !== undefined) throw refuse(unknown.slice(0, 80));
  const number = (name: string, least: number): number | undefined => {
    const value = plain(fields.get(name));
    if (value === undefined || value === null) return undefined;
    if (!Number.isSafeInteger(value) || (value as number) < least) throw refuse(name);
    return value as number;
  };
  const read = listOf(fields.get('filterExpression')).map((criterion) => readCriterion(criterion, refuse));
  return {
    criteria: read.filter((criterion) => criterion !== null),
    nothing: read.includes(null),
    offset: number('offset', 0),
    limit: number('limit', 1),
  };
}

const PROPERTIES: ReadonlySet<string> = new Set(['@type', '@id', 'limit', 'offset', 'sortOrder', 'sortField', 'filterExpression']);

/** Null for one that no dataset meets: it compares something that ours do not have. */
function readCriterion(given: unknown, refuse: Refuse): Criterion | null {
  if (!isObject(given)) throw refuse('filterExpression');
  const fields = new Map(Object.entries(given).map(([name, value]) => [bare(name), value]));
  const [left, operator] = [plain(fields.get('operandLeft')), plain(fields.get('operator'))];
  if (typeof left !== 'string' || typeof operator !== 'string' || !OPERATORS.has(operator)) throw refuse(`operator ${String(operator)}`);
  const field = OPERANDS.get(bare(left.replace(/^properties\./, '').replace(/^'(.*)'$/, '$1')));
  if (field === undefined) return null;
  const values = listOf(fields.get('operandRight')).map((value) => String(plain(value)));
  const isList = field === 'products' || field === 'classes';
  if (operator === '=' || operator === 'in' || operator === 'contains') return { field, is: 'in', values };
  if (isList || !['!=', 'like', 'ilike'].includes(operator)) throw refuse(`${left.slice(0, 80)} ${operator}`);
  if (operator === '!=') return { field, is: 'not', values };
  // To SQL a backslash takes the meaning from what follows it; to an EDC it means itself.
  return { field, is: operator as 'like' | 'ilike', values: values.map((value) => value.replaceAll('\\', '\\\\')) };
}

/** Those that an EDC knows. */
const OPERATORS: ReadonlySet<string> = new Set(['=', '!=', 'in', 'like', 'ilike', 'contains', '<', '<=', '>', '>=']);

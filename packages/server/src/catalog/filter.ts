import { DATA_KINDS, type DataKind } from '@madang/core/api/views.ts';
import { MadangError } from '@madang/core/error.ts';
import { z } from 'zod';
import { type QuerySpec, readQuerySpec } from './query-spec.ts';

/** A property of a dataset that is compared. `products` and `classes` are lists. */
export const FIELDS = ['id', 'title', 'kind', 'products', 'classes'] as const;
export type Field = (typeof FIELDS)[number];

/** `like` compares with a pattern of SQL; of a list, `is` and `in` hold for any of its items. */
export interface Criterion {
  readonly field: Field;
  readonly is: 'in' | 'not' | 'like' | 'ilike';
  readonly values: readonly string[];
}

/** What a catalogue request asks for. All must hold. */
export interface Filter {
  /** Somewhere in title, products, classes, standard; case does not count. */
  readonly texts: readonly string[];
  readonly kinds: readonly DataKind[];
  readonly products: readonly string[];
  readonly classes: readonly string[];
  readonly criteria: readonly Criterion[];
  /** Asks for something that no dataset has. */
  readonly nothing: boolean;
  readonly offset: number;
  readonly limit: number;
}

/** Datasets of a page, unless the filter names another number; and the most. */
const PAGE = 100;
export const MOST = 1_000;

const own = z.strictObject({
  text: z.string().max(200).optional(),
  kind: z.enum(DATA_KINDS).optional(),
  product: z.string().max(500).optional(),
  class: z.string().max(200).optional(),
});

/** The `filter` of a request between participants: objects of ours, or the QuerySpec of an EDC. @throws MadangError `filter_unsupported` */
export function readFilter(filter: readonly unknown[]): Filter {
  if (filter.length > 20) throw unsupported('filter: more than 20');
  const parts = filter.map(readEntry);
  const specs = parts.flatMap(({ spec }) => spec ?? []);
  const wishes = parts.flatMap(({ wish }) => wish ?? []);
  return {
    texts: wishes.flatMap(({ text }) => text ?? []),
    kinds: wishes.flatMap(({ kind }) => kind ?? []),
    products: wishes.flatMap(({ product }) => product ?? []),
    classes: wishes.flatMap((wish) => wish.class ?? []),
    criteria: specs.flatMap(({ criteria }) => criteria),
    nothing: specs.some(({ nothing }) => nothing),
    offset: specs.at(-1)?.offset ?? 0,
    limit: Math.min(specs.at(-1)?.limit ?? PAGE, MOST),
  };
}

function readEntry(entry: unknown): { spec?: QuerySpec; wish?: z.infer<typeof own> } {
  const spec = readQuerySpec(entry, unsupported);
  if (spec) return { spec };
  const read = own.safeParse(entry);
  if (!read.success) throw unsupported(whyNot(entry, read.error));
  return { wish: read.data };
}

/** What is known, for the sender of something that is not. */
const KNOWN = { entries: [{ text: '…', kind: DATA_KINDS.join(' | '), product: '…', class: '…' }, { '@type': 'QuerySpec' }] };

function whyNot(entry: unknown, { issues: [issue] }: z.ZodError): string {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return JSON.stringify(entry)?.slice(0, 80) ?? '';
  if (issue?.code === 'unrecognized_keys') return issue.keys.join(', ').slice(0, 80);
  return String(issue?.path.join('.')).slice(0, 80);
}

function unsupported(why: string): MadangError {
  return new MadangError('filter_unsupported', { values: { why }, data: KNOWN });
}

import type { RecordKind } from '@madang/core/api/views.ts';
import type { Reader, Store } from '../db/store.ts';

export interface RecordRow {
  readonly kind: RecordKind;
  readonly id: string;
  readonly version: number;
  readonly hash: string;
  /** null for a version that removes the record. */
  readonly body: unknown;
  readonly basis: unknown;
  readonly written_by: string;
  readonly written_at: string;
  readonly received_from: string | null;
  readonly agreement: string | null;
}

export interface NewRecord {
  readonly kind: RecordKind;
  readonly id: string;
  readonly hash: string;
  readonly body: unknown;
  readonly basis?: unknown;
  readonly writtenBy: string;
  readonly receivedFrom?: string;
  readonly agreement?: string;
}

export interface VersionRef {
  readonly kind: RecordKind;
  readonly id: string;
  readonly version: number;
}

interface Appended {
  readonly stored: VersionRef[];
  readonly unchanged: VersionRef[];
  readonly duplicate?: { readonly name: string; readonly imported_at: string };
}

/** See migration 0003: all or nothing; a version only where the content changed. */
export const appendRecords = (
  store: Store,
  participant: string,
  input: { records: readonly NewRecord[]; file?: { kind: string; sha256: string; name: string } },
) => store.call<Appended>('record_append', participant, input);

export const newestRows = (
  db: Reader,
  kind: RecordKind,
  filter: { q?: string | undefined; limit: number; after?: string | undefined },
) => db<RecordRow[]>`
  select * from (select distinct on (id) * from record where kind = ${kind} and id > ${filter.after ?? ''} order by id, version desc) newest
  where body <> 'null' and (${filter.q ?? null}::text is null or strpos(lower(id || body::text), lower(${filter.q ?? ''})) > 0)
  order by id limit ${filter.limit}`;

/** Our own lines of a product's bill of materials. One that a partner sent says nothing about our product. */
export const linesOf = (db: Reader, item: string) => db<RecordRow[]>`
  select * from (select distinct on (id) * from record where kind = 'bom-line' and received_from is null order by id, version desc) newest
  where body->>'item' = ${item}`;

/** The products that have lines of our own. */
export const itemsWithLines = async (db: Reader): Promise<string[]> =>
  (
    await db<{ item: string }[]>`
    select distinct body->>'item' as item
    from (select distinct on (id) body from record where kind = 'bom-line' and received_from is null order by id, version desc) newest
    where body <> 'null'`
  ).map(({ item }) => item);

/** What some partners have given of a kind, newest version of each. */
export const givenBy = (db: Reader, kind: RecordKind, partners: readonly string[]) => db<RecordRow[]>`
  select distinct on (id) * from record where kind = ${kind} and received_from = any(${partners as string[]}) order by id, version desc`;

/** What the newest versions say of the products that they are about. */
export const productRows = (db: Reader, kind: RecordKind, ids: readonly string[]) => db<
  { kind: RecordKind; id: string; products: unknown }[]
>`
  select distinct on (id) kind, id, body->'productIds' as products from record where kind = ${kind} and id = any(${ids as string[]}) order by id, version desc`;

/** The newest version of every record of a kind. */
export const allNewest = (db: Reader, kind: RecordKind) => db<RecordRow[]>`
  select * from (select distinct on (id) * from record where kind = ${kind} order by id, version desc) newest where body <> 'null'`;

export const newestOf = (db: Reader, kind: RecordKind, ids: readonly string[]) => db<RecordRow[]>`
  select * from (select distinct on (id) * from record where kind = ${kind} and id = any(${ids as string[]}) order by id, version desc) newest
  where body <> 'null'`;

/** The newest version, unless it removes the record; or the version asked for. */
export const recordRow = async (db: Reader, kind: RecordKind, id: string, version?: number): Promise<RecordRow | undefined> => {
  const [row] = await db<RecordRow[]>`
    select * from record where kind = ${kind} and id = ${id} and (${version ?? null}::int is null or version = ${version ?? null})
    order by version desc limit 1`;
  return row?.body === null && version === undefined ? undefined : row;
};

export const versionRows = (db: Reader, kind: RecordKind, id: string) =>
  db<RecordRow[]>`select * from record where kind = ${kind} and id = ${id} order by version desc`;

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

/** Stands where the content hash of a version is, for one that removes the record. */
export const REMOVED = 'removed';

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

/** So few that they hold nobody up who appends at the same moment: one after the other, each would wait for the commit of the one before. */
const FEW = 10;

/** See migration 0007: all or nothing; a version only where the content changed. */
export const appendRecords = (
  store: Store,
  participant: string,
  input: { records: readonly NewRecord[]; file?: { kind: string; sha256: string; name: string } },
): Promise<Appended> =>
  input.file || input.records.length > FEW
    ? store.call('record_append', participant, input)
    : store.together('record_append', participant, input);

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

/** A version's place in the order in which a participant's records were committed. */
export interface Place {
  readonly seq: number;
  readonly kind: RecordKind;
  readonly id: string;
  readonly version: number;
}
type PlaceRow = Omit<Place, 'seq'> & { readonly seq: string };
const toPlace = (row: PlaceRow): Place => ({ ...row, seq: Number(row.seq) });

/** The versions after a place, in order. */
export const placesAfter = async (db: Reader, after: number, limit: number): Promise<Place[]> =>
  (await db<PlaceRow[]>`select seq, kind, id, version from record where seq > ${after} order by seq limit ${limit}`).map(toPlace);

/** Where the newest versions of some records stand, in order; and the last number that was given to any. */
export async function newestPlaces(db: Reader, kind: RecordKind, ids: readonly string[]): Promise<{ places: Place[]; last: number }> {
  const [rows, [count]] = await Promise.all([
    db<PlaceRow[]>`
      select * from (select distinct on (id) seq, kind, id, version from record where kind = ${kind} and id = any(${ids as string[]})
                     order by id, version desc) newest order by seq`,
    db<{ seq: string }[]>`select seq from record_count`,
  ]);
  return { places: rows.map(toPlace), last: Number(count?.seq ?? 0) };
}

export type PlacedRow = RecordRow & { readonly seq: string };
/** The versions at these places, in order. */
export const rowsAt = (db: Reader, seqs: readonly number[]) =>
  db<PlacedRow[]>`select * from record where seq = any(${seqs as number[]}::bigint[]) order by seq`;
/** These versions of records of a kind. One look-up each: a plan made while the table was empty would read all of it. */
export const rowsOfVersions = (db: Reader, kind: RecordKind, wanted: readonly { readonly id: string; readonly version: number }[]) =>
  db<RecordRow[]>`
  select v.* from unnest(${wanted.map(({ id }) => id)}::text[], ${wanted.map(({ version }) => version)}::int[]) as w (id, version)
  cross join lateral (select * from record r where r.kind = ${kind} and r.id = w.id and r.version = w.version limit 1) v`;

export interface Received {
  readonly transfer: string;
  /** The provider's number that the subscription stands at, and will stand at. */
  readonly after: number;
  readonly position: number;
  readonly records: readonly NewRecord[];
}
/** See migration 0007: versions and position at once; several versions of one record in their order. */
export const receiveRecords = (store: Store, participant: string, received: Received) =>
  store.call<{ outcome: 'done' | 'stopped' | 'stale'; stored?: VersionRef[] }>('record_receive', participant, received);

export const versionRows = (db: Reader, kind: RecordKind, id: string) =>
  db<RecordRow[]>`select * from record where kind = ${kind} and id = ${id} order by version desc`;

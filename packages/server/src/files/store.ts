import type { Reader, Writer } from '../db/store.ts';

export interface FileRow {
  readonly sha256: string;
  /** Empty for our own copy. */
  readonly transfer: string;
  readonly name: string;
  readonly media_type: string;
  readonly size: string;
  readonly stored_at: string;
  readonly received_from: string | null;
  readonly agreement: string | null;
}

export type NewFile = Omit<FileRow, 'size' | 'stored_at'> & { readonly size: number };

/** What came again by the same way takes the name that it has now. */
export const addFile = async (db: Writer, participant: string, f: NewFile): Promise<FileRow> => {
  const [row] = await db<FileRow[]>`
    insert into file (participant, sha256, transfer, name, media_type, size, received_from, agreement)
    values (${participant}, ${f.sha256}, ${f.transfer}, ${f.name}, ${f.media_type}, ${f.size}, ${f.received_from}, ${f.agreement})
    on conflict (participant, sha256, transfer) do update set name = excluded.name, media_type = excluded.media_type
    returning *`;
  return row as FileRow;
};

/** Our own copy before received ones, then the newest. */
export const fileRow = async (db: Reader, sha256: string): Promise<FileRow | undefined> =>
  (await db<FileRow[]>`select * from file where sha256 = ${sha256} order by transfer <> '', stored_at desc limit 1`)[0];

/** Newest first. `after`: the last one of the page before. */
export const fileRows = (
  db: Reader,
  { q, limit, after }: { q: string | undefined; limit: number; after: { stored_at: string; sha256: string } | undefined },
) => db<FileRow[]>`
  select * from file
  where (${q ?? null}::text is null or strpos(lower(name || ' ' || media_type || ' ' || sha256), lower(${q ?? ''})) > 0)
    ${after === undefined ? db`` : db`and (stored_at, sha256) < (${after.stored_at}::timestamptz, ${after.sha256})`}
  order by stored_at desc, sha256 desc limit ${limit}`;

/** False when there was none. */
export const dropFile = async (db: Writer, sha256: string): Promise<boolean> =>
  (await db`delete from file where sha256 = ${sha256}`).count > 0;

export const isStored = async (db: Reader, sha256: string): Promise<boolean> =>
  (await db`select from file where sha256 = ${sha256} limit 1`).length > 0;

/** The contents whose hash begins so. */
export const storedUnder = async (db: Reader, prefix: string): Promise<Set<string>> =>
  new Set((await db<{ sha256: string }[]>`select distinct sha256 from file where starts_with(sha256, ${prefix})`).map((row) => row.sha256));

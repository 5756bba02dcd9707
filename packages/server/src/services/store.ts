import type { Reader, Writer } from '../db/store.ts';

export interface ServiceRow {
  readonly id: string;
  readonly title: string;
  readonly base: string;
  readonly methods: readonly ('GET' | 'POST')[];
  readonly paths: readonly string[];
  readonly query: readonly string[];
  /** Names only. */
  readonly headers: readonly string[];
  readonly sealed: Buffer;
  readonly max_bytes: string | number;
  readonly timeout_s: number;
}

export const serviceRows = (db: Reader) => db<ServiceRow[]>`select * from service order by title, id`;

export const serviceRow = async (db: Reader, id: string): Promise<ServiceRow | undefined> =>
  (await db<ServiceRow[]>`select * from service where id = ${id}`)[0];

export const saveService = (db: Writer, participant: string, s: ServiceRow) => db`
  insert into service (participant, id, title, base, methods, paths, query, headers, sealed, max_bytes, timeout_s)
  values (${participant}, ${s.id}, ${s.title}, ${s.base}, ${s.methods}, ${s.paths}, ${s.query}, ${s.headers}, ${s.sealed}, ${s.max_bytes}, ${s.timeout_s})
  on conflict (participant, id) do update set title = excluded.title, base = excluded.base, methods = excluded.methods, paths = excluded.paths,
    query = excluded.query, headers = excluded.headers, sealed = excluded.sealed, max_bytes = excluded.max_bytes, timeout_s = excluded.timeout_s`;

/** False when there was none. */
export const dropService = async (db: Writer, id: string): Promise<boolean> => (await db`delete from service where id = ${id}`).count > 0;

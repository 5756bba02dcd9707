import { userInfo } from 'node:os';
import postgres from 'postgres';
import { TYPES } from './types.ts';

/** Where a PostgreSQL is and as whom to enter it. */
export interface Place {
  /** `postgres://…` of a server, or the folder of a socket. */
  readonly at: { readonly url: string } | { readonly socketFolder: string; readonly database: string; readonly user: string };
  /** Role taken on when the session starts. */
  readonly role?: string;
}

/** Name under which the program's sessions appear in pg_stat_activity. */
const APPLICATION = 'madang';

export type Sql = postgres.Sql<{ instant: string }>;

/** One connection at most, opened by the first query, never replaced behind the caller's back by age or idleness. */
export function connect({ at, role }: Place, onclose: () => void = () => {}): Sql {
  const options = {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: 15,
    types: TYPES,
    fetch_types: false,
    onnotice: () => {},
    onclose,
    connection: { application_name: APPLICATION, TimeZone: 'UTC', DateStyle: 'ISO', ...(role ? { role } : {}) },
  };
  if ('url' in at) return postgres(at.url, { ...options, ...socketOf(at.url) }) as Sql;
  const { socketFolder, database, user } = at;
  return postgres({ ...options, path: `${socketFolder}/.s.PGSQL.5432`, host: 'localhost', database, user, ssl: false }) as Sql;
}

/** libpq's way to name a socket in a URL, `postgres:///database?host=/run/postgresql`, which the driver does not know. */
function socketOf(url: string): { path?: string; user?: string } {
  if (!URL.canParse(url)) return {};
  const { searchParams, hostname, port, username } = new URL(url);
  const folder = searchParams.get('host') ?? decodeURIComponent(hostname);
  if (!folder.startsWith('/')) return {};
  return { path: `${folder}/.s.PGSQL.${port || searchParams.get('port') || 5432}`, ...(username ? {} : { user: userInfo().username }) };
}

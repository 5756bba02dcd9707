import { join } from 'node:path';
import { MadangError } from '@madang/core/error.ts';
import type { Text } from '@madang/core/text.ts';
import { type Hold, holdAlone, UNHELD } from './alone.ts';
import { connect, type Place, type Sql } from './connect.ts';
import { startEmbedded } from './embedded/embedded.ts';
import { isRetryable, translate } from './errors.ts';
import { migrate, readMigrations } from './migrate.ts';
import { createPool, type Pool } from './pool.ts';
import { APP_ROLE, checkRole, ensureRole } from './role.ts';
import { openSession } from './session.ts';
import type { Reader, Store, Writer } from './store.ts';
import { together } from './together.ts';
import { type Mode, transaction } from './transaction.ts';

export interface StoreOptions {
  /**
   * A PostgreSQL server of 15 or newer; without it the embedded one is used. Its user should own the database and be no superuser:
   * SQL that someone smuggled in could leave the program's role for that user, whom row-level security binds too unless it is a superuser.
   */
  readonly databaseUrl?: string | undefined;
  /** Where the embedded server keeps its data, in the folder `postgres`. */
  readonly dataFolder: string;
  /** Database of the embedded server; `madang` when not said. */
  readonly database?: string;
  /** Refuses a database that another program serves already, and keeps others out. */
  readonly alone?: boolean;
  /** Connections held at most; 10 when not said. */
  readonly maxConnections?: number;
  readonly onProgress?: (text: Text) => void;
}

/** Oldest PostgreSQL that the SQL is written for. */
const FLOOR = 15;

/** How often a transaction that lost to another one is tried in all. */
const ATTEMPTS = 3;

/**
 * Opens the store: reaches or starts the database, brings it up to date as its owner, then works as a role that row-level security binds.
 * Errors: those of `startEmbedded` and `migrate`; `database_too_old`, `database_role`; `database_unreachable` for a server by URL; `database_in_use`.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  await using opened = new AsyncDisposableStack();
  const { owner, app, login } = options.databaseUrl ? external(options.databaseUrl) : await embedded(options, opened);
  await prepare(await owner(), login, options.onProgress);
  const hold = options.alone ? opened.use(await holdAlone(owner)) : UNHELD;
  const pool = opened.use(createPool(async () => openSession(await app(), checkRole), options.maxConnections ?? 10));
  await pool
    .lend(async () => {})
    .catch(async (error) => {
      throw explain(error, await app());
    });
  return storeOf(pool, hold, opened.move());
}

/** The two ways in. They are asked for anew for each connection, since an embedded server may have to be started again. */
interface Ways {
  readonly owner: () => Promise<Place>;
  readonly app: () => Promise<Place>;
  /** The program's role logs in by itself; otherwise the owner takes it on. */
  readonly login: boolean;
}

function external(url: string): Ways {
  if (!/^postgres(ql)?:\/\//.test(url))
    throw new MadangError('database_unreachable', { values: { where: 'DATABASE_URL', why: 'postgres://…' } });
  return { owner: async () => ({ at: { url } }), app: async () => ({ at: { url }, role: APP_ROLE }), login: false };
}

async function embedded({ dataFolder, database = 'madang', onProgress }: StoreOptions, opened: AsyncDisposableStack): Promise<Ways> {
  const server = opened.use(await startEmbedded(join(dataFolder, 'postgres'), onProgress));
  const host = connect(await server.place('postgres'));
  try {
    const [found] = await host`select from pg_database where datname = ${database}`;
    if (!found) await host`create database ${host(database)}`;
  } catch (error) {
    if (!['42P04', '23505'].includes((error as { code: string }).code)) throw translate(error);
  } finally {
    await host.end({ timeout: 1 });
  }
  return { owner: () => server.place(database), app: () => server.place(database, APP_ROLE), login: true };
}

async function prepare(place: Place, login: boolean, onProgress: StoreOptions['onProgress']): Promise<void> {
  const owner = connect(place);
  try {
    await checkVersion(owner);
    await ensureRole(owner, login);
    const applied = await migrate(owner, await readMigrations());
    if (applied.length > 0)
      onProgress?.({ ko: `데이터베이스 변경 ${applied.length}개를 적용했습니다.`, en: `Applied ${applied.length} database migration(s).` });
  } catch (error) {
    throw explain(error, place);
  } finally {
    await owner.end({ timeout: 1 });
  }
}

async function checkVersion(owner: Sql): Promise<void> {
  const [row] =
    await owner`select current_setting('server_version_num')::int / 10000 as major, current_setting('server_version') as version`;
  if (row?.major < FLOOR) throw new MadangError('database_too_old', { values: { found: row?.version, wanted: FLOOR } });
}

/** What kept us from entering a server by its URL: wrong address, password, database, or role. Names the server without its password. */
function explain(error: unknown, { at, role }: Place): unknown {
  const known = translate(error);
  if (!('url' in at) || (known instanceof MadangError && known.code !== 'unavailable')) return known;
  const { code = '', message } = error as { code?: string; message: string };
  if (role && ['42501', '22023'].includes(code)) return new MadangError('database_role', { values: { role, why: message }, cause: error });
  const where = at.url.replace(/^.*@/, '').replace(/\?.*/, '');
  return new MadangError('database_unreachable', { values: { where, why: message }, cause: error });
}

function storeOf(pool: Pool, hold: Hold, opened: AsyncDisposableStack): Store {
  const grouped = together<never>(
    (kind, argument) => one(calleeOf(kind), argument),
    (kind, list) => many(calleeOf(kind), list),
  );
  return {
    hold,
    read: (participant, work) =>
      run({ begin: 'begin isolation level repeatable read read only', participant: named(participant), durable: false }, work),
    write: (participant, work) => run({ begin: 'begin', participant: named(participant), durable: true }, (db) => work(db as Writer)),
    host: (work) => run({ begin: 'begin', participant: undefined, durable: true }, (db) => work(db as Writer)),
    call: async (fn, participant, argument) => one({ fn: checkName(fn), participant: named(participant) }, argument),
    together: async (fn, participant, argument, locks) => grouped(`${checkName(fn)} ${named(participant)}`, argument, locks),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };

  function one<T>({ fn, participant }: Callee, argument: unknown): Promise<T> {
    return attempt(() =>
      pool.lend(async ({ sql, send }) => {
        const [row] = await send(sql`select ${sql(fn)}(${participant}, ${sql.json((argument ?? null) as never)}) as result`);
        if (!row) throw cutOff();
        return row.result;
      }),
    );
  }

  function many<T>({ fn, participant }: Callee, list: readonly unknown[]): Promise<T[]> {
    return pool.lend(async ({ sql, send }) => {
      const asked = send(
        sql`select ${sql(fn)}(${participant}, value) as result
            from jsonb_array_elements(${sql.json(list as never)}) with ordinality order by ordinality`,
      );
      // Rows that came before the failure would be counted to the next answer: the driver forgets them only with a statement that succeeds.
      asked.catch(() => send(sql.unsafe('unlisten *')).catch(() => {}));
      const rows = await asked;
      if (rows.length !== list.length) throw cutOff();
      return rows.map(({ result }) => result);
    });
  }

  function run<T>(mode: Mode, work: (db: Reader) => Promise<T>): Promise<T> {
    return attempt(() => pool.lend((session) => transaction(session, mode, work)));
  }
}

/** A function answers with a row for each call; less is no answer. */
const cutOff = () => Object.assign(new Error('the answer of the database is not whole'), { code: 'CONNECTION_CLOSED' });

interface Callee {
  readonly fn: string;
  readonly participant: string;
}

function calleeOf(kind: string): Callee {
  const space = kind.indexOf(' ');
  return { fn: kind.slice(0, space), participant: kind.slice(space + 1) };
}

async function attempt<T>(run: () => Promise<T>): Promise<T> {
  for (let count = 1; ; count++) {
    try {
      return await run();
    } catch (error) {
      if (count < ATTEMPTS && isRetryable(error)) continue;
      throw translate(error);
    }
  }
}

/** An empty name would mean nobody; it is always a mistake of the caller. */
function named(participant: string): string {
  if (typeof participant !== 'string' || participant === '') throw new TypeError('a participant is needed');
  return participant;
}

function checkName(fn: string): string {
  if (!/^[a-z][a-z0-9_]*$/.test(fn)) throw new TypeError(`not a function name: ${fn}`);
  return fn;
}

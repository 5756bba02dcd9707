import type postgres from 'postgres';
import { connect, type Place, type Sql } from './connect.ts';

/** A query of the driver, which runs when `handle` is called, at the first `await` at the latest. */
export interface Query extends Promise<unknown> {
  handle: (this: Query) => Promise<void>;
  readonly reject: (error: Error) => void;
}

/** One connection, held by one user at a time. It is never reopened: after a break it is dead, so nothing can run outside its transaction. */
export interface Session {
  readonly sql: postgres.ReservedSql<{ instant: string }>;
  readonly isBroken: boolean;
  /** Sends a query, in the order of the calls, and makes sure that it is answered: the driver forgets some when the connection breaks. */
  readonly send: <Q extends Promise<unknown>>(query: Q) => Q;
  end(): Promise<void>;
}

/** Opens a connection and lets `check` look at it first. */
export async function openSession(place: Place, check: (sql: Sql) => Promise<void>): Promise<Session> {
  const waiting = new Set<Query>();
  let isBroken = false;
  const broke = Promise.withResolvers<never>();
  broke.promise.catch(() => {});
  const pool = connect(place, () => {
    isBroken = true;
    broke.reject(broken());
    for (const query of waiting) query.reject(broken());
  });
  try {
    await Promise.race([check(pool), broke.promise]);
    const sql = await Promise.race([pool.reserve(), broke.promise]);
    return {
      sql,
      get isBroken() {
        return isBroken;
      },
      send(promise) {
        const query = promise as unknown as Query;
        const answered = () => void waiting.delete(query);
        void Promise.prototype.then.call(query, answered, answered); // the driver's own `then` would run the query
        waiting.add(query);
        if (isBroken) refuse(query, broken());
        else void query.handle();
        return promise;
      },
      end: () => {
        if (!isBroken) sql.release();
        return pool.end({ timeout: isBroken ? 0 : 1 });
      },
    };
  } catch (error) {
    await pool.end({ timeout: 0 });
    throw error;
  }
}

/** Answers a query without ever sending it. */
export function refuse(query: Query, error: Error): void {
  query.handle = async () => {};
  query.reject(error);
}

function broken(): Error {
  return Object.assign(new Error('the connection to the database broke'), { code: 'CONNECTION_CLOSED' });
}

import type postgres from 'postgres';
import { connect, type Place, type Sql } from './connect.ts';

/** One connection, held by one user at a time. It is never reopened: after a break it is dead, so nothing can run outside its transaction. */
export interface Session {
  readonly sql: postgres.ReservedSql<{ instant: string }>;
  readonly isBroken: boolean;
  /** Told when the connection breaks; one listener at a time. */
  set onBreak(listener: (error: Error) => void);
  end(): Promise<void>;
}

/** Opens a connection and lets `check` look at it first. */
export async function openSession(place: Place, check: (sql: Sql) => Promise<void>): Promise<Session> {
  let isBroken = false;
  let onBreak = (_: Error) => {};
  const pool = connect(place, () => {
    isBroken = true;
    onBreak(Object.assign(new Error('the connection to the database broke'), { code: 'CONNECTION_CLOSED' }));
  });
  try {
    await check(pool);
    const sql = await pool.reserve();
    return {
      sql,
      get isBroken() {
        return isBroken;
      },
      set onBreak(listener: (error: Error) => void) {
        onBreak = listener;
      },
      end: () => {
        if (!isBroken) sql.release();
        return pool.end({ timeout: 1 });
      },
    };
  } catch (error) {
    await pool.end({ timeout: 0 });
    throw error;
  }
}

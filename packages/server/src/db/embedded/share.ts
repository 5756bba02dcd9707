import { connect } from '../connect.ts';
import { isAway } from '../errors.ts';
import { OWNER } from './create.ts';

/** One process's share in a running server. It ends with its connection, so also when the process is killed. */
export interface Share {
  /** True when no other process has a share at this moment. */
  isAlone(): Promise<boolean>;
  /** True once the connection broke: the server died, or restarted after a crash of one of its processes. */
  readonly isLost: boolean;
  /** Gives the share back. If it was the last one, nobody can take one any more and `stop` runs. */
  end(stop: () => Promise<void>): Promise<void>;
}

/** Any number; the lock lives in the database `postgres`, which the program uses for nothing else. */
const KEY = 6232641;

/** Takes a share, or answers undefined when the server is going down or its last user is about to stop it. */
export async function takeShare(socketFolder: string | undefined): Promise<Share | undefined> {
  if (socketFolder === undefined) return undefined;
  let isLost = false;
  const sql = connect({ at: { socketFolder, database: 'postgres', user: OWNER } }, () => {
    isLost = true;
  });
  try {
    const [row] = await sql`select pg_try_advisory_lock_shared(${KEY}) as taken`;
    if (row?.taken)
      return {
        isAlone,
        end,
        get isLost() {
          return isLost;
        },
      };
  } catch (error) {
    await sql.end({ timeout: 0 });
    if (!isAway(error)) throw error;
    return undefined; // it went away between reading its lock file and now: the caller looks again
  }
  await sql.end({ timeout: 1 });
  return undefined;

  async function tryAlone(): Promise<boolean> {
    const [row] = await sql`select pg_try_advisory_lock(${KEY}) as alone`;
    return row?.alone === true;
  }

  async function isAlone(): Promise<boolean> {
    const alone = await tryAlone();
    if (alone) await sql`select pg_advisory_unlock(${KEY})`;
    return alone;
  }

  /** The share goes before the question: of two that leave at the same moment, each would otherwise see the other and leave the server running. */
  async function leave(): Promise<boolean> {
    try {
      if (isLost) return false;
      await sql`select pg_advisory_unlock_shared(${KEY})`;
      return await tryAlone();
    } catch {
      return false; // another one that left is stopping the server
    }
  }

  async function end(stop: () => Promise<void>): Promise<void> {
    try {
      if (await leave()) await stop();
    } finally {
      await sql.end({ timeout: 1 });
    }
  }
}

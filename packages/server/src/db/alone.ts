import { setTimeout as sleep } from 'node:timers/promises';
import { MadangError } from '@madang/core/error.ts';
import { connect, type Place } from './connect.ts';

/** What a program that was killed has held is free again within this time, in ms. */
const PATIENCE = 3_000;
const PAUSE = 100;

/**
 * Holds the database for one serving program: two would not know of each other's participants and send each other's messages.
 * The hold is a session's lock, so it ends with the program however that ends. Error `database_in_use`.
 */
export async function holdAlone(place: Place): Promise<AsyncDisposable> {
  const sql = connect(place);
  try {
    for (const end = Date.now() + PATIENCE; ; await sleep(PAUSE)) {
      const [row] = await sql`select pg_try_advisory_lock(hashtext('madang server')) as mine`;
      if (row?.mine) return { [Symbol.asyncDispose]: () => sql.end({ timeout: 1 }) };
      if (Date.now() > end) throw new MadangError('database_in_use');
    }
  } catch (error) {
    await sql.end({ timeout: 0 });
    throw error;
  }
}

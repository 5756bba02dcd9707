import type { Writer } from '../db/store.ts';

/** Minutes that the clocks of program and database may differ: a token must not be forgotten before it has expired for both. */
const LEEWAY = '5 minutes';

export async function sweepHouse(db: Writer): Promise<void> {
  await db`delete from token_use where expires_at < now() - ${LEEWAY}::interval`;
  await db`delete from session where expires_at < now()`;
}

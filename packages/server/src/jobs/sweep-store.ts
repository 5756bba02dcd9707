import type { Writer } from '../db/store.ts';

export async function sweepHouse(db: Writer): Promise<void> {
  await db`delete from token_use where expires_at < now()`;
  await db`delete from session where expires_at < now()`;
}

import { MadangError } from '@madang/core/error.ts';
import { type Query, refuse, type Session } from './session.ts';
import type { Reader } from './store.ts';

export interface Mode {
  readonly begin: string;
  /** Undefined: no participant, so no participant's row is seen. */
  readonly participant: string | undefined;
  /** False: the answer does not wait for the end of the transaction, which only gives back a snapshot. */
  readonly durable: boolean;
}

/**
 * Runs `work` in one transaction. BEGIN and the participant travel with the first statement of `work`, so they cost no round trip of their own.
 */
export async function transaction<T>(
  session: Session,
  { begin, participant, durable }: Mode,
  work: (db: Reader) => Promise<T>,
): Promise<T> {
  const { sql } = session;
  const scope = openScope(session);
  const opened = Promise.all([
    session.send(sql.unsafe(begin)),
    participant !== undefined && session.send(sql`select set_config('madang.participant', ${participant}, true)`),
  ]);
  opened.catch(() => {});
  try {
    const result = await work(scope.db);
    await opened;
    scope.close();
    const ending = session.send(sql.unsafe('commit'));
    if (durable) refuseRollback(await ending);
    return result;
  } catch (error) {
    scope.close();
    await session.send(sql.unsafe('rollback')).catch(() => {});
    throw error;
  }
}

/** COMMIT of a transaction in which a statement failed rolls back without an error: `work` has hidden the failure. */
function refuseRollback({ command }: { command: string }): void {
  if (command !== 'COMMIT') throw new MadangError('internal', { detail: `a failed statement was ignored: ${command}` });
}

/**
 * The tag handed to `work`. It dies with the transaction: a query kept and awaited later would otherwise run in the next user's transaction,
 * as that user's participant.
 */
function openScope({ sql, send }: Session): { db: Reader; close: () => void } {
  let isOpen = true;
  const tag = (first: TemplateStringsArray, ...rest: never[]) => {
    const made = sql(first, ...rest) as unknown as Partial<Query>;
    if (!made.handle) return made; // names
    const query = made as Query;
    const { handle } = query;
    query.handle = async () => {
      query.handle = handle;
      if (isOpen) void send(query);
      else refuse(query, new Error('a query was awaited after the end of its transaction'));
    };
    return query;
  };
  const close = () => {
    isOpen = false;
  };
  return { db: Object.assign(tag, { json: (value: never) => sql.json(value) }) as unknown as Reader, close };
}

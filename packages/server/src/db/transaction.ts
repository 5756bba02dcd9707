import { MadangError } from '@madang/core/error.ts';
import type { Reader } from './store.ts';
import type { Session } from './session.ts';

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
export async function transaction<T>(session: Session, { begin, participant, durable }: Mode, work: (db: Reader) => Promise<T>): Promise<T> {
  const { sql } = session;
  const scope = openScope(session);
  const opening: Promise<unknown>[] = [sql.unsafe(begin).execute()];
  if (participant !== undefined) opening.push(sql`select set_config('madang.participant', ${participant}, true)`.execute());
  const opened = Promise.all(opening);
  opened.catch(() => {});
  try {
    const result = await work(scope.db);
    await opened;
    scope.close();
    const ending = sql.unsafe('commit').execute();
    if (durable) refuseRollback(await ending);
    else ending.catch(() => {});
    return result;
  } catch (error) {
    scope.close();
    if (!session.isBroken) await sql.unsafe('rollback').catch(() => {});
    throw error;
  }
}

/** COMMIT of a transaction in which a statement failed rolls back without an error: `work` has hidden the failure. */
function refuseRollback({ command }: { command: string }): void {
  if (command !== 'COMMIT') throw new MadangError('internal', { detail: `a failed statement was ignored: ${command}` });
}

interface Pending extends Promise<unknown> {
  handle?: () => Promise<void>;
  reject?: (error: Error) => void;
}

/**
 * The tag handed to `work`. It dies with the transaction: a query kept and awaited later would otherwise run in the next user's transaction,
 * as that user's participant. When the connection breaks, what still waits in line is refused.
 */
function openScope(session: Session): { db: Reader; close: () => void } {
  const { sql } = session;
  const sent = new Set<Pending>();
  let isOpen = true;
  session.onBreak = (error) => {
    for (const query of sent) query.reject?.(error);
  };
  const tag = (first: TemplateStringsArray, ...rest: never[]) => {
    const query = sql(first, ...rest) as unknown as Pending;
    const { handle, reject } = query;
    if (!handle || !reject) return query;
    // The driver calls `handle` whenever the query is awaited; it runs the first time.
    query.handle = async () => {
      if (sent.has(query)) return;
      if (!isOpen) return reject(new Error('a query was awaited after the end of its transaction'));
      if (session.isBroken) return reject(new MadangError('unavailable', { detail: 'the connection to the database broke' }));
      sent.add(query);
      Promise.prototype.then.call(query, undefined, () => {}); // a query that `work` does not await must not end the process
      return handle.call(query);
    };
    return query;
  };
  const close = () => {
    isOpen = false;
    session.onBreak = () => {};
  };
  return { db: Object.assign(tag, { json: sql.json }) as unknown as Reader, close };
}

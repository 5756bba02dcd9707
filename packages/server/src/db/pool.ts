import { MadangError } from '@madang/core/error.ts';
import type { Session } from './session.ts';

/** Lends sessions, one user at a time each. */
export interface Pool extends AsyncDisposable {
  /** Waits in line when all sessions are lent. The session comes back when `work` ends. */
  lend<T>(work: (session: Session) => Promise<T>): Promise<T>;
}

/** Spare sessions are closed after this time, in ms, since each costs the server some megabytes. */
const SPARE_TIME = 30_000;

export function createPool(open: () => Promise<Session>, size: number): Pool {
  const free: { session: Session; since: number }[] = [];
  const line: { start: () => void; refuse: (error: Error) => void }[] = [];
  const lent = new Set<Promise<unknown>>();
  let busy = 0;
  let closed = false;
  const sweeper = setInterval(closeSpare, SPARE_TIME).unref();

  return { lend, [Symbol.asyncDispose]: close };

  async function lend<T>(work: (session: Session) => Promise<T>): Promise<T> {
    if (closed) throw new MadangError('unavailable', { detail: 'the store is closed' });
    if (busy < size) busy++;
    else await new Promise<void>((start, refuse) => line.push({ start, refuse }));
    const turn = use(work);
    lent.add(turn);
    try {
      return await turn;
    } finally {
      lent.delete(turn);
      const next = line.shift();
      if (next) next.start();
      else busy--;
    }
  }

  async function use<T>(work: (session: Session) => Promise<T>): Promise<T> {
    let found = free.pop();
    while (found?.session.isBroken) found = free.pop();
    const session = found?.session ?? (await open());
    try {
      return await work(session);
    } finally {
      if (closed || session.isBroken) await session.end();
      else free.push({ session, since: Date.now() });
    }
  }

  function closeSpare(): void {
    while (free.length > 1 && free[0] && free[0].since < Date.now() - SPARE_TIME) void free.shift()?.session.end();
  }

  async function close(): Promise<void> {
    closed = true;
    clearInterval(sweeper);
    for (const { refuse } of line.splice(0)) refuse(new MadangError('unavailable', { detail: 'the store is closed' }));
    await Promise.allSettled(lent);
    await Promise.all(free.splice(0).map(({ session }) => session.end()));
  }
}

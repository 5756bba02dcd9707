import { setTimeout as sleep } from 'node:timers/promises';
import { MadangError } from '@madang/core/error.ts';
import { connect, type Place, type Sql } from './connect.ts';

/** What a program that was killed has held is free again within this time, in ms. */
const PATIENCE = 3_000;
const PAUSE = 100;
const PAUSE_AFTER_FAILURE = 1_000;
/** How often the hold is looked at, and how long an answer may take: a server that was cut off, or replaced by another, tells nobody. */
const LOOK = 2_000;
const LOOK_LONGEST = 5_000;
/** How long taking it may take, with the connection to a server that is starting. */
const LONGEST = 30_000;

/** The database as held by one serving program; two would send each other's messages. */
export interface Hold {
  /** False while the session that holds it is lost: the server was restarted or replaced, and another program may hold it now. */
  readonly isHeld: boolean;
  /** How often it was taken. Between two terms another program may have held it. */
  readonly term: number;
  /** Resolves when it is held, or the signal comes. */
  held(signal?: AbortSignal): Promise<void>;
  /** Called each time it is taken again. */
  onAgain(listener: () => void): void;
}

/** Of a store that nothing else is kept from. */
export const UNHELD: Hold = { isHeld: true, term: 1, held: async () => {}, onAgain: () => {} };

/**
 * Holds the database for one serving program, by a session's lock, so that it ends with the program however that ends. A lost session is replaced as
 * soon as the server can be reached and no other program holds it. `place` is asked anew each time.
 * @throws MadangError `database_in_use` when it is held by another at the start
 */
export async function holdAlone(place: () => Promise<Place>): Promise<Hold & AsyncDisposable> {
  const closing = new AbortController();
  const listeners: (() => void)[] = [];
  let term = 0;
  let session: Session | undefined;
  let waiting = Promise.withResolvers<void>();

  async function take(patience: number): Promise<void> {
    const fresh = await lock(await place(), patience, closing.signal, () => lose(fresh));
    if (closing.signal.aborted) return fresh.end();
    session = fresh;
    term++;
    waiting.resolve();
  }

  function lose(lost: Session): void {
    if (session !== lost) return;
    session = undefined;
    waiting = Promise.withResolvers();
    void takeAgain();
  }

  async function takeAgain(): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        await take(Number.POSITIVE_INFINITY);
        for (const listener of listeners) listener();
        return;
      } catch {
        // Away, or starting: as for everything else that needs it.
        await sleep(PAUSE_AFTER_FAILURE, undefined, { signal: closing.signal }).catch(() => {});
      }
    }
  }

  await take(PATIENCE);
  return {
    get isHeld() {
      return session !== undefined;
    },
    get term() {
      return term;
    },
    async held(signal) {
      while (!session && !signal?.aborted) {
        const stopped = Promise.withResolvers<void>();
        signal?.addEventListener('abort', () => stopped.resolve(), { once: true });
        await Promise.race([waiting.promise, stopped.promise]);
      }
    },
    onAgain: (listener) => void listeners.push(listener),
    async [Symbol.asyncDispose]() {
      closing.abort();
      const last = session;
      session = undefined;
      await last?.end();
    },
  };
}

interface Session {
  end(): Promise<void>;
}

/** A session that has the lock; tries for so many ms. `onlost` is called once when it breaks or no longer answers. */
async function lock(place: Place, patience: number, signal: AbortSignal, onlost: () => void): Promise<Session> {
  let lost = false;
  const lose = () => {
    lost = true;
    clearInterval(timer);
    onlost();
  };
  let timer: NodeJS.Timeout | undefined;
  // The driver forgets some queries when the connection breaks.
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => {});
  const sql = connect(place, () => {
    broken.reject(new Error('the session broke'));
    if (timer && !lost) lose();
  });
  try {
    for (const began = Date.now(); ; ) {
      const asked = sql`select pg_try_advisory_lock(hashtext('madang server')) as mine`;
      const [row] = await Promise.race([asked, broken.promise, late()]);
      if (row?.mine) break;
      const waited = Date.now() - began;
      if (waited > patience) throw new MadangError('database_in_use');
      await sleep(waited < PATIENCE ? PAUSE : PAUSE_AFTER_FAILURE, undefined, { signal });
    }
  } catch (error) {
    await sql.end({ timeout: 0 });
    throw error;
  }
  const look = async (): Promise<void> => {
    if (lost || (await answers(sql)) || lost) return;
    lose();
    await sql.end({ timeout: 0 }).catch(() => {});
  };
  timer = setInterval(() => void look(), LOOK).unref();
  return {
    async end() {
      lost = true;
      clearInterval(timer);
      await sql.end({ timeout: 1 });
    },
  };
}

/** An answer that does not come at all. */
const late = () =>
  sleep(LONGEST, undefined, { ref: false }).then(() => {
    throw new Error('no answer');
  });

/** Whether the same session still answers and still has the lock. */
async function answers(sql: Sql): Promise<boolean> {
  const asked = sql`select count(*)::int as mine from pg_locks where locktype = 'advisory' and pid = pg_backend_pid() and granted`.then(
    ([row]) => row?.mine > 0,
    () => false,
  );
  const late = sleep(LOOK_LONGEST, false, { ref: false });
  return Promise.race([asked, late]);
}

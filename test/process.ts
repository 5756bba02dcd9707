import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { CreatedParticipant } from '@madang/core/api/views.ts';
import { connect, type Sql } from '@madang/server/db/connect.ts';
import { stopServer } from '@madang/server/db/embedded/launch.ts';
import { isServer, type LockFile, readLockFile } from '@madang/server/db/embedded/lock-file.ts';

const CACHE = fileURLToPath(new URL('../node_modules/.cache/compile', import.meta.url));
const MAIN = fileURLToPath(new URL('../packages/server/src/main.ts', import.meta.url));

/** No start, and no step of it that a test waits for, takes as long as this. */
const LONGEST_MS = 40_000;

/** The line that `start --json` prints. */
export interface Ready {
  readonly url: string;
  readonly participants: readonly CreatedParticipant[];
  readonly passport?: { readonly url: string; readonly json: string };
}

/**
 * A data folder of its own that remembers a port of its own, so that no other test takes it while the program is down. Disposing it stops the
 * database that a killed program left, and removes it.
 */
export interface DataFolder extends AsyncDisposable {
  readonly path: string;
  /** The lock of its database server while one runs. */
  database(): LockFile | undefined;
  /** Looks into the database past every boundary, as its owner. */
  look<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
}

export async function dataFolder(path?: string): Promise<DataFolder> {
  const made = path ?? (await mkdtemp(join(tmpdir(), 'madang-process-')));
  await writeFile(join(made, 'port'), `${await freePort()}\n`);
  const postgres = join(made, 'postgres');
  const database = () => {
    const lock = readLockFile(postgres);
    return lock && isServer(lock.pid, postgres) ? lock : undefined;
  };
  return {
    path: made,
    database,
    async look(work) {
      const sql = connect({ at: { socketFolder: database()?.socketFolder ?? '', database: 'madang', user: 'madang' } });
      try {
        return await work(sql);
      } finally {
        await sql.end({ timeout: 1 });
      }
    },
    async [Symbol.asyncDispose]() {
      const lock = database();
      if (lock) await stopServer(lock.pid, postgres, lock.socketFolder);
      if (path === undefined) await rm(made, { recursive: true, force: true });
    },
  };
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The real program in a process of its own. Disposing it kills it. */
export interface Program extends AsyncDisposable {
  readonly pid: number;
  /** What it has printed so far. */
  readonly out: string;
  readonly err: string;
  /** Its line of JSON. Rejects when the program ends before. */
  readonly ready: Promise<Ready>;
  readonly ended: Promise<Ended>;
  /** Resolves when it has printed this so many times (once, if not said); rejects when it ends before. */
  says(what: RegExp, times?: number): Promise<void>;
  /** Sends a signal and resolves when the program has ended; rejects after 20 s. */
  end(signal: NodeJS.Signals): Promise<Ended>;
}

interface Start {
  readonly folder: string;
  /** After `start`; `--json` and no example when left out. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export function start({ folder, args = ['--json', '--no-example'], env = {} }: Start): Program {
  const settings = {
    PATH: process.env['PATH'] ?? '',
    NODE_COMPILE_CACHE: CACHE,
    MADANG_DATA: folder,
    MADANG_LOG: 'error',
    MADANG_OUTBOUND: 'loopback',
    ...env,
  };
  const child = spawn(process.execPath, [MAIN, 'start', ...args], { env: settings, stdio: ['ignore', 'pipe', 'pipe'] });
  const told = { out: '', err: '' };
  const heard = new EventEmitter().setMaxListeners(0);
  const hear = (stream: 'out' | 'err') => (text: string) => {
    told[stream] += text;
    heard.emit('more');
  };
  child.stdout.setEncoding('utf8').on('data', hear('out'));
  child.stderr.setEncoding('utf8').on('data', hear('err'));
  const ended = once(child, 'close').then(([code, signal]): Ended => ({ code, signal }));
  const until = async <T>(look: () => T | undefined): Promise<T> => {
    for (const late = AbortSignal.timeout(LONGEST_MS); ; ) {
      const found = look();
      if (found !== undefined) return found;
      if (late.aborted) throw new Error(`not within ${LONGEST_MS} ms:\n${told.out}\n${told.err}`);
      if (hasEnded(child)) throw new Error(`ended before (${child.exitCode ?? child.signalCode}):\n${told.out}\n${told.err}`);
      await Promise.race([once(heard, 'more', { signal: late }).catch(() => {}), ended]);
    }
  };
  const ready = until(() => (told.out.includes('\n') ? (JSON.parse(told.out.slice(0, told.out.indexOf('\n'))) as Ready) : undefined));
  ready.catch(() => {});
  return {
    pid: child.pid ?? 0,
    get out() {
      return told.out;
    },
    get err() {
      return told.err;
    },
    ready,
    ended,
    says: async (what, times = 1) => {
      await until(() => (`${told.err}${told.out}`.split(what).length > times ? true : undefined));
    },
    async end(signal) {
      child.kill(signal);
      const late = sleep(20_000, undefined, { ref: false }).then(() => {
        throw new Error(`still running 20 s after ${signal}:\n${told.err}`);
      });
      return Promise.race([ended, late]);
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

/** A port that nobody listens on, below those that the system gives to outgoing connections: a program that was killed finds it free again. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + randomInt(12_000);
    const server = createServer().listen(port, '127.0.0.1');
    const taken = await once(server, 'listening').then(
      () => false,
      () => true,
    );
    if (taken) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}

import { readFileSync, readlinkSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the server writes into postmaster.pid. */
export interface LockFile {
  readonly pid: number;
  readonly socketFolder: string;
  /** Accepts connections. */
  readonly ready: boolean;
}

/** The lock of a data folder, or undefined when there is none or it is still being written. */
export function readLockFile(folder: string): LockFile | undefined {
  const lines = readOrEmpty(join(folder, 'postmaster.pid')).split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, socketFolder: lines[4] ?? '', ready: lines[7]?.trim() === 'ready' };
}

/**
 * True when the process lives, is no zombie (the first process of a container may not reap), and is the PostgreSQL server of that folder:
 * its id may have passed on to another program, even to another server.
 */
export function isServer(pid: number, folder: string): boolean {
  const state = /^\d+ \(postgres\) (\w)/.exec(readOrEmpty(`/proc/${pid}/stat`))?.[1];
  if (state === undefined || state === 'Z' || state === 'X') return false;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(folder);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES';
  }
}

/**
 * Lets a server start over a lock whose process is gone. PostgreSQL does so by itself unless the id still answers, as a zombie's or a stranger's does.
 * The file is not removed then: an id that can not exist is written into it, so that the server takes the lock for stale by its own rule
 * and still checks that no orphan of its predecessor holds the shared memory.
 */
export function clearStaleLock(folder: string, pid: number): void {
  const path = join(folder, 'postmaster.pid');
  const [first, ...rest] = readOrEmpty(path).split('\n');
  if (Number(first) === pid && readOrEmpty(`/proc/${pid}/stat`) !== '') writeFileSync(path, [IMPOSSIBLE_PID, ...rest].join('\n'));
}

/** Linux gives out ids below this. */
const IMPOSSIBLE_PID = 4_194_304;

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EACCES') throw error;
    return '';
  }
}

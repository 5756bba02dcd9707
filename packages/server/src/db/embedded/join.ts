import { realpathSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { MadangError } from '@madang/core/error.ts';
import type { Text } from '@madang/core/text.ts';
import { findBinaries } from './binaries.ts';
import { createDataFolder } from './create.ts';
import { failure } from './failure.ts';
import { launch } from './launch.ts';
import { clearStaleLock, isServer, readLockFile } from './lock-file.ts';
import { type RunAs, runAs } from './run-as.ts';
import { type Share, takeShare } from './share.ts';
import { makeSocketFolder } from './socket-folder.ts';

export interface Joined {
  readonly pid: number;
  readonly socketFolder: string;
  readonly share: Share;
  /** True when this process started the server. */
  readonly started: boolean;
}

/** How long to wait, in ms, for a server that another process is starting, recovering or stopping. */
const PATIENCE = 60_000;

/**
 * Takes a share in the folder's server, starting it when none runs. Several processes may do this at once, and another may be stopping the server:
 * whoever loses a race looks again.
 */
export async function joinServer(folder: string, onProgress: (text: Text) => void): Promise<Joined> {
  const deadline = Date.now() + PATIENCE;
  let lost: unknown;
  for (let pause = 0; Date.now() < deadline; pause = Math.min(pause + 25, 250)) {
    await sleep(pause);
    try {
      const started = await ensureRunning(folder, onProgress);
      const share = await takeShare(readLockFile(folder)?.socketFolder);
      const lock = share && readLockFile(folder); // from here on the server stays the same
      if (lock) return { pid: lock.pid, socketFolder: lock.socketFolder, share, started };
    } catch (error) {
      lost = failure(error, folder);
      if ((lost as MadangError).code !== 'database_locked') throw lost;
    }
  }
  throw lost ?? new MadangError('database_locked', { values: { path: folder } });
}

/** Answers true when it started the server. */
async function ensureRunning(folder: string, onProgress: (text: Text) => void): Promise<boolean> {
  const lock = readLockFile(folder);
  if (lock && isServer(lock.pid, folder)) {
    if (!lock.ready) throw new MadangError('database_locked', { values: { path: folder } });
    return false;
  }
  const binaries = findBinaries();
  const as = runAs(binaries, folder);
  onProgress({ ko: '데이터베이스를 시작합니다.', en: 'Starting the database.' });
  try {
    await createDataFolder(folder, binaries, as);
    if (lock) clearStaleLock(folder, lock.pid);
    const real = realpathSync(folder);
    await launch(real, makeSocketFolder(real, as.owner), binaries, as);
  } catch (error) {
    throw asRoot(failure(error, folder), as);
  }
  return true;
}

/** Root that must step down to nobody can't help it that nobody may not enter root's folders. What the server says has no `code`, unlike an error of our own. */
function asRoot(error: MadangError, { owner }: RunAs): MadangError {
  const isServers = (error.cause as { code?: unknown } | undefined)?.code === undefined;
  return owner && isServers && error.code === 'database_no_permission' ? new MadangError('database_root', { cause: error.cause }) : error;
}

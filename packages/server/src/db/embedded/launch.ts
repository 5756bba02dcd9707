import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Binaries, environment } from './binaries.ts';
import { failure } from './failure.ts';
import { isServer, readLockFile } from './lock-file.ts';
import type { RunAs } from './run-as.ts';

/**
 * Durability is PostgreSQL's default and is said aloud so that nobody relaxes it in a file. Few processes and small buffers,
 * because the program is meant to run beside other things on a small machine.
 */
const SETTINGS = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '32MB',
  max_connections: '60',
  max_wal_size: '256MB',
  io_method: 'sync',
  max_logical_replication_workers: '0',
  max_wal_senders: '0',
  jit: 'off',
  log_checkpoints: 'off',
};

/** A log larger than this begins anew at the next start. */
const LOG_LIMIT = 4_000_000;

/**
 * Starts the server detached, so that it outlives this process, and waits until it accepts connections. Recovery after a crash can take
 * a while: the wait ends only when the process does.
 * Errors: those of `failure`; `database_locked` when another process won the race to start it.
 */
export async function launch(folder: string, socketFolder: string, binaries: Binaries, { before, owner }: RunAs): Promise<void> {
  const log = openLog(`${folder}.log`);
  const settings = Object.entries({ ...SETTINGS, unix_socket_directories: socketFolder }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const [program = '', ...words] = [...before, join(binaries.bin, 'postgres'), '-D', folder, '-p', '5432', ...settings];
  const child = spawn(program, words, {
    ...owner,
    cwd: '/',
    env: environment(binaries),
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  closeSync(log.fd);
  let ended: Error | undefined;
  child.on('error', (error) => {
    ended = error;
  });
  child.on('exit', (code, signal) => {
    ended ??= new Error(log.sinceStart() || `exit ${code ?? signal}`);
  });
  child.unref();
  while (!ended) {
    const lock = readLockFile(folder);
    if (lock?.pid === child.pid && lock?.ready) return;
    await sleep(10);
  }
  throw failure(ended, folder);
}

/** Stops a server at once, its sessions too, and resolves when it has ended. One that runs under another user is left alone. */
export async function stopServer(pid: number, folder: string, socketFolder: string): Promise<void> {
  try {
    process.kill(pid, 'SIGINT');
    while (isServer(pid, folder)) await sleep(10);
    rmdirSync(socketFolder);
  } catch {
    // Not ours to stop, or the folder is in use again already.
  }
}

function openLog(path: string): { fd: number; sinceStart: () => string } {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const from = size > LOG_LIMIT ? 0 : size;
  const fd = openSync(path, size > LOG_LIMIT ? 'w' : 'a', 0o600);
  return { fd, sinceStart: () => readFileSync(path).subarray(from).toString('utf8') };
}

import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { MadangError } from '@madang/core/error.ts';
import { makeFolder } from '../../config/folder.ts';
import { type Binaries, environment, MAJOR } from './binaries.ts';
import { failure } from './failure.ts';
import type { RunAs } from './run-as.ts';

/** Name of the database's owner, who migrates. The program itself enters as `madang_app`. */
export const OWNER = 'madang';

/**
 * Makes the data folder when there is none. It is made beside its place and moved there when complete and synced,
 * so that neither a crash nor a second process ever finds half of one.
 * Errors: `database_wrong_version`, `database_disk_full`, `database_no_permission`, `database_failed`.
 */
export async function createDataFolder(folder: string, binaries: Binaries, { before, owner }: RunAs): Promise<void> {
  if (existsSync(folder)) return checkVersion(folder);
  const draft = `${folder}.new-${randomUUID().slice(0, 8)}-${process.pid}`;
  try {
    makeFolder(dirname(folder));
    removeOldDrafts(folder);
    mkdirSync(draft, { mode: 0o700 });
    if (owner) chownSync(draft, owner.uid, owner.gid);
    await run([...before, join(binaries.bin, 'initdb'), '-D', draft, ...FORM], { ...owner, cwd: '/', env: environment(binaries) });
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) return;
    throw failure(error, folder);
  }
}

/** The builtin locale sorts the same on every machine; the socket's folder is what guards the log-in. */
const FORM = [
  `--username=${OWNER}`,
  '--auth=trust',
  '--encoding=UTF8',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--locale=C',
];

function checkVersion(folder: string): void {
  let version: string;
  try {
    version = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim();
  } catch (error) {
    throw failure(error, folder);
  }
  if (version !== MAJOR) throw new MadangError('database_wrong_version', { values: { path: folder, found: version, wanted: MAJOR } });
}

function removeOldDrafts(folder: string): void {
  for (const name of readdirSync(dirname(folder))) {
    const pid = name.startsWith(`${basename(folder)}.new-`) ? Number(name.split('-').at(-1)) : 0;
    if (pid > 0 && !existsSync(`/proc/${pid}`)) rmSync(join(dirname(folder), name), { recursive: true, force: true });
  }
}

function run([program = '', ...words]: string[], options: object): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
    let text = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      text += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(text.trim()))));
  });
}

import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { MadangError } from '@madang/core/error.ts';
import { type Binaries, environment } from './binaries.ts';

/** How the server's programs are started, since PostgreSQL refuses to run as root. */
export interface RunAs {
  /** Words put before the program. */
  readonly before: readonly string[];
  /** User and group that own the data folder and run the server; undefined: our own. */
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
}

const NOBODY = 65534;

/**
 * An ordinary user runs the server directly. Root runs it in a user namespace, where files stay root's and private folders
 * stay reachable; where that is denied, or was when the data folder was made, as nobody.
 * Errors: `database_root` when neither works.
 */
export function runAs(binaries: Binaries, folder: string): RunAs {
  if (process.getuid?.() !== 0) return { before: [], owner: undefined };
  const namespace = ['unshare', '-U', '--map-user=1000', '--'];
  const isNobodys = statSync(folder, { throwIfNoEntry: false })?.uid === NOBODY;
  if (!isNobodys && works([...namespace, 'true'], {})) return { before: namespace, owner: undefined };
  const owner = { uid: NOBODY, gid: NOBODY };
  if (works([join(binaries.bin, 'postgres'), '--version'], { ...owner, cwd: '/', env: environment(binaries) }))
    return { before: [], owner };
  throw new MadangError('database_root');
}

function works([program = '', ...words]: string[], options: object): boolean {
  return spawnSync(program, words, { stdio: 'ignore', ...options }).status === 0;
}

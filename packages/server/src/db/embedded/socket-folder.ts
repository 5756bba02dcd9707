import { createHash } from 'node:crypto';
import { chownSync, lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MadangError } from '@madang/core/error.ts';
import type { RunAs } from './run-as.ts';

/** A socket path has room for 107 bytes; `/.s.PGSQL.5432.lock` takes 19 of them. */
const LONGEST = 85;

/**
 * Makes the private folder of the server's socket: short, in the run-time folder, named by a hash of the data folder.
 * Errors: `database_no_permission` when someone else owns a folder of that name.
 */
export function makeSocketFolder(dataFolder: string, owner: RunAs['owner']): string {
  const name = `madang-${createHash('sha256').update(dataFolder).digest('hex').slice(0, 12)}`;
  const uid = process.getuid?.() ?? 0;
  const bases = [process.env.XDG_RUNTIME_DIR, tmpdir(), '/tmp'].filter((base) => base?.startsWith('/')) as string[];
  for (const base of bases) {
    const folder = join(base, name);
    if (Buffer.byteLength(folder) > LONGEST || !isWritable(folder)) continue;
    const { uid: holder, mode } = lstatSync(folder);
    if (owner && holder === uid) chownSync(folder, owner.uid, owner.gid);
    else if (holder !== (owner?.uid ?? uid) || mode & 0o077) throw new MadangError('database_no_permission', { values: { path: folder } });
    return folder;
  }
  throw new MadangError('database_no_permission', { values: { path: bases.join(', ') } });
}

function isWritable(folder: string): boolean {
  try {
    mkdirSync(folder, { mode: 0o700 });
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EEXIST' && lstatSync(folder).isDirectory();
  }
}

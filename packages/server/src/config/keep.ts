import { closeSync, existsSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { failure } from '../db/embedded/failure.ts';

/**
 * The content of a small file of the data folder, made (mode 0600) when there is none. It appears whole and synced or not at all, so that
 * neither a crash nor a full disk leaves an empty key behind.
 * @throws MadangError `database_disk_full`, `database_no_permission`
 */
export function keep(path: string, make: () => string): string {
  try {
    if (!existsSync(path)) write(path, make());
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw failure(error, path);
  }
}

/** Linked to its name, not renamed: what another process made in the meantime stays. */
function write(path: string, content: string): void {
  const draft = `${path}.new-${process.pid}`;
  try {
    const file = openSync(draft, 'w', 0o600);
    try {
      writeSync(file, `${content}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

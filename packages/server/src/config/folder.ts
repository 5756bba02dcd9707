import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** One folder at a time: Node's own recursive way never ends where the system denies a folder as not found, as below /proc. */
export function makeFolder(path: string, mode = 0o777): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path, { mode });
}

import { MadangError } from '@madang/core/error.ts';

/** No space, no quota, or larger than a file may be here. */
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** What the disk refused, as an error of the registry where a person can do something. */
export function diskError(error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  return code !== undefined && FULL.has(code) ? new MadangError('disk_full', { cause: error, detail: code }) : error;
}

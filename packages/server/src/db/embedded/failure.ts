import { MadangError } from '@madang/core/error.ts';

/** Names what went wrong when a data folder is made or a server started, from a Node error or from PostgreSQL's own words. */
export function failure(cause: unknown, folder: string): MadangError {
  if (cause instanceof MadangError) return cause;
  const { code = '', syscall, message } = cause as NodeJS.ErrnoException;
  const says = (...words: string[]) => words.some((word) => code === word || message.includes(word));
  const values = { path: folder };
  if (says('ENOSPC', 'No space left on device', 'Check free disk space', 'EDQUOT', 'Disk quota exceeded'))
    return new MadangError('database_disk_full', { values, cause });
  const cannotBeMade = code === 'ENOTDIR' || (code === 'ENOENT' && syscall === 'mkdir');
  if (
    cannotBeMade ||
    says('EACCES', 'EPERM', 'EROFS', 'Permission denied', 'Read-only file system', 'wrong ownership', 'invalid permissions')
  )
    return new MadangError('database_no_permission', { values, cause, detail: message });
  if (says('pre-existing shared memory block', 'lock file "'))
    return new MadangError('database_locked', { values, cause, detail: message });
  if (says('database files are incompatible'))
    return new MadangError('database_wrong_version', { values: { ...values, found: '?', wanted: '?' }, cause, detail: message });
  return new MadangError('database_failed', { values: { ...values, why: lastLine(message) }, cause, detail: message });
}

function lastLine(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return (lines.find((line) => line.includes('FATAL')) ?? lines.at(-1) ?? '').trim();
}

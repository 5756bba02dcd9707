import { MadangError } from '@madang/core/error.ts';
import postgres from 'postgres';

/** SQLSTATEs after which the same transaction may be tried again: serialization failure, deadlock. */
const RETRYABLE = new Set(['40001', '40P01']);

/** Server going down or starting, too many connections, connection exceptions; and the driver's and Node's own codes. */
const AWAY = /^(57P0[1-5]|53300|08\w{3}|CONNECT\w*|ECONN\w*|ENOENT|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN)$/;

/** Text with a zero byte, which JSON allows and PostgreSQL does not keep; an index key or value beyond PostgreSQL's limits. */
const UNSTORABLE = new Set(['22021', '22P05', '54000']);

function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | null)?.code ?? '');
}

export function isRetryable(error: unknown): boolean {
  return RETRYABLE.has(codeOf(error));
}

/** True when the server cannot be reached at this moment, or went away. */
export function isAway(error: unknown): boolean {
  return AWAY.test(codeOf(error));
}

/** True for an error of the store as a whole, which says nothing about what was to be stored: the same may be tried again. */
export function isStoreAway(error: unknown): boolean {
  return error instanceof MadangError && (error.code === 'unavailable' || error.code.startsWith('database_'));
}

/** True when a row of that key exists already; `constraint` narrows it to one key by name. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  return (
    error instanceof postgres.PostgresError && error.code === '23505' && (constraint === undefined || error.constraint_name === constraint)
  );
}

/**
 * The one place that maps what PostgreSQL and its driver throw. What concerns the whole store becomes a MadangError
 * (`database_disk_full`, `unavailable`), a value that it cannot keep `bad_request`; a violated constraint stays as it is for the verb to explain.
 */
export function translate(error: unknown): unknown {
  if (error instanceof MadangError) return error;
  const code = codeOf(error);
  const detail = error instanceof Error ? error.message : String(error);
  if (code === '53100') return new MadangError('database_disk_full', { values: { path: 'PostgreSQL' }, cause: error, detail });
  if (isAway(error) || isRetryable(error)) return new MadangError('unavailable', { cause: error, detail });
  if (UNSTORABLE.has(code)) return new MadangError('bad_request', { values: { why: detail }, cause: error });
  return error;
}

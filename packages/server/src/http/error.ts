import { randomUUID } from 'node:crypto';
import { MadangError } from '@madang/core/error.ts';
import { HTTPException } from 'hono/http-exception';
import type { Logger } from 'pino';
import { z } from 'zod';
import { translate } from '../db/errors.ts';

/** The one place where anything thrown becomes an error of the registry. What is not ours is logged under a reference, and shown as that only. */
export function toMadangError(error: unknown, log: Logger): MadangError {
  if (error instanceof MadangError) {
    // 502: what another house answered, or that it did not; it is told to whoever asked.
    if (error.status >= 500) log[error.status === 502 ? 'info' : 'error']({ err: error, detail: error.detail }, error.code);
    return error.code === 'internal' ? reference(error, log) : error;
  }
  if (error instanceof z.ZodError) {
    const [issue] = error.issues;
    return new MadangError('bad_request', { values: { why: `${issue?.path.join('.') || '/'}: ${issue?.message}` }, data: error.issues });
  }
  if (error instanceof HTTPException && error.status < 500) return new MadangError('bad_request', { values: { why: error.message } });
  const known = translate(error);
  return known instanceof MadangError ? known : reference(error, log);
}

function reference(error: unknown, log: Logger): MadangError {
  const ref = randomUUID().slice(0, 8);
  log.error({ err: error, ref }, 'unexpected');
  return new MadangError('internal', { values: { ref }, cause: error });
}

import { type ErrorBody, type ErrorCode, MadangError } from '@madang/core/error.ts';
import type { Text } from '@madang/core/text.ts';

/** What a call throws: the server's own error, or one of this side's `unreachable`, `timed_out`, `bad_answer`. */
export class ApiError extends Error {
  /** A server newer than this client may send codes that the client's registry does not hold. */
  readonly code: ErrorCode | (string & {});
  readonly status: number;
  readonly text: Text;
  readonly data: unknown;

  constructor(body: { code: string; status: number; text: Text; data?: unknown }, options?: ErrorOptions) {
    super(`${body.code}: ${body.text.en}`, options);
    this.name = 'ApiError';
    this.code = body.code;
    this.status = body.status;
    this.text = body.text;
    this.data = body.data;
  }
}

/** An error of this side, worded by the registry. */
export function ownError(code: ErrorCode, values: Readonly<Record<string, string | number>>, cause?: unknown): ApiError {
  return new ApiError(new MadangError(code, { values }).body, { cause });
}

/** The error that an answer carries; `bad_answer` when whatever answered is not Madang (a proxy's page, say). */
export async function errorOf(answer: Response, url: string): Promise<ApiError> {
  const body = (await answer.json().catch(() => null)) as { error?: ErrorBody } | null;
  const error = body?.error;
  if (typeof error?.code === 'string' && typeof error.text?.ko === 'string') return new ApiError({ ...error, status: answer.status });
  return ownError('bad_answer', { url, status: answer.status });
}

import { errorOf, ownError } from './error.ts';

export interface Door {
  /** Address of the server without a slash at the end; empty in a browser: the page's own. */
  readonly url: string;
  /** Management key or host key; without one the browser's cookie speaks. */
  readonly key: string | undefined;
  readonly fetch: typeof fetch;
}

/** What went wrong on the way, worded; errors that are worded already pass through. */
export function failure(error: unknown, url: string, signal?: AbortSignal, patience?: AbortSignal): unknown {
  if (signal?.aborted) return signal.reason;
  if (patience?.aborted) return ownError('timed_out', { url }, error);
  if (error instanceof TypeError) return ownError('unreachable', { url, why: whyOf(error) }, error);
  return error;
}

export function headersOf(door: Door): Record<string, string> {
  return door.key ? { authorization: `Bearer ${door.key}`, 'x-madang': '1' } : { 'x-madang': '1' };
}

/** With a key no cookie goes along, so that one page can hold several participants. */
export const credentialsOf = (door: Door): RequestCredentials => (door.key ? 'omit' : 'same-origin');

/** The JSON value of an answer; throws the error that it carries. */
export async function jsonOf(answer: Response, url: string): Promise<unknown> {
  if (!answer.ok) throw await errorOf(answer, url);
  const text = await answer.text();
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw ownError('bad_answer', { url, status: answer.status }, error);
  }
}

function whyOf(error: Error): string {
  const cause = error.cause as { code?: string; errors?: { code?: string }[] } | undefined;
  return cause?.code ?? cause?.errors?.[0]?.code ?? error.message;
}

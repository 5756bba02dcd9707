import type { Route } from '@madang/core/api/route.ts';
import { errorOf, ownError } from './error.ts';

export interface Door {
  /** Address of the server without a slash at the end; empty in a browser: the page's own. */
  readonly url: string;
  /** Management key or host key; without one the browser's cookie speaks. */
  readonly key: string | undefined;
  readonly fetch: typeof fetch;
}

export interface Parts {
  readonly params?: Readonly<Record<string, string>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

const PATIENCE_MS = 30_000;

/** One request of the table, answered by its JSON value, or by bytes for a download. Throws ApiError, or the signal's reason when aborted. */
export async function send(door: Door, base: string, route: Route, parts: Parts): Promise<unknown> {
  const url = door.url + base + pathOf(route.path, parts.params) + queryOf(parts.query);
  const patience = AbortSignal.timeout(patienceOf(parts.body));
  const signal = parts.signal ? AbortSignal.any([parts.signal, patience]) : patience;
  try {
    const answer = await door.fetch(url, { method: route.method, ...content(door, route, parts.body), signal });
    if (!answer.ok) throw await errorOf(answer, url);
    if (route.form === 'download') return new Uint8Array(await answer.arrayBuffer());
    return await json(answer, url);
  } catch (error) {
    throw failure(error, url, parts.signal, patience);
  }
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

function content(door: Door, route: Route, body: unknown): RequestInit {
  const headers = headersOf(door);
  const common = { headers, credentials: credentialsOf(door) };
  if (body === undefined) return common;
  headers['content-type'] = route.form === 'file' ? 'application/octet-stream' : 'application/json';
  return { ...common, body: route.form === 'file' ? (body as Blob) : JSON.stringify(body) };
}

async function json(answer: Response, url: string): Promise<unknown> {
  const text = await answer.text();
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw ownError('bad_answer', { url, status: answer.status }, error);
  }
}

function pathOf(path: string, params: Parts['params']): string {
  return path.replace(/:(\w+)/g, (_, name: string) => {
    const value = params?.[name];
    if (!value) throw new RangeError(`${path} needs a value for ${name}`);
    return encodeURIComponent(value);
  });
}

function queryOf(query: Parts['query']): string {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text && `?${text}`;
}

/** A call that asks the server to wait gets that much longer. */
function patienceOf(body: unknown): number {
  const wait = typeof body === 'object' && body !== null && 'wait' in body ? Number(body.wait) : 0;
  return PATIENCE_MS + 1000 * (wait || 0);
}

function whyOf(error: Error): string {
  const cause = error.cause as { code?: string; errors?: { code?: string }[] } | undefined;
  return cause?.code ?? cause?.errors?.[0]?.code ?? error.message;
}

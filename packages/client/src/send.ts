import type { Route } from '@madang/core/api/route.ts';
import { credentialsOf, type Door, failure, headersOf, jsonOf } from './door.ts';
import type { Content } from './types.ts';
import { upload } from './upload.ts';

export interface Parts {
  readonly params?: Readonly<Record<string, string>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
  readonly size?: number | undefined;
  readonly onProgress?: ((bytes: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

const PATIENCE_MS = 30_000;

/** One request of the table, answered by its JSON value, or by bytes for a download. Throws ApiError, or the signal's reason when aborted. */
export async function send(door: Door, base: string, route: Route, parts: Parts): Promise<unknown> {
  const url = urlOf(door, base, route, parts);
  if (route.form === 'stream') return upload(door, url, { ...parts, body: parts.body as Content });
  const patience = AbortSignal.timeout(patienceOf(parts.body));
  const signal = parts.signal ? AbortSignal.any([parts.signal, patience]) : patience;
  try {
    const answer = await door.fetch(url, { method: route.method, ...content(door, route, parts.body), signal });
    if (answer.ok && route.form === 'download') return new Uint8Array(await answer.arrayBuffer());
    return await jsonOf(answer, url);
  } catch (error) {
    throw failure(error, url, parts.signal, patience);
  }
}

export const urlOf = (door: Door, base: string, route: Route, { params, query }: Parts): string =>
  door.url + base + pathOf(route.path, params) + queryOf(query);

function content(door: Door, route: Route, body: unknown): RequestInit {
  const headers = headersOf(door);
  const common = { headers, credentials: credentialsOf(door) };
  if (body === undefined) return common;
  headers['content-type'] = route.form === 'file' ? 'application/octet-stream' : 'application/json';
  return { ...common, body: route.form === 'file' ? (body as Blob) : JSON.stringify(body) };
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

import { randomUUID } from 'node:crypto';
import type { fetchBody } from '@madang/core/api/bodies.ts';
import type { StoredFile } from '@madang/core/api/views.ts';
import { MadangError } from '@madang/core/error.ts';
import type { z } from 'zod';
import type { Context } from '../context.ts';
import { getFile } from '../files/files.ts';
import type { House } from '../participants/houses.ts';
import { pullOf } from './address.ts';
import { contentOf } from './content.ts';
import { askProvider } from './fetch.ts';
import { openEmpty, takeFile } from './take.ts';

/**
 * Calls the partner's service of a running transfer once, and keeps the answer as a file under the agreement.
 * @throws MadangError `not_found`, `data_address_none`, `bad_request`, what the provider refuses with, and those of `takeFile`
 */
export async function fetchService(ctx: Context, house: House, id: string, wish: z.infer<typeof fetchBody>): Promise<StoredFile> {
  const exchange = await pullOf(ctx, house, id);
  using flow = ctx.flows.open(house, exchange);
  const { endpoint = '' } = contentOf(exchange).dataAddress ?? {};
  const behind = pathBehind(endpoint, wish.path, wish.query);
  const headers: Record<string, string> =
    wish.body === undefined ? {} : { 'content-type': isJson(wish.body) ? 'application/json' : 'text/plain; charset=utf-8' };
  const more = {
    method: wish.method,
    behind,
    headers: { accept: '*/*', ...headers },
    ...(wish.body === undefined ? {} : { body: wish.body }),
  };
  const answer = await askProvider(ctx, house, exchange, more, flow.signal);
  try {
    const partial = await openEmpty(ctx, house, `call-${randomUUID()}`);
    const titled = { ...answer.headers, ...(wish.name === undefined ? {} : { 'content-disposition': named(wish.name) }) };
    const { file = '' } = await takeFile(exchange, { headers: titled, stream: answer.body }, flow, partial);
    return await getFile(ctx, house, file);
  } finally {
    answer.body.destroy();
  }
}

const named = (name: string): string => `attachment; filename*=UTF-8''${encodeURIComponent(name)}`;

/** Whatever the path says, it stays below the endpoint, where the token is good. @throws MadangError `bad_request` */
function pathBehind(endpoint: string, path: string, query: Readonly<Record<string, string>>): string {
  const behind = path === '' || path.startsWith('/') ? path : `/${path}`;
  const search = new URLSearchParams(query).toString();
  const url = URL.parse(endpoint + behind);
  const isBelow = url !== null && !/[?#]/.test(behind) && url.href.startsWith(new URL(endpoint).href);
  if (!isBelow) throw new MadangError('bad_request', { values: { why: `path: ${path.slice(0, 200)}` } });
  return behind + (search === '' ? '' : `?${search}`);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

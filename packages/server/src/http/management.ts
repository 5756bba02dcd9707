import type { Route } from '@madang/core/api/route.ts';
import { API, type ApiName } from '@madang/core/api/routes.ts';
import { MadangError } from '@madang/core/error.ts';
import type { Hono, Context as Http } from 'hono';
import { getCookie } from 'hono/cookie';
import type { Context } from '../context.ts';
import type { House } from '../participants/houses.ts';
import { houseOfKey, houseOfSession } from '../participants/keys.ts';
import { readBytes, readJson } from './body.ts';

export const SESSION_COOKIE = 'madang_session';

type Parts<R> = R extends Route<infer Body, infer Query, infer Result> ? { body: Body; query: Query; result: Result } : never;

/** One call of the management interface, checked: who calls, path, query and body. */
export interface Call<Name extends ApiName> {
  readonly house: House;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Parts<(typeof API)[Name]>['query'];
  readonly body: Parts<(typeof API)[Name]>['body'];
  /** The bytes of an uploaded file. */
  readonly file: Uint8Array<ArrayBuffer>;
  readonly http: Http;
}

export type Answer<Name extends ApiName> = Parts<(typeof API)[Name]>['result'];
export type Handler<Name extends ApiName> = (ctx: Context, call: Call<Name>) => Promise<Answer<Name> | Response>;
/** What a concept serves; all concepts together serve every call of the table. */
export type Handlers<Names extends ApiName> = { readonly [Name in Names]: Handler<Name> };

/** Mounts every call of the table below `/participants/:house/api`. */
export function mountManagement(app: Hono, ctx: Context, handlers: Handlers<ApiName>): void {
  for (const name of Object.keys(API) as ApiName[]) {
    const route = API[name] as Route;
    const handler = handlers[name] as Handler<ApiName>;
    app.on(route.method, `/participants/:house/api${route.path}`, async (http) => {
      if (route.method !== 'GET' && !ctx.store.hold.isHeld) throw new MadangError('unavailable');
      const house = await authenticate(ctx, http);
      if (http.req.url.includes('%00')) throw new MadangError('bad_request', { values: { why: 'an address with the character U+0000' } });
      const query = route.query?.parse(http.req.query()) as never;
      const body = (route.body ? route.body.parse(await readJson(http)) : undefined) as never;
      const file = route.form === 'file' ? await readBytes(http, ctx.config.maxUpload) : new Uint8Array();
      const answer = await handler(ctx, { house, params: http.req.param(), query, body, file, http });
      return answer instanceof Response ? answer : http.json(answer as object);
    });
  }
}

/**
 * A key or a session of exactly the participant in the path. With a cookie, a call that changes something must carry `X-Madang`,
 * which a page of another origin cannot add.
 * @throws MadangError `unauthorized`, `forbidden`
 */
async function authenticate(ctx: Context, http: Http): Promise<House> {
  const bearer = http.req.header('authorization')?.replace(/^Bearer\s+/i, '');
  const cookie = getCookie(http, SESSION_COOKIE);
  if (!bearer && !cookie) throw new MadangError('unauthorized');
  if (!bearer && http.req.method !== 'GET' && http.req.header('x-madang') !== '1') throw new MadangError('forbidden');
  const house = bearer ? await houseOfKey(ctx, bearer) : await houseOfSession(ctx, cookie ?? '');
  if (house.id !== http.req.param('house')) throw new MadangError('forbidden');
  return house;
}

import { passportQuery } from '@madang/core/api/bodies.ts';
import type { Hono } from 'hono';
import type { Context } from '../context.ts';
import type { Handlers } from '../http/management.ts';
import { listPassports, makeFor } from './make.ts';
import { readPassport } from './read.ts';
import { viewPassport } from './view.ts';

export const passportHandlers: Handlers<'passports' | 'createPassport' | 'passport'> = {
  passports: async (ctx, { house }) => ({ passports: await listPassports(ctx, house) }),
  createPassport: (ctx, { house, body }) => makeFor(ctx, house, body.item),
  passport: (ctx, { house, params, query }) => viewPassport(ctx, house, params['id'] ?? '', query.view),
};

export function mountPassports(app: Hono, ctx: Context): void {
  app.get('/api/passports/:house/:id', async (http) => {
    const house = ctx.houses.get(http.req.param('house'));
    const { view } = passportQuery.parse(http.req.query());
    return http.json(await readPassport(ctx, house, http.req.param('id'), view, http.req.header('authorization')));
  });
}

import { parseMessage } from '@madang/core/dsp/message.ts';
import { MadangError } from '@madang/core/error.ts';
import type { Hono } from 'hono';
import type { Context } from '../context.ts';
import { MESSAGE_LIMIT, readJson } from '../http/body.ts';
import type { Handlers } from '../http/management.ts';
import { endpoint } from '../http/protocol.ts';
import { spend } from '../identity/partner.ts';
import { viewCatalog } from './fetch.ts';
import { createOffer, getOffer, listOffers, policyReader, previewOffer, toPolicy, withdrawOffer } from './offers.ts';
import { requestCatalog, requestDataset } from './request.ts';
import { tryPolicy } from './try.ts';

type Names =
  | 'offers'
  | 'createOffer'
  | 'offer'
  | 'withdrawOffer'
  | 'restoreOffer'
  | 'previewOffer'
  | 'tryPolicy'
  | 'readPolicy'
  | 'catalog';

export const catalogHandlers: Handlers<Names> = {
  offers: async (ctx, { house }) => ({ offers: await listOffers(ctx, house) }),
  createOffer: (ctx, { house, body }) => createOffer(ctx, house, body),
  offer: (ctx, { house, params }) => getOffer(ctx, house, params['id'] ?? ''),
  withdrawOffer: (ctx, { house, params }) => withdrawOffer(ctx, house, params['id'] ?? '', true),
  restoreOffer: (ctx, { house, params }) => withdrawOffer(ctx, house, params['id'] ?? '', false),
  previewOffer: (ctx, { house, params }) => previewOffer(ctx, house, params['id'] ?? ''),
  tryPolicy: async (ctx, { house, body }) => ({ results: await tryPolicy(ctx, house, body) }),
  readPolicy: async (ctx, { house, body }) => (await policyReader(ctx, house.id))(toPolicy(body)),
  catalog: (ctx, { house, body }) => viewCatalog(ctx, house, body.partner),
};

export function mountCatalog(app: Hono, ctx: Context): void {
  app.post(
    '/participants/:house/dsp/2025-1/catalog/request',
    endpoint(ctx, 'CatalogError', async (http, { house, partner }) => {
      const { filter = [] } = parseMessage('CatalogRequestMessage', await readJson(http, MESSAGE_LIMIT));
      if (filter.length > 0) throw new MadangError('filter_unsupported');
      await spend(ctx.store, house.id, partner);
      return { status: 200, message: await requestCatalog(ctx, house, partner) };
    }),
  );
  app.get(
    '/participants/:house/dsp/2025-1/catalog/datasets/:id',
    endpoint(ctx, 'CatalogError', async (http, { house, partner }) => ({
      status: 200,
      message: await requestDataset(ctx, house, partner, http.req.param('id') ?? ''),
    })),
  );
}

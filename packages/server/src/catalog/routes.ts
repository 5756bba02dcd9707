import { parseMessage } from '@madang/core/dsp/message.ts';
import type { Hono, Context as Http } from 'hono';
import type { Context } from '../context.ts';
import { MESSAGE_LIMIT, readJson } from '../http/body.ts';
import type { Handlers } from '../http/management.ts';
import { endpoint } from '../http/protocol.ts';
import type { Partner } from '../identity/partner.ts';
import type { House } from '../participants/houses.ts';
import { bytesOf, takesGzip } from './answer.ts';
import { fromCursor, PAGE_SHAPE } from './cursor.ts';
import { type Filter, readFilter } from './filter.ts';
import { searchCatalogs, viewCatalog } from './kept.ts';
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
  | 'catalog'
  | 'searchCatalogs';

export const catalogHandlers: Handlers<Names> = {
  offers: (ctx, { house, query }) => listOffers(ctx, house, query),
  createOffer: (ctx, { house, body }) => createOffer(ctx, house, body),
  offer: (ctx, { house, params }) => getOffer(ctx, house, params['id'] ?? ''),
  withdrawOffer: (ctx, { house, params }) => withdrawOffer(ctx, house, params['id'] ?? '', true),
  restoreOffer: (ctx, { house, params }) => withdrawOffer(ctx, house, params['id'] ?? '', false),
  previewOffer: (ctx, { house, params }) => previewOffer(ctx, house, params['id'] ?? ''),
  tryPolicy: async (ctx, { house, body }) => ({ results: await tryPolicy(ctx, house, body) }),
  readPolicy: async (ctx, { house, body }) => (await policyReader(ctx, house.id))(toPolicy(body)),
  catalog: (ctx, { house, body }) => viewCatalog(ctx, house, body),
  searchCatalogs: (ctx, { house, query }) => searchCatalogs(ctx, house, query),
};

const CATALOG = '/participants/:house/dsp/2025-1/catalog/request';

export function mountCatalog(app: Hono, ctx: Context): void {
  app.post(
    CATALOG,
    endpoint(ctx, 'CatalogError', async (http, { house, partner }) => {
      const { filter = [] } = parseMessage('CatalogRequestMessage', await readJson(http, MESSAGE_LIMIT));
      return answerPage(ctx, http, house, partner, readFilter(filter));
    }),
  );
  // How a page is fetched is left open by the specification: both ways work.
  app.get(
    CATALOG,
    endpoint(ctx, 'CatalogError', (http, { house, partner }) => answerPage(ctx, http, house, partner, readFilter([]))),
  );
  app.get(
    '/participants/:house/dsp/2025-1/catalog/datasets/:id',
    endpoint(ctx, 'CatalogError', async (http, { house, partner }) => ({
      status: 200,
      message: await requestDataset(ctx, house, partner, http.req.param('id') ?? ''),
    })),
  );
}

/** The address of a page says all that was asked for with the first one. */
async function answerPage(ctx: Context, http: Http, house: House, partner: Partner, filter: Filter): Promise<Response> {
  const page = http.req.query('page');
  const wanted = page === undefined ? { filter } : fromCursor(page, PAGE_SHAPE, 'page');
  const { etag, link, parts } = await requestCatalog(ctx, house, partner, wanted, http.req.header('if-none-match') ?? '');
  const headers = {
    etag,
    vary: 'authorization, accept-encoding',
    'cache-control': 'private, no-cache',
    ...(link === undefined ? {} : { link }),
  };
  if (parts === null) return new Response(null, { status: 304, headers });
  const packed = takesGzip(http.req.header('accept-encoding') ?? '');
  return new Response(bytesOf(parts, packed), {
    headers: { ...headers, 'content-type': 'application/json', ...(packed ? { 'content-encoding': 'gzip' } : {}) },
  });
}

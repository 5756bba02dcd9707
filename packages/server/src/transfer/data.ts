import type { IncomingMessage, ServerResponse } from 'node:http';
import type { View } from '@madang/core/api/views.ts';
import { contentHash } from '@madang/core/canonical.ts';
import { MadangError } from '@madang/core/error.ts';
import type { Context as Http } from 'hono';
import { offerOf } from '../catalog/offers.ts';
import type { Context } from '../context.ts';
import { openFile, parseRange } from '../files/open.ts';
import { serveFile } from '../files/serve.ts';
import { sendStream } from '../http/bytes.ts';
import type { House } from '../participants/houses.ts';
import { findExchange } from '../protocol/find.ts';
import type { Exchange } from '../protocol/types.ts';
import { forward } from '../services/forward.ts';
import { contentOf, STREAM } from './content.ts';
import { serveFeed } from './feed.ts';
import type { Flow } from './flows.ts';
import { openGuarded } from './guard.ts';
import { recordsBody } from './media.ts';
import { checkPullToken } from './token.ts';

/**
 * What the holder of a pull token gets: the view of the offer that was agreed, for as long as the transfer runs and its terms hold; then the
 * answer is cut.
 * @throws MadangError `pull_token_invalid`, `pull_token_expired`, `transfer_not_running`, `terms_not_met`, `record_missing`, `not_found`
 */
export async function serveData(ctx: Context, http: Http, id: string): Promise<Response> {
  const house = ctx.houses.get(http.req.param('house') ?? '');
  const { exchange, view } = await opened(ctx, house, id, http.req.header('authorization'));
  using flow = await openGuarded(ctx, house, exchange);
  const { incoming, outgoing } = http.env as { incoming: IncomingMessage; outgoing: ServerResponse };
  if (view.kind === 'service') return await serveService(ctx, house, view.id, http, incoming, flow);
  if (http.req.method === 'POST' || !isBare(incoming))
    throw new MadangError('not_found', { values: { what: http.req.path.slice(0, 200) } });
  const { socket } = outgoing;
  const before = socket?.bytesWritten ?? 0;
  flow.measure(() => (socket?.bytesWritten ?? before) - before);
  if (view.kind === 'file') {
    const file = await openFile(ctx, house, view.sha256);
    const range = parseRange(http.req.header('range'), file.file.size);
    flow.expect(file.file.size, typeof range === 'object' ? range.start : 0);
    return await serveFile(http, file, flow.signal);
  }
  if (contentOf(exchange).format === STREAM) return await serveFeed(ctx, house, exchange, view, http, flow);
  const { type, stream } = await recordsBody(ctx, house, view, http.req.header('accept'));
  return await sendStream(http, { status: 200, headers: { 'content-type': type }, body: stream, signal: flow.signal });
}

async function opened(
  ctx: Context,
  house: House,
  id: string,
  authorization: string | undefined,
): Promise<{ exchange: Exchange; view: View }> {
  const exchange = await findExchange(ctx, house, id);
  if (exchange?.protocol !== 'transfer' || exchange.role !== 'provider') throw new MadangError('pull_token_invalid');
  checkPullToken(ctx, house, exchange, authorization);
  const { view } = await offerOf(ctx, house.id, exchange.dataset);
  // The token is for what was shown when it was asked for.
  if ((await contentHash(view)) !== contentOf(exchange).view) throw new MadangError('pull_token_invalid');
  return { exchange, view };
}

/** What stands behind the id in the address, as it was written. */
const behind = ({ url = '' }: IncomingMessage): { path: string; query: URLSearchParams } => {
  const [path = '', query = ''] = url.split(/\?(.*)/s);
  const [, rest = ''] = /\/data\/[^/]+(.*)$/s.exec(path) ?? [];
  return { path: rest, query: new URLSearchParams(query) };
};
const isBare = (incoming: IncomingMessage): boolean => behind(incoming).path.replace(/^\/$/, '') === '';

async function serveService(
  ctx: Context,
  house: House,
  service: string,
  http: Http,
  incoming: IncomingMessage,
  flow: Flow,
): Promise<Response> {
  const { path, query } = behind(incoming);
  const { method } = http.req;
  const type = http.req.header('content-type');
  const accept = http.req.header('accept');
  const call = {
    method,
    path,
    query,
    ...(method === 'POST' ? { body: incoming.iterator({ destroyOnReturn: false }) } : {}),
    ...(type === undefined ? {} : { contentType: type }),
    ...(accept === undefined ? {} : { accept }),
  };
  const { status, headers, body } = await forward(ctx, house, service, call, flow.signal);
  return sendStream(http, { status, headers, body, signal: flow.signal });
}

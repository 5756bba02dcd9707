import type { IncomingMessage } from 'node:http';
import { MadangError } from '@madang/core/error.ts';
import type { Context as Http } from 'hono';
import type { Context } from '../context.ts';
import { bodyOf } from '../http/body.ts';
import { watchIdle } from '../http/idle.ts';
import type { House } from '../participants/houses.ts';
import { findExchange } from '../protocol/find.ts';
import type { Exchange } from '../protocol/types.ts';
import { contentOf, PUSH } from './content.ts';
import { putArrival } from './store.ts';
import { isRecords, openEmpty, type Taken, takeFile, takeRecords } from './take.ts';
import { checkPushToken } from './token.ts';

/** Milliseconds without a byte. */
const IDLE_MS = 60_000;

/** Data that are just coming, by transfer. A sender that comes again has lost its first connection, whether we have noticed or not. */
const coming = new Map<string, { readonly end: AbortController; readonly over: Promise<unknown> }>();

/**
 * As consumer of a push: takes the data that the provider sends, and keeps them until its completion comes. Sent again, they are taken again.
 * @throws MadangError `pull_token_invalid`, `push_unwanted`, `transfer_not_running`, `pull_unreadable`, `file_differs`, `disk_full`
 */
export async function takePush(ctx: Context, http: Http, id: string): Promise<void> {
  const house = ctx.houses.get(http.req.param('house') ?? '');
  const exchange = await findExchange(ctx, house, id);
  if (exchange?.protocol !== 'transfer' || exchange.role !== 'consumer') throw new MadangError('pull_token_invalid');
  checkPushToken(ctx, house, exchange, http.req.header('authorization'));
  if (contentOf(exchange).format !== PUSH) throw new MadangError('push_unwanted');
  if (exchange.state !== 'STARTED') throw new MadangError('transfer_not_running', { values: { state: exchange.state } });
  const key = `${house.did} ${id}`;
  const before = coming.get(key);
  before?.end.abort();
  const end = new AbortController();
  const work = (before?.over ?? Promise.resolve()).then(() => take(ctx, house, exchange, http, end.signal));
  const over = work.catch(() => {});
  coming.set(key, { end, over });
  try {
    await work;
  } finally {
    if (coming.get(key)?.end === end) coming.delete(key);
  }
}

async function take(ctx: Context, house: House, exchange: Exchange, http: Http, replaced: AbortSignal): Promise<void> {
  const { incoming } = http.env as { incoming: IncomingMessage };
  using flow = ctx.flows.open(house, exchange);
  const cut = () => void incoming.destroy();
  const signal = AbortSignal.any([flow.signal, replaced]);
  if (signal.aborted) cut();
  signal.addEventListener('abort', cut);
  using _ = watchIdle({ socket: () => incoming.socket, holding: () => incoming.readableLength > 0, limit: IDLE_MS, onIdle: cut });
  const length = incoming.headers['content-length'];
  flow.expect(length === undefined ? null : Number(length));
  const arriving = { headers: incoming.headers, stream: bodyOf(http) };
  const taken: Taken = isRecords(arriving)
    ? await takeRecords(ctx, house, exchange, arriving, flow)
    : await takeFile(exchange, arriving, flow, await openEmpty(ctx, house, exchange.id));
  await putArrival(ctx.store, house.id, { transfer: exchange.id, content: taken });
}

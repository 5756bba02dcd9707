import { MadangError } from '@madang/core/error.ts';
import { offerOf } from '../catalog/offers.ts';
import type { Context } from '../context.ts';
import { isStoreAway } from '../db/errors.ts';
import { openFile } from '../files/open.ts';
import { headersOf } from '../files/serve.ts';
import type { StreamAnswer, StreamRequest } from '../http/outbound-open.ts';
import type { Deliver } from '../jobs/delivery.ts';
import type { House } from '../participants/houses.ts';
import { findExchange } from '../protocol/find.ts';
import { reasonOf } from '../protocol/reasons.ts';
import type { Exchange } from '../protocol/types.ts';
import { complete } from './complete.ts';
import { contentOf, propertyOf } from './content.ts';
import { readSome } from './fetch.ts';
import type { Flow } from './flows.ts';
import { endWith, openGuarded } from './guard.ts';
import { recordsBody } from './media.ts';
import { refusal } from './refusal.ts';

/** As provider of a started push: sends the data to where the consumer said, whole again after a break, then completes. */
export const pushDelivery =
  (context: () => Context): Deliver =>
  async (house, out, stop) => {
    const ctx = context();
    const exchange = await findExchange(ctx, house, out.exchange);
    if (exchange?.state !== 'STARTED') return { result: 'done' };
    try {
      using flow = await openGuarded(ctx, house, exchange);
      const signal = AbortSignal.any([stop, flow.signal]);
      try {
        await post(ctx, house, exchange, flow, signal);
      } catch (error) {
        if (flow.signal.aborted && (await findExchange(ctx, house, exchange.id))?.state !== 'STARTED') return { result: 'done' };
        throw error;
      }
      await complete(ctx, house, exchange.id, {});
      return { result: 'done', met: true };
    } catch (error) {
      if (!(error instanceof MadangError) || isStoreAway(error)) throw error;
      if (AGAIN.has(error.code)) return { result: 'again', error: error.text };
      await endWith(ctx, house, exchange.id, [reasonOf(error)]);
      return { result: 'done' };
    }
  };

/** The consumer’s server is away, or not where we are yet. */
const AGAIN: ReadonlySet<string> = new Set(['outbound_unreachable', 'transfer_not_running']);

async function post(ctx: Context, house: House, exchange: Exchange, flow: Flow, signal: AbortSignal): Promise<void> {
  const { dataAddress } = contentOf(exchange);
  const url = dataAddress?.endpoint;
  if (url === undefined) throw new MadangError('data_address_missing', { values: { format: contentOf(exchange).format } });
  const { headers, body } = await what(ctx, house, exchange, propertyOf(dataAddress, 'accept'), flow);
  const answer = await ctx.outbound.open({ method: 'POST', url, headers: { ...headers, ...credentials(exchange) }, body }, signal);
  const text = await readSome(answer);
  if (answer.status >= 200 && answer.status < 300) return;
  throw notTaken(url, answer, text);
}

/** The refusal of a house like ours in its own words; of another the status. */
function notTaken(url: string, { status }: StreamAnswer, text: string): MadangError {
  const error = refusal(url, status, text);
  return error.code === 'pull_refused' ? new MadangError('push_refused', { values: { status }, data: text.slice(0, 2_000) }) : error;
}

/** As the consumer gave it: the whole header, or the token of a scheme. */
function credentials(exchange: Exchange): Readonly<Record<string, string>> {
  const { dataAddress } = contentOf(exchange);
  const authorization = propertyOf(dataAddress, 'authorization');
  if (authorization === undefined) return {};
  const isBearer = propertyOf(dataAddress, 'authType')?.toLowerCase() === 'bearer' && !/^bearer\s/i.test(authorization);
  return { authorization: isBearer ? `Bearer ${authorization}` : authorization };
}

async function what(
  ctx: Context,
  house: House,
  exchange: Exchange,
  accept: string | undefined,
  flow: Flow,
): Promise<Required<Pick<StreamRequest, 'headers' | 'body'>>> {
  const { view } = await offerOf(ctx, house.id, exchange.dataset);
  if (view.kind === 'service') throw new MadangError('format_unknown', { values: { format: contentOf(exchange).format, known: '–' } });
  if (view.kind === 'file') {
    const { file, stream } = await openFile(ctx, house, view.sha256);
    const body = stream() as ReturnType<typeof stream> & { bytesRead?: number };
    flow.expect(file.size);
    flow.measure(() => body.bytesRead ?? 0);
    const headers = Object.fromEntries(
      ['content-type', 'content-disposition', 'repr-digest'].map((name) => [name, String(headersOf(file)[name])]),
    );
    return { headers: { ...headers, 'content-length': String(file.size) }, body };
  }
  const { type, stream } = await recordsBody(ctx, house, view, accept);
  return { headers: { 'content-type': type }, body: stream };
}

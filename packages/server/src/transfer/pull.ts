import { MadangError } from '@madang/core/error.ts';
import type { Context } from '../context.ts';
import { isStoreAway } from '../db/errors.ts';
import type { Attempt, Deliver } from '../jobs/delivery.ts';
import type { House } from '../participants/houses.ts';
import { findExchange } from '../protocol/find.ts';
import { reasonOf } from '../protocol/reasons.ts';
import type { Exchange } from '../protocol/types.ts';
import { complete } from './complete.ts';
import { contentOf, propertyOf, STREAM } from './content.ts';
import { fetchData, originOf } from './fetch.ts';
import { endWith } from './guard.ts';
import { subscribe } from './subscribe.ts';

/** What a try has brought, for one that comes after it. */
export interface Gain {
  /** Something has come that need not come again. */
  moved: boolean;
}

/**
 * Fetches the data of a started transfer, stores them under the agreement, and completes; a subscription goes on until the transfer stops. What
 * came before a break or a restart is kept, and gone on from. A service is not fetched: the owner's programs call it.
 */
export const pullDelivery =
  (context: () => Context): Deliver =>
  async (house, out, stop) => {
    const ctx = context();
    const exchange = await findExchange(ctx, house, out.exchange);
    const { format, dataAddress } = exchange ? contentOf(exchange) : {};
    if (exchange?.state !== 'STARTED' || propertyOf(dataAddress, 'kind') === 'service') return { result: 'done' };
    using flow = ctx.flows.open(house, exchange);
    const signal = AbortSignal.any([stop, flow.signal]);
    const gain: Gain = { moved: false };
    try {
      if (format === STREAM) await subscribe(ctx, house, exchange, flow, signal, gain);
      else await complete(ctx, house, exchange.id, await fetchData(ctx, house, exchange, flow, signal, gain));
      return { result: 'done', met: true };
    } catch (error) {
      // Suspended or ended: it is no longer to be fetched.
      if (flow.signal.aborted && (await findExchange(ctx, house, exchange.id))?.state !== 'STARTED') return { result: 'done' };
      return await judge(ctx, house, exchange, error, gain.moved);
    }
  };

/** What is tried again: the way is broken, our disk is full, or the other side is about to tell that it has stopped. */
const AGAIN: ReadonlySet<string> = new Set(['outbound_unreachable', 'disk_full', 'transfer_not_running', 'pull_token_expired']);

async function judge(ctx: Context, house: House, exchange: Exchange, thrown: unknown, progress: boolean): Promise<Attempt> {
  const error = thrown instanceof MadangError ? thrown : broken(exchange, thrown);
  if (!(error instanceof MadangError) || isStoreAway(error)) throw error;
  if (AGAIN.has(error.code)) return { result: 'again', error: error.text, progress };
  await endWith(ctx, house, exchange.id, [reasonOf(error)]);
  return { result: 'done' };
}

/** A connection that broke while its data came. */
function broken(exchange: Exchange, error: unknown): unknown {
  const { code, name } = error as { code?: unknown; name?: unknown };
  const isOfConnection = name === 'AbortError' || (typeof code === 'string' && /^(E[A-Z]+|UND_ERR|ERR_STREAM|HPE_)/.test(code));
  return isOfConnection
    ? new MadangError('outbound_unreachable', { values: { url: originOf(exchange), why: String(code ?? name) }, cause: error })
    : error;
}

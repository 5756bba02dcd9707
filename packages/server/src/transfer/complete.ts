import * as build from '@madang/core/dsp/build.ts';
import { MadangError } from '@madang/core/error.ts';
import type { Context } from '../context.ts';
import type { House } from '../participants/houses.ts';
import { findExchange } from '../protocol/find.ts';
import { head, send } from '../protocol/out.ts';
import { perform } from '../protocol/perform.ts';
import type { Effect } from '../protocol/receive.ts';
import type { Exchange, Move } from '../protocol/types.ts';
import { contentOf, PUSH } from './content.ts';
import { arrivalRow } from './store.ts';
import type { Taken } from './take.ts';

export const sendCompletion = (exchange: Exchange): Move => send(exchange, build.transferCompletion(head(exchange)), { reasons: [] });

/** Completes a transfer whose data are over. From either side it may have been moved on meanwhile: then there is nothing to complete. */
export async function complete(ctx: Context, house: House, id: string, taken: Taken): Promise<void> {
  for (let tries = 0; tries < 3; tries++) {
    const exchange = await findExchange(ctx, house, id);
    if (exchange?.state !== 'STARTED') return;
    try {
      return await perform(ctx, house, exchange, { ...sendCompletion(exchange), content: { ...taken } });
    } catch (error) {
      if (!(error instanceof MadangError && error.code === 'conflict')) throw error;
    }
  }
}

/** What was pushed to us belongs to the transfer from now on. */
export const arriveCompletion: Effect<'TransferCompletionMessage'> = async ({ ctx, house }, exchange) => {
  if (exchange.role !== 'consumer' || contentOf(exchange).format !== PUSH) return { reasons: [] };
  const arrival = await ctx.store.read(house.id, (db) => arrivalRow(db, exchange.id));
  return { reasons: [], content: arrival?.content ?? {} };
};

import { MadangError } from '@madang/core/error.ts';
import type { Context } from '../context.ts';
import type { House } from '../participants/houses.ts';
import { apply } from './apply.ts';
import { after } from './table.ts';
import type { Exchange, Move } from './types.ts';

/**
 * A move of our own in an exchange that exists, with what follows from it.
 * @throws MadangError `conflict` when the state has moved on or does not allow it
 */
export async function perform(ctx: Context, house: House, exchange: Exchange, move: Move): Promise<void> {
  if (!move.from?.includes(exchange.state)) throw new MadangError('conflict', { values: { state: exchange.state } });
  const follow = await ctx.reactions[exchange.protocol](ctx, house, after(exchange, move));
  const result = await apply(
    ctx,
    house,
    { id: exchange.id, steps: exchange.steps, moves: [{ ...move, from: [exchange.state] }, ...follow] },
    exchange,
  );
  if (result.outcome === 'illegal' || result.outcome === 'stale') throw new MadangError('conflict', { values: { state: result.state } });
  if (result.outcome !== 'done') throw new MadangError('not_found', { values: { what: exchange.id } });
}

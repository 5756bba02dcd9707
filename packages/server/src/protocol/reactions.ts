import type { Context } from '../context.ts';
import type { House } from '../participants/houses.ts';
import type { Exchange, Move } from './types.ts';

/**
 * What a house does by itself once an exchange has reached a state: the moves that follow, stored in the same transaction.
 * Asked with the exchange as it will be after the move that led there.
 */
export type Reaction = (ctx: Context, house: House, exchange: Exchange) => Promise<readonly Move[]>;

export interface Reactions {
  readonly negotiation: Reaction;
  readonly transfer: Reaction;
}

import type { Evidence } from '@madang/core/policy/model.ts';
import type { Context } from '../context.ts';
import type { Deliver } from '../jobs/delivery.ts';
import type { House } from '../participants/houses.ts';
import type { Exchange, Move } from './types.ts';

/**
 * What a house does by itself once an exchange has reached a state: the moves that follow, stored in the same transaction.
 * Asked with the exchange as it will be after the move that led there. `known`: what was just looked up about the partner for this message.
 */
export type Reaction = (ctx: Context, house: House, exchange: Exchange, known?: Evidence) => Promise<readonly Move[]>;

export interface Reactions {
  readonly negotiation: Reaction;
  readonly transfer: Reaction;
  /** What is done with a data address once the provider has given it. */
  readonly pull: Deliver;
}

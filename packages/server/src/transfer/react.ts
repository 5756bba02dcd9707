import type { Reaction } from '../protocol/reactions.ts';
import { endless } from '../protocol/rounds.ts';
import { contentOf } from './content.ts';
import { hindrances } from './guard.ts';
import { sendStart } from './start.ts';
import { sendTermination } from './terminate.ts';

/** As provider: starts what the agreement allows, at the request and when a suspended consumer asks to go on. Either side ends what is paused and resumed without end. */
export const reactToTransfer: Reaction = async (ctx, house, exchange) => {
  const reason = exchange.state === 'SUSPENDED' ? endless(exchange) : undefined;
  if (reason) return [sendTermination(exchange, [reason])];
  const asked = exchange.state === 'REQUESTED' || (exchange.state === 'SUSPENDED' && contentOf(exchange).resume === true);
  if (exchange.role !== 'provider' || !asked) return [];
  const reasons = await hindrances(ctx, house, exchange);
  return [reasons.length > 0 ? sendTermination(exchange, reasons) : sendStart(ctx, house, exchange)];
};

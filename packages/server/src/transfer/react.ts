import type { Reason } from '@madang/core/api/views.ts';
import { MadangError } from '@madang/core/error.ts';
import { fromAgreement } from '@madang/core/policy/odrl.ts';
import { evidenceOf, refusals, toReason } from '../catalog/evidence.ts';
import type { Context } from '../context.ts';
import type { House } from '../participants/houses.ts';
import { findAgreement } from '../protocol/find.ts';
import type { Reaction } from '../protocol/reactions.ts';
import { reasonOf } from '../protocol/reasons.ts';
import type { Exchange } from '../protocol/types.ts';
import { contentOf } from './content.ts';
import { sendStart } from './start.ts';
import { sendTermination } from './terminate.ts';

/** As provider: starts what the agreement allows, at the request and when a suspended consumer asks to go on. */
export const reactToTransfer: Reaction = async (ctx, house, exchange) => {
  const asked = exchange.state === 'REQUESTED' || (exchange.state === 'SUSPENDED' && contentOf(exchange).resume === true);
  if (exchange.role !== 'provider' || !asked) return [];
  const reasons = await hindrances(ctx, house, exchange);
  return [reasons.length > 0 ? sendTermination(exchange, reasons) : sendStart(house, exchange)];
};

/** Why the agreement does not cover this transfer at this moment; empty when it does. */
export async function hindrances(ctx: Context, house: House, exchange: Exchange): Promise<readonly Reason[]> {
  const agreement = await findAgreement(ctx, house, exchange.agreement ?? '');
  if (!agreement) return [reasonOf(new MadangError('agreement_unknown', { values: { id: exchange.agreement ?? '' } }))];
  const { purpose, memberships = [] } = contentOf(exchange);
  const evidence = await evidenceOf(ctx, house, { did: exchange.peer, purpose, memberships });
  const { policy } = fromAgreement(agreement.document);
  return refusals(policy, evidence, { title: exchange.title, provider: house.name }).map(toReason);
}

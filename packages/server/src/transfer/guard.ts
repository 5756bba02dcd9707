import type { Reason } from '@madang/core/api/views.ts';
import { MadangError } from '@madang/core/error.ts';
import { fromAgreement } from '@madang/core/policy/odrl.ts';
import { evidenceOf, type KnownPartner, refusals, toEvidence, toReason } from '../catalog/evidence.ts';
import type { Context } from '../context.ts';
import type { House } from '../participants/houses.ts';
import { findAgreement, findExchange } from '../protocol/find.ts';
import { perform } from '../protocol/perform.ts';
import { reasonOf } from '../protocol/reasons.ts';
import type { Exchange } from '../protocol/types.ts';
import { contentOf, STREAM } from './content.ts';
import type { Flow, Known } from './flows.ts';
import { sendTermination } from './terminate.ts';

/** Why the agreement does not cover this transfer at this moment; empty when it does. */
export async function hindrances(ctx: Context, house: House, exchange: Exchange): Promise<readonly Reason[]> {
  return (await terms(ctx, house, exchange)).now;
}

interface Terms {
  readonly now: readonly Reason[];
  /** The same at any later moment, for what is known of the partner then. */
  readonly later: (known: Known) => readonly Reason[];
}

async function terms(ctx: Context, house: House, exchange: Exchange): Promise<Terms> {
  const { purpose, memberships = [] } = contentOf(exchange);
  const partner: KnownPartner = { did: exchange.peer, purpose, memberships };
  const [agreement, evidence] = await Promise.all([findAgreement(ctx, house, exchange.agreement ?? ''), evidenceOf(ctx, house, partner)]);
  if (!agreement) {
    const unknown = [reasonOf(new MadangError('agreement_unknown', { values: { id: exchange.agreement ?? '' } }))];
    return { now: unknown, later: () => unknown };
  }
  const { policy } = fromAgreement(agreement.document);
  const about = { title: exchange.title, provider: house.name };
  const judge = (e: typeof evidence) => refusals(policy, e, about).map(toReason);
  return { now: judge(evidence), later: (known) => judge(toEvidence(known, partner)) };
}

/**
 * Lets data of a transfer out for as long as it runs and its terms hold, looked at twice a second. When they do not, the transfer ends with the reason.
 * @throws MadangError `terms_not_met`
 */
export async function openGuarded(ctx: Context, house: House, exchange: Exchange): Promise<Flow> {
  const { now, later } = await terms(ctx, house, exchange);
  const [reason] = now;
  if (reason) {
    // A subscription is there for as long as the agreement stands; nobody would look at it again.
    if (contentOf(exchange).format === STREAM) await endWith(ctx, house, exchange.id, now);
    throw new MadangError('terms_not_met', { values: { why_ko: reason.text.ko, why_en: reason.text.en } });
  }
  const onEnd = (reasons: readonly Reason[]) =>
    void endWith(ctx, house, exchange.id, reasons).catch((error: unknown) => ctx.log.error({ err: error }, 'terms'));
  return ctx.flows.open(house, exchange, { judge: later, onEnd });
}

/** Ends a running transfer with the reasons; one that has moved on meanwhile is left as it is. */
export async function endWith(ctx: Context, house: House, id: string, reasons: readonly Reason[]): Promise<void> {
  for (let tries = 0; tries < 3; tries++) {
    const exchange = await findExchange(ctx, house, id);
    if (exchange?.state !== 'STARTED') return;
    try {
      return await perform(ctx, house, exchange, sendTermination(exchange, reasons));
    } catch (error) {
      if (!(error instanceof MadangError && error.code === 'conflict')) throw error;
    }
  }
}

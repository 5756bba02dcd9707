import type { Reason } from '@madang/core/api/views.ts';
import { MadangError } from '@madang/core/error.ts';
import { evaluate, type Failure } from '@madang/core/policy/evaluate.ts';
import type { Evidence, Policy } from '@madang/core/policy/model.ts';
import type { Text } from '@madang/core/text.ts';
import type { Context } from '../context.ts';
import type { Membership } from '../identity/membership.ts';
import type { TokenUse } from '../identity/token.ts';
import type { House } from '../participants/houses.ts';
import { reasonFor } from '../protocol/reasons.ts';
import { type OfferEvidence, type OfferRow, offerEvidence } from './store.ts';

/** What is kept of a partner with an exchange, to judge it again later. */
export interface KnownPartner {
  readonly did: string;
  readonly purpose?: string | undefined;
  readonly memberships: readonly Membership[];
}

/** What this participant knows of a partner at an instant: its own groups, and memberships vouched for by an operator it trusts. */
export async function evidenceOf(ctx: Context, house: House, partner: KnownPartner, at?: string): Promise<Evidence> {
  return toEvidence(await offerEvidence(ctx.store, house.id, { partner: partner.did }), partner, at);
}

type Wanted = { readonly offer: string } | { readonly dataset: string; readonly token: TokenUse | undefined };

/** The same with the offer that the partner asks for; undefined when there is none. @throws MadangError `token_reused` */
export async function evidenceFor(
  ctx: Context,
  house: House,
  partner: KnownPartner,
  wanted: Wanted,
): Promise<{ offer: OfferRow | undefined; evidence: Evidence }> {
  const found = await offerEvidence(ctx.store, house.id, { partner: partner.did, ...wanted });
  if (found.replayed) throw new MadangError('token_reused');
  return { offer: found.offer ?? undefined, evidence: toEvidence(found, partner) };
}

/** The same from what was looked up already. */
export function toEvidence(
  { groups, operators }: Pick<OfferEvidence, 'groups' | 'operators'>,
  { did, purpose, memberships }: KnownPartner,
  at = new Date().toISOString(),
): Evidence {
  return {
    partner: did,
    groups,
    memberships: memberships.filter(({ issuer }) => operators.includes(issuer)).map(({ issuer, from, until }) => ({ issuer, from, until })),
    ...(purpose === undefined ? {} : { purpose }),
    at,
  };
}

const both = (s: string): Text => ({ ko: s, en: s });

/** The clauses that do not hold; empty when it is allowed. */
export function refusals(policy: Policy, evidence: Evidence, about: { title?: string | undefined; provider: string }): readonly Failure[] {
  const verdict = evaluate(policy, evidence, {
    ...(about.title === undefined ? {} : { wanted: both(about.title) }),
    provider: both(about.provider),
  });
  return verdict.allowed ? [] : verdict.failures;
}

/** A failure as the provider keeps and sees it; what goes to the partner has neither `found` nor `required`. */
export const toReason = ({ code, clause, text, change, found, required }: Failure): Reason =>
  reasonFor(code, text, { clause, change, found, required });

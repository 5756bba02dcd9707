import type { CatalogOffer } from '@madang/core/api/views.ts';
import type { Offer } from '@madang/core/dsp/types.ts';
import { MadangError } from '@madang/core/error.ts';
import type { Evidence } from '@madang/core/policy/model.ts';
import { parsePolicy } from '@madang/core/policy/parse.ts';
import type { Context } from '../context.ts';
import { heldCredentials } from '../identity/held.ts';
import type { House } from '../participants/houses.ts';
import { reasonOf } from '../protocol/reasons.ts';
import { refusals, toReason } from './evidence.ts';
import { readWith } from './offers.ts';

/** What this participant shows of itself when it asks a partner now. Whom the partner trusts, and its groups, are not known here. */
export async function shownEvidence(ctx: Context, house: House): Promise<Evidence> {
  const at = new Date().toISOString();
  const held = (await heldCredentials(ctx.store, house.id)).filter(
    ({ from, until }) => Date.parse(from) <= Date.parse(at) && Date.parse(at) < Date.parse(until),
  );
  return { partner: house.did, groups: [], memberships: held.map(({ issuer, from, until }) => ({ issuer, from, until })), at };
}

/** What is chosen with each request, and what only the partner knows. */
const OPEN: ReadonlySet<string | null> = new Set(['UsagePurpose', 'PartnerGroup']);

/** A partner's offer in words, with what this participant would be refused for. One whose rules we cannot keep is refused by us. */
export function judge(
  offer: unknown,
  evidence: Evidence,
  { title, provider, name }: { title: string; provider: string; name: (did: string) => string },
): CatalogOffer {
  const { '@id': id } = offer as Offer;
  try {
    const policy = parsePolicy(offer);
    const missing = refusals(policy, evidence, { title, provider }).filter(({ operand }) => !OPEN.has(operand));
    return { id, policy: readWith(name)(policy), missing: missing.map(toReason) };
  } catch (error) {
    if (!(error instanceof MadangError)) throw error;
    return { id, policy: { odrl: offer, sentence: error.text }, missing: [reasonOf(error)] };
  }
}

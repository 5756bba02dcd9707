import type { PassportAudience, PassportView } from '@madang/core/api/views.ts';
import { MadangError } from '@madang/core/error.ts';
import { fromAgreement } from '@madang/core/policy/odrl.ts';
import { evidenceOf, refusals } from '../catalog/evidence.ts';
import { offerOf } from '../catalog/offers.ts';
import type { Context } from '../context.ts';
import { authenticatePartner, spend } from '../identity/partner.ts';
import type { House } from '../participants/houses.ts';
import { listAgreements } from '../protocol/find.ts';
import { viewPassport } from './view.ts';

/**
 * A passport at its public address. Anyone reads the public view; the view for a legitimate interest is for a participant that proves
 * who it is and has an agreement over this passport whose terms hold now. The authority's view is not given out here.
 * @throws MadangError `not_found`, `passport_view_closed`, token errors
 */
export async function readPassport(
  ctx: Context,
  house: House,
  id: string,
  audience: PassportAudience,
  authorization: string | undefined,
): Promise<PassportView> {
  // What was received from another maker is not ours to publish.
  if (id.startsWith('did:')) throw new MadangError('not_found', { values: { what: id } });
  if (audience === 'public') return viewPassport(ctx, house, id, audience);
  if (audience !== 'legitimateInterest' || !authorization) throw new MadangError('passport_view_closed');
  const partner = await authenticatePartner(ctx, house.did, authorization);
  await spend(ctx.store, house.id, partner);
  const evidence = await evidenceOf(ctx, house, { did: partner.did, purpose: partner.purpose, memberships: await partner.memberships() });
  const mine = (await listAgreements(ctx, house)).filter(({ role, peer }) => role === 'provider' && peer === partner.did);
  for (const { dataset, title, document } of mine) {
    const { view } = await offerOf(ctx, house.id, dataset);
    const holds = refusals(fromAgreement(document).policy, evidence, { title, provider: house.name }).length === 0;
    if (holds && view.kind === 'passport' && view.ids.includes(id)) return viewPassport(ctx, house, id, audience);
  }
  throw new MadangError('passport_view_closed');
}

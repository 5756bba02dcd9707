import type { tryBody } from '@madang/core/api/bodies.ts';
import type { TryView } from '@madang/core/api/views.ts';
import { MadangError } from '@madang/core/error.ts';
import { fromChoices } from '@madang/core/policy/explain.ts';
import type { Policy } from '@madang/core/policy/model.ts';
import type { z } from 'zod';
import type { Context } from '../context.ts';
import type { House } from '../participants/houses.ts';
import { listPartners } from '../participants/partners.ts';
import { evidenceOf, refusals, toReason } from './evidence.ts';
import { toPolicy } from './offers.ts';
import { offerRow } from './store.ts';

/**
 * Who could see this and who would get it, partner by partner, and why not. Memberships are not known before a partner shows them,
 * so a clause on membership says what the partner would have to show.
 * @throws MadangError `not_found`, `policy_not_enforced`, `policy_malformed`
 */
export async function tryPolicy(ctx: Context, house: House, body: z.infer<typeof tryBody>): Promise<TryView[]> {
  const { access, contract, title } = await policies(ctx, house, body);
  const partners = await listPartners(ctx, house.id);
  const chosen = body.partner ? [partners.find(({ did }) => did === body.partner) ?? { did: body.partner, name: body.partner }] : partners;
  const about = { title, provider: house.name };
  return Promise.all(
    chosen.map(async ({ did, name }) => {
      const evidence = await evidenceOf(ctx, house, { did, purpose: body.purpose, memberships: [] }, body.at);
      const unseen = refusals(access, evidence, about);
      const unagreed = refusals(contract, evidence, about);
      return {
        partner: { did, name },
        visible: unseen.length === 0,
        agreed: unseen.length + unagreed.length === 0,
        reasons: [...unseen, ...unagreed].map(toReason),
      };
    }),
  );
}

async function policies(
  ctx: Context,
  house: House,
  body: z.infer<typeof tryBody>,
): Promise<{ access: Policy; contract: Policy; title: string | undefined }> {
  const anyone = fromChoices({});
  if (body.offer === undefined) {
    return {
      access: body.access ? toPolicy(body.access) : anyone,
      contract: body.contract ? toPolicy(body.contract) : anyone,
      title: body.title,
    };
  }
  const id = body.offer;
  const row = await ctx.store.read(house.id, (db) => offerRow(db, id));
  if (!row) throw new MadangError('not_found', { values: { what: id } });
  return row;
}

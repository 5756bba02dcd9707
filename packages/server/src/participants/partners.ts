import type { PartnerView } from '@madang/core/api/views.ts';
import { MadangError } from '@madang/core/error.ts';
import { toUtc } from '@madang/core/time.ts';
import type { Context } from '../context.ts';
import { isUniqueViolation } from '../db/errors.ts';
import { dropPartner, type PartnerRow, partnerRow, partnerRows, putPartner } from './partner-store.ts';
import type { Reaches } from './reach.ts';

function view({ reaches }: { reaches: Reaches }, participant: string, row: PartnerRow): PartnerView {
  const { did, name, short_name: shortName, dsp, relation, groups, reach: state, reach_since, reach_error } = row;
  // What is seen now is stored a moment later; of a partner that stays away the store keeps the first error only.
  const reach = { state, error: reach_error, ...reaches.seen(participant, did), since: reach_since === null ? null : toUtc(reach_since) };
  return { did, name, shortName, dsp, relation, groups, reach };
}

export const listPartners = async (ctx: Context, participant: string): Promise<PartnerView[]> =>
  (await ctx.store.read(participant, partnerRows)).map((row) => view(ctx, participant, row));

/** @throws MadangError `partner_unknown` */
export async function getPartner(ctx: Context, participant: string, did: string): Promise<PartnerView> {
  const partner = await findPartner(ctx, participant, did);
  if (!partner) throw new MadangError('partner_unknown', { values: { did } });
  return partner;
}

export async function findPartner(ctx: Context, participant: string, did: string): Promise<PartnerView | undefined> {
  const row = await partnerRow(ctx.store, participant, did);
  return row === null ? undefined : view(ctx, participant, row);
}

/** A name for any DID: from the address book, our own, else the last part of the DID. */
export async function partyName(ctx: Context, participant: string): Promise<(did: string) => string> {
  const known = new Map((await ctx.store.read(participant, partnerRows)).map(({ did, name }) => [did, name]));
  const own = ctx.houses.get(participant);
  known.set(own.did, own.name);
  return (did) => known.get(did) ?? shortOf(did);
}

/** Escapes of a DID need not be UTF-8, so they may not decode. */
export function shortOf(did: string): string {
  const last = did.slice(did.lastIndexOf(':') + 1);
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

type Input = Omit<PartnerView, 'dsp' | 'reach'> & { readonly dsp?: string | undefined };

/**
 * Adds or changes a partner; without `dsp` its endpoints are looked up through its DID document.
 * @throws MadangError `did_unresolved`, `partner_name_taken`
 */
export async function savePartner(ctx: Context, participant: string, input: Input): Promise<PartnerView> {
  const dsp = input.dsp ?? (await endpointsOf(ctx, input.did));
  const row = { did: input.did, name: input.name, short_name: input.shortName, dsp, relation: input.relation, groups: [...input.groups] };
  const stored = await ctx.store
    .write(participant, (db) => putPartner(db, participant, row))
    .catch((error: unknown) => {
      throw isUniqueViolation(error) ? new MadangError('partner_name_taken', { values: { name: input.shortName } }) : error;
    });
  ctx.changes.tell(participant, { type: 'partner', id: input.did });
  return view(ctx, participant, stored);
}

export async function removePartner(ctx: Context, participant: string, did: string): Promise<void> {
  await ctx.store.write(participant, (db) => dropPartner(db, did));
  ctx.changes.tell(participant, { type: 'partner', id: did });
}

/** @throws MadangError `did_unresolved` */
async function endpointsOf(ctx: Context, did: string): Promise<string> {
  const document = await ctx.resolver.document(did);
  const catalog: unknown = document.service?.find((s) => s?.type === 'CatalogService')?.serviceEndpoint;
  if (typeof catalog !== 'string' || !catalog.endsWith('/catalog'))
    throw new MadangError('did_unresolved', { values: { did, why: 'CatalogService' } });
  return catalog.slice(0, -'/catalog'.length);
}

import type { CredentialView } from '@madang/core/api/views.ts';
import { MadangError } from '@madang/core/error.ts';
import { isDay } from '@madang/core/time.ts';
import type { Context } from '../context.ts';
import { type HeldCredential, heldCredentials } from '../identity/held.ts';
import { issueMembership } from '../identity/membership.ts';
import type { House } from './houses.ts';
import { partyName } from './partners.ts';

export async function listCredentials(ctx: Context, house: House): Promise<CredentialView[]> {
  const [held, name] = await Promise.all([heldCredentials(ctx.store, house.id), partyName(ctx, house.id)]);
  return held.map((credential) => view(credential, name));
}

/** @throws MadangError `credential_invalid`, `credential_not_ours` */
export async function storeCredential(ctx: Context, house: House, jwt: string): Promise<CredentialView> {
  return view(await ctx.wallet.store(house.id, house.did, jwt.trim()), await partyName(ctx, house.id));
}

/** As operator. `until` is a day; the membership holds to its end in Seoul. @throws MadangError `bad_time` */
export async function issueMembershipTo(ctx: Context, house: House, subject: string, until: string): Promise<string> {
  if (!isDay(until)) throw new MadangError('bad_time', { values: { value: until, expected: '2026-12-31' } });
  return issueMembership(ctx.keys, { participant: house.id, did: house.did }, subject, new Date(`${until}T23:59:59+09:00`));
}

function view({ id, type, issuer, from, until }: HeldCredential, name: (did: string) => string): CredentialView {
  return { id, type, issuer: { did: issuer, name: name(issuer) }, from, until, expired: Date.parse(until) < Date.now() };
}

import type { CredentialView } from '@madang/core/api/views.ts';
import type { Handlers } from '../http/management.ts';
import { partyName } from '../participants/partners.ts';
import { issueMembership } from './membership.ts';
import { credentials, type CredentialRow } from './store.ts';

export const identityHandlers: Handlers<'credentials' | 'storeCredential' | 'issueMembership'> = {
  async credentials(ctx, { house }) {
    const [rows, name] = await Promise.all([ctx.store.read(house.id, credentials), partyName(ctx, house.id)]);
    return { credentials: rows.map((row) => view(row, name)) };
  },
  async storeCredential(ctx, { house, body }) {
    const { id, type, issuer, from, until } = await ctx.wallet.store(house.id, house.did, body.jwt.trim());
    return view({ id, type, issuer, jwt: '', valid_from: from, valid_until: until }, await partyName(ctx, house.id));
  },
  async issueMembership(ctx, { house, body }) {
    // To the end of the day in Seoul.
    const until = new Date(`${body.until}T23:59:59+09:00`);
    return { jwt: await issueMembership(ctx.keys, { participant: house.id, did: house.did }, body.subject, until) };
  },
};

function view({ id, type, issuer, valid_from: from, valid_until: until }: CredentialRow, name: (did: string) => string): CredentialView {
  return { id, type, issuer: { did: issuer, name: name(issuer) }, from, until, expired: Date.parse(until) < Date.now() };
}

import type { Store } from '../db/store.ts';
import type { Membership } from './membership.ts';
import { credentials } from './store.ts';

export type HeldCredential = Omit<Membership, 'holder'>;

/** What a participant has in its wallet, in force or not. */
export async function heldCredentials(store: Store, participant: string): Promise<HeldCredential[]> {
  const rows = await store.read(participant, credentials);
  return rows.map(({ id, type, issuer, valid_from: from, valid_until: until }) => ({ id, type, issuer, from, until }));
}

import type { JWK } from 'jose';
import type { Run } from '../rounds.ts';

/** What one side must know of the other. */
export interface Peer {
  readonly address: string;
  readonly publicKey: JWK;
}

export type ToHouse = { readonly peer: Peer } | { readonly count: number; readonly atOnce: number; readonly half?: true };
export type FromHouse = Peer | { readonly ready: true } | Run;

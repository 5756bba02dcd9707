import type { Reader, Store, Writer } from '../db/store.ts';
import type { TokenUse } from './token.ts';

/** False when it was used before. */
export const spendToken = (store: Store, participant: string, use: TokenUse) => store.together<boolean>('token_spend', participant, use);

export interface KeyRow {
  readonly kid: string;
  readonly public_jwk: Record<string, unknown>;
  readonly sealed: Buffer;
}

export const signingKeys = (db: Reader) => db<KeyRow[]>`select kid, public_jwk, sealed from signing_key order by created_at desc`;

export const addSigningKey = (db: Writer, participant: string, key: KeyRow) =>
  db`insert into signing_key (participant, kid, public_jwk, sealed) values (${participant}, ${key.kid}, ${db.json(key.public_jwk as never)}, ${key.sealed})`;

export interface CredentialRow {
  readonly id: string;
  readonly type: string;
  readonly issuer: string;
  readonly jwt: string;
  readonly valid_from: string;
  readonly valid_until: string;
}

export const credentials = (db: Reader) =>
  db<CredentialRow[]>`select id, type, issuer, jwt, valid_from, valid_until from credential order by valid_until desc, id`;

export const addCredential = (db: Writer, participant: string, c: CredentialRow) =>
  db`insert into credential (participant, id, type, issuer, jwt, valid_from, valid_until)
     values (${participant}, ${c.id}, ${c.type}, ${c.issuer}, ${c.jwt}, ${c.valid_from}, ${c.valid_until})
     on conflict (participant, id) do nothing`;

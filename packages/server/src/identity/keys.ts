import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Store, Writer } from '../db/store.ts';
import { seal, unseal } from './seal.ts';
import { addSigningKey, signingKeys } from './store.ts';

const MOST = 2_000;

export interface SigningKey {
  readonly kid: string;
  readonly key: KeyObject;
}

/** The participants' own keys: EC P-256, sealed in the database, the most recently used ones open in memory. */
export interface Keys {
  signing(participant: string): Promise<SigningKey>;
  publicKeys(participant: string): Promise<{ kid: string; publicJwk: Record<string, unknown> }[]>;
  /** Makes a first key in the transaction that makes the participant. */
  create(db: Writer, participant: string): Promise<void>;
}

const label = (participant: string, kid: string) => `${participant}/${kid}`;

export function openKeys(store: Store, master: Buffer): Keys {
  const open = new Map<string, Promise<SigningKey>>();

  async function load(participant: string): Promise<SigningKey> {
    const [row] = await store.read(participant, signingKeys);
    if (!row) throw new Error(`participant ${participant} has no signing key`);
    const jwk = JSON.parse(unseal(master, label(participant, row.kid), row.sealed));
    return { kid: row.kid, key: createPrivateKey({ key: jwk, format: 'jwk' }) };
  }

  return {
    signing(participant) {
      let key = open.get(participant);
      open.delete(participant);
      if (!key) {
        key = load(participant);
        key.catch(() => open.delete(participant));
      }
      open.set(participant, key);
      if (open.size > MOST) open.delete(open.keys().next().value as string);
      return key;
    },
    async publicKeys(participant) {
      const rows = await store.read(participant, signingKeys);
      return rows.map(({ kid, public_jwk }) => ({ kid, publicJwk: public_jwk }));
    },
    async create(db, participant) {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const kid = 'key-1';
      const { kty, crv, x, y } = publicKey.export({ format: 'jwk' });
      const sealed = seal(master, label(participant, kid), JSON.stringify(privateKey.export({ format: 'jwk' })));
      await addSigningKey(db, participant, { kid, public_jwk: { kty, crv, x, y }, sealed });
    },
  };
}

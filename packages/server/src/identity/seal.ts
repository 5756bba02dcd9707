import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { MadangError } from '@madang/core/error.ts';

/** A shorter tag, as of a truncated value, is not taken. */
const TAG = { authTagLength: 16 };

/** AES-256-GCM: 12 bytes iv, 16 bytes tag, ciphertext. `label` binds the value to its place, so that a row moved elsewhere does not open. */
export function seal(master: Buffer, label: string, plain: string): Buffer {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', master, iv, TAG).setAAD(Buffer.from(label));
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

/** @throws MadangError `wrong_master_key` */
export function unseal(master: Buffer, label: string, sealed: Uint8Array): string {
  try {
    const decipher = createDecipheriv('aes-256-gcm', master, sealed.subarray(0, 12), TAG)
      .setAAD(Buffer.from(label))
      .setAuthTag(sealed.subarray(12, 28));
    return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new MadangError('wrong_master_key', { cause });
  }
}

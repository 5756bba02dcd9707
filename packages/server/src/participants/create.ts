import { randomBytes } from 'node:crypto';
import type { CreatedParticipant } from '@madang/core/api/views.ts';
import { MadangError } from '@madang/core/error.ts';
import type { Context } from '../context.ts';
import { isUniqueViolation } from '../db/errors.ts';
import { didOf } from '../identity/did-web.ts';
import { hashOf } from './keys.ts';
import { addHouse, addManagementKey, addSettings, hasManagementKey } from './store.ts';

/**
 * Hosts a new participant: DID, signing key, management key. With a `secret` of the caller the call can be repeated after a crash.
 * @throws MadangError `participant_exists`
 */
export async function createParticipant(
  ctx: Context,
  input: { id: string; name: string; secret?: string | undefined },
): Promise<CreatedParticipant> {
  const { id, name } = input;
  const secret = input.secret ?? randomBytes(24).toString('base64url');
  const hash = hashOf(secret);
  const row = { participant: id, name, did: didOf(ctx.publicUrl, id) };
  if (!ctx.houses.find(id)) {
    try {
      await ctx.store.write(id, async (db) => {
        await addHouse(db, row);
        await addSettings(db, id);
        await addManagementKey(db, id, hash);
        await ctx.keys.create(db, id);
      });
      ctx.houses.add(row);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
    }
  }
  const same = await ctx.store.read(id, (db) => hasManagementKey(db, hash));
  if (!same) throw new MadangError('participant_exists', { values: { id } });
  const house = ctx.houses.find(id) ?? ctx.houses.add(row);
  return { id, name: house.name, did: house.did, dsp: house.dsp, management: house.management, key: `${id}.${secret}` };
}

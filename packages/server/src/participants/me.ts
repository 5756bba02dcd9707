import type { Me, PartyRef } from '@madang/core/api/views.ts';
import type { Context } from '../context.ts';
import type { House } from './houses.ts';
import { partyName } from './partners.ts';
import { setTrustedOperators, trustedOperators } from './store.ts';

export async function describeMe(ctx: Context, house: House): Promise<Me> {
  const dids = await ctx.store.read(house.id, trustedOperators);
  const name = await partyName(ctx, house.id);
  const operators: PartyRef[] = dids.map((did) => ({ did, name: name(did) }));
  const { id, did, dsp, management } = house;
  return { id, name: house.name, did, dsp, management, trustedOperators: operators };
}

export async function setTrust(ctx: Context, house: House, operators: readonly string[]): Promise<Me> {
  await ctx.store.write(house.id, (db) => setTrustedOperators(db, operators));
  return describeMe(ctx, house);
}

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { MadangError } from '@madang/core/error.ts';
import type { Context } from '../context.ts';
import type { House } from './houses.ts';
import { addSession, dropSession, hasManagementKey, hasSession } from './store.ts';

const SESSION_HOURS = 12;

/** Secrets are random, 24 bytes or more, so a plain SHA-256 cannot be guessed back. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** `<participant>.<secret>`: the part before the dot says whose key it is. */
function split(key: string): { id: string; secret: string } {
  const dot = key.indexOf('.');
  return { id: key.slice(0, Math.max(dot, 0)), secret: key.slice(dot + 1) };
}

/** @throws MadangError `unauthorized` */
export async function houseOfKey(ctx: Context, key: string): Promise<House> {
  const { id, secret } = split(key);
  const house = ctx.houses.find(id);
  if (!house || !(await ctx.store.read(id, (db) => hasManagementKey(db, hashOf(secret))))) throw new MadangError('unauthorized');
  return house;
}

/** Opens a session and returns its cookie value, of the same form as a key. */
export async function openSession(ctx: Context, house: House): Promise<string> {
  const secret = randomBytes(24).toString('base64url');
  await ctx.store.write(house.id, (db) => addSession(db, house.id, hashOf(secret), new Date(Date.now() + SESSION_HOURS * 3_600_000)));
  return `${house.id}.${secret}`;
}

/** @throws MadangError `unauthorized` */
export async function houseOfSession(ctx: Context, cookie: string): Promise<House> {
  const { id, secret } = split(cookie);
  const house = ctx.houses.find(id);
  if (!house || !(await ctx.store.read(id, (db) => hasSession(db, hashOf(secret))))) throw new MadangError('unauthorized');
  return house;
}

export async function closeSession(ctx: Context, cookie: string): Promise<void> {
  const { id, secret } = split(cookie);
  if (ctx.houses.find(id)) await ctx.store.write(id, (db) => dropSession(db, hashOf(secret)));
}

/** @throws MadangError `unauthorized` */
export function checkHostKey(ctx: Context, header: string | undefined): void {
  const given = Buffer.from(hashOf(header?.replace(/^Bearer\s+host\./i, '') ?? ''));
  if (!timingSafeEqual(given, Buffer.from(hashOf(ctx.secrets.host)))) throw new MadangError('unauthorized');
}

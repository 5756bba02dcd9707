import type { DataAddressView } from '@madang/core/api/views.ts';
import { MadangError } from '@madang/core/error.ts';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { parseJson } from '../http/json.ts';
import type { OutboundAnswer } from '../http/outbound.ts';
import { signToken } from '../identity/token.ts';
import type { House } from '../participants/houses.ts';
import { getExchange } from '../protocol/find.ts';
import type { Exchange } from '../protocol/types.ts';
import { contentOf, PUSH, propertyOf } from './content.ts';
import { refusal } from './refusal.ts';

/** Where to fetch, with a token that is good now. */
export interface Address {
  readonly endpoint: string;
  readonly token: string;
  /** ISO instant; null where the provider does not say. */
  readonly until: string | null;
}

/** A token with less than this left is renewed before it is used. */
const LEAST_MS = 60_000;

interface Renewed {
  readonly token: string;
  readonly until: number;
}
/** Tokens that were renewed since the start that the exchange tells of, by that start; and the renewals under way, one for all who ask. */
const renewed = new Map<string, Renewed>();
const underWay = new Map<string, Promise<Renewed>>();

/**
 * `anew`: the token that this answered before was refused as run out.
 * @throws MadangError `pull_unreadable` (no usable data address), `pull_refused`, `transfer_not_running`, `outbound_unreachable`, `outbound_forbidden`
 */
export async function addressOf(ctx: Context, house: House, exchange: Exchange, anew = false): Promise<Address> {
  const { dataAddress, tokenUntil } = contentOf(exchange);
  const { endpoint } = dataAddress ?? {};
  const given = propertyOf(dataAddress, 'authorization')?.replace(/^Bearer\s+/i, '');
  if (endpoint === undefined || !isToken(given)) throw new MadangError('pull_unreadable', { values: { why: 'dataAddress' } });
  const key = JSON.stringify([house.did, exchange.id, given]);
  const known = renewed.get(key) ?? { token: given, until: tokenUntil ? Date.parse(tokenUntil) : undefined };
  const refresh = refreshEndpoint(exchange);
  const answer = ({ token, until }: { token: string; until: number | undefined }): Address => ({
    endpoint,
    token,
    until: until === undefined ? null : new Date(until).toISOString(),
  });
  const holds = known.until === undefined || known.until - Date.now() >= LEAST_MS;
  if (refresh === undefined || (holds && !anew)) return answer(known);
  try {
    return answer(await renew(ctx, house, exchange, refresh, key));
  } catch (error) {
    // It is tried early: what is left of the present one may do.
    if (!anew && known.until !== undefined && known.until > Date.now() + 1_000) return answer(known);
    throw error;
  }
}

/** What a header can carry. */
const isToken = (text: string | undefined): text is string => text !== undefined && /^[!-~]+$/.test(text);

export const canRenew = (exchange: Exchange): boolean => refreshEndpoint(exchange) !== undefined;

/** A foreign one that wants a refresh token works otherwise than ours. */
function refreshEndpoint(exchange: Exchange): string | undefined {
  const { dataAddress } = contentOf(exchange);
  return propertyOf(dataAddress, 'refreshToken') === undefined ? propertyOf(dataAddress, 'refreshEndpoint') : undefined;
}

function renew(ctx: Context, house: House, exchange: Exchange, url: string, key: string): Promise<Renewed> {
  const running = underWay.get(key);
  if (running) return running;
  const made = ask(ctx, house, exchange, url)
    .then((found) => {
      forgetOld();
      renewed.set(key, found);
      return found;
    })
    .finally(() => underWay.delete(key));
  underWay.set(key, made);
  return made;
}

function forgetOld(): void {
  if (renewed.size < 1_000) return;
  for (const [key, { until }] of renewed) if (until < Date.now()) renewed.delete(key);
}

const answerForm = z.object({ authorization: z.string(), expiresIn: z.coerce.number().min(1).max(1e8) });

async function ask(ctx: Context, house: House, { peer, content }: Exchange, url: string): Promise<Renewed> {
  const token = await signToken(ctx.keys, {
    participant: house.id,
    did: house.did,
    audience: peer,
    credentials: await ctx.wallet.show(house.id),
    purpose: (content as { purpose?: string }).purpose,
  });
  const answer: OutboundAnswer = await ctx.outbound.send({
    method: 'POST',
    url,
    headers: { authorization: `Bearer ${token}` },
    body: '{}',
  });
  if (answer.status !== 200) throw refusal(url, answer.status, answer.text);
  const read = answerForm.safeParse(parseJson(answer.text).value);
  const fresh = read.data?.authorization.replace(/^Bearer\s+/i, '');
  if (!read.success || !isToken(fresh)) throw new MadangError('pull_unreadable', { values: { why: 'refreshEndpoint' } });
  return { token: fresh, until: Date.now() + read.data.expiresIn * 1000 };
}

/**
 * For the owner's own programs: where the data of a running pull are, with a header that opens them.
 * @throws MadangError `not_found`, `data_address_none`, and those of `addressOf`
 */
export async function dataAddress(ctx: Context, house: House, id: string): Promise<DataAddressView> {
  const { endpoint, token, until } = await addressOf(ctx, house, await pullOf(ctx, house, id));
  return { endpoint, authorization: `Bearer ${token}`, expiresAt: until };
}

/** @throws MadangError `not_found`, `data_address_none` */
export async function pullOf(ctx: Context, house: House, id: string): Promise<Exchange> {
  const exchange = await getExchange(ctx, house, id);
  const { format, dataAddress: address } = contentOf(exchange);
  if (exchange.role !== 'consumer' || exchange.state !== 'STARTED' || format === PUSH || !address)
    throw new MadangError('data_address_none');
  return exchange;
}

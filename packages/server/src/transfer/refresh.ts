import { MadangError } from '@madang/core/error.ts';
import type { Context } from '../context.ts';
import { authenticatePartner, spend } from '../identity/partner.ts';
import { findExchange } from '../protocol/find.ts';
import { contentOf, PUSH } from './content.ts';
import { hindrances } from './guard.ts';
import { pullToken, TOKEN_LIFE_S } from './token.ts';

/** What a consumer gets when its token runs out. */
export interface Renewed {
  readonly authorization: string;
  readonly authType: 'bearer';
  /** Seconds. */
  readonly expiresIn: number;
}

/**
 * Another pull token for the consumer of a running transfer, which proves who it is as with every message. The ones before stay good.
 * @throws MadangError `not_found`, `transfer_not_running`, `terms_not_met`, `token_reused`, and those of the consumer's token
 */
export async function renewToken(ctx: Context, participant: string, id: string, authorization: string | undefined): Promise<Renewed> {
  const house = ctx.houses.get(participant);
  const partner = await authenticatePartner(ctx, house.did, authorization);
  await spend(ctx.store, house.id, partner);
  const exchange = await findExchange(ctx, house, id);
  const mine = exchange?.protocol === 'transfer' && exchange.role === 'provider' && exchange.peer === partner.did;
  if (!mine || contentOf(exchange).format === PUSH) throw new MadangError('not_found', { values: { what: id.slice(0, 200) } });
  if (exchange.state !== 'STARTED') throw new MadangError('transfer_not_running', { values: { state: exchange.state } });
  const [reason] = await hindrances(ctx, house, exchange);
  if (reason) throw new MadangError('terms_not_met', { values: { why_ko: reason.text.ko, why_en: reason.text.en } });
  const { starts = 0 } = contentOf(exchange);
  return { authorization: pullToken(ctx, house, exchange, starts), authType: 'bearer', expiresIn: TOKEN_LIFE_S };
}

import { timingSafeEqual } from 'node:crypto';
import { MadangError } from '@madang/core/error.ts';
import { offerOf } from '../catalog/offers.ts';
import type { Context } from '../context.ts';
import type { House } from '../participants/houses.ts';
import { findExchange } from '../protocol/find.ts';
import { readView, type ShownView } from '../records/views.ts';
import { contentOf } from './content.ts';
import { hindrances } from './react.ts';
import { hashToken } from './start.ts';

/**
 * What the holder of a pull token gets: the view of the offer that was agreed, while the transfer runs and its terms hold.
 * @throws MadangError `pull_token_invalid`, `transfer_not_running`, `terms_not_met`, `record_missing`
 */
export async function serveData(ctx: Context, house: House, id: string, authorization: string | undefined): Promise<ShownView> {
  const exchange = await findExchange(ctx, house, id);
  if (exchange?.protocol !== 'transfer' || exchange.role !== 'provider') throw new MadangError('pull_token_invalid');
  const { token, tokenUntil } = contentOf(exchange);
  const given = hashToken(authorization?.replace(/^Bearer\s+/i, '') ?? '');
  const expired = tokenUntil === undefined || Date.parse(tokenUntil) < Date.now();
  if (token === undefined || expired || !timingSafeEqual(Buffer.from(given), Buffer.from(token)))
    throw new MadangError('pull_token_invalid');
  if (exchange.state !== 'STARTED') throw new MadangError('transfer_not_running', { values: { state: exchange.state } });
  const [reason] = await hindrances(ctx, house, exchange);
  if (reason) throw new MadangError('terms_not_met', { values: { why_ko: reason.text.ko, why_en: reason.text.en } });
  const { view } = await offerOf(ctx, house.id, exchange.dataset);
  return readView(ctx, house.id, view);
}

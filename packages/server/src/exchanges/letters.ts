import type { DeadLetter, ExchangeDetail } from '@madang/core/api/views.ts';
import { toUtc } from '@madang/core/time.ts';
import type { Context } from '../context.ts';
import type { House } from '../participants/houses.ts';
import { partyName } from '../participants/partners.ts';
import { type LetterRow, listLetters, sendAgain } from '../protocol/letters.ts';
import { exchangeDetail } from './exchanges.ts';

export async function viewLetters(ctx: Context, house: House): Promise<DeadLetter[]> {
  const [rows, name] = await Promise.all([listLetters(ctx, house), partyName(ctx, house.id)]);
  return rows.map((row) => viewLetter(row, name));
}

/** @throws MadangError `not_found`, `conflict` */
export const sendLetterAgain = async (ctx: Context, house: House, id: string): Promise<ExchangeDetail> =>
  exchangeDetail(ctx, house, await sendAgain(ctx, house, id));

function viewLetter(row: LetterRow, name: (did: string) => string): DeadLetter {
  const { id, exchange, title, peer, message, created_at, died_at, tries, reasons, can_send: canSend } = row;
  const partner = { did: peer, name: name(peer) };
  return { id, exchange, title, partner, message, createdAt: toUtc(created_at), diedAt: toUtc(died_at), tries, reasons, canSend };
}

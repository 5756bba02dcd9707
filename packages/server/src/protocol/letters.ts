import { MadangError } from '@madang/core/error.ts';
import type { Context } from '../context.ts';
import type { House } from '../participants/houses.ts';
import { deleteLetter, type LetterRow, letterRows, sendLetter } from './store.ts';

export type { LetterRow } from './store.ts';

/** More than this nobody reads; what is older shows as these go. */
const MOST = 500;

/** What was given up or refused, newest first. */
export const listLetters = (ctx: Context, house: House): Promise<LetterRow[]> => ctx.store.read(house.id, (db) => letterRows(db, MOST));

/**
 * Puts a letter back into the outbox, and the exchange where it was after it. Returns the id of the exchange.
 * @throws MadangError `not_found`; `conflict` when the exchange has gone on since
 */
export async function sendAgain(ctx: Context, house: House, id: string): Promise<string> {
  const { outcome, state, out } = await sendLetter(ctx.store, house.id, id);
  if (outcome === 'gone_on') throw new MadangError('conflict', { text: goneOn(state) });
  if (!out) throw new MadangError('not_found', { values: { what: id } });
  ctx.recent.forget(house.id, out.exchange);
  ctx.dispatcher.take(house, out);
  ctx.changes.tell(house.id, { type: 'exchange', id: out.exchange, state });
  return out.exchange;
}

/** @throws MadangError `not_found` */
export async function dropLetter(ctx: Context, house: House, id: string): Promise<void> {
  if (!(await ctx.store.write(house.id, (db) => deleteLetter(db, id)))) throw new MadangError('not_found', { values: { what: id } });
}

const goneOn = (state: string) => ({
  ko: `이 메시지를 보낸 뒤 교환이 다르게 진행되어(상태 ${state}) 다시 보낼 수 없습니다. 교환 화면에서 할 수 있는 일을 고르고, 이 메시지는 목록에서 지우세요.`,
  en: `The exchange has gone on since (state ${state}), so this message can no longer be sent. Choose what can be done in the exchange, and take the message off the list.`,
});

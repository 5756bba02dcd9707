import type { ExchangeAction, ExchangeDetail, Reason } from '@madang/core/api/views.ts';
import { BY_HAND } from '@madang/core/because.ts';
import { MadangError } from '@madang/core/error.ts';
import type { Context } from '../context.ts';
import { sendAccepted } from '../negotiation/accept.ts';
import { sendOffer } from '../negotiation/offer.ts';
import { agreeOrEnd } from '../negotiation/react.ts';
import { counterRequest } from '../negotiation/request.ts';
import { sendTermination as endNegotiation } from '../negotiation/terminate.ts';
import type { House } from '../participants/houses.ts';
import { getExchange } from '../protocol/find.ts';
import { perform } from '../protocol/perform.ts';
import { reasonFor } from '../protocol/reasons.ts';
import type { Exchange, Move } from '../protocol/types.ts';
import { sendCompletion } from '../transfer/complete.ts';
import { hindrances } from '../transfer/guard.ts';
import { askToResume, sendStart } from '../transfer/start.ts';
import { sendSuspension } from '../transfer/suspend.ts';
import { sendTermination as endTransfer } from '../transfer/terminate.ts';
import { exchangeDetail } from './exchanges.ts';
import { actionsFor } from './views.ts';

/** What a person decides in an exchange. @throws MadangError `not_found`, `conflict`, `terms_not_met` */
export async function act(ctx: Context, house: House, id: string, action: ExchangeAction, reason?: string): Promise<ExchangeDetail> {
  const exchange = await getExchange(ctx, house, id);
  if (!actionsFor(exchange).includes(action)) throw new MadangError('conflict', { values: { state: exchange.state } });
  await perform(ctx, house, exchange, await moveFor(ctx, house, exchange, action, byHand(reason)));
  return exchangeDetail(ctx, house, id);
}

async function moveFor(ctx: Context, house: House, exchange: Exchange, action: ExchangeAction, reasons: readonly Reason[]): Promise<Move> {
  switch (action) {
    case 'agree':
      return agreeOrEnd(ctx, house, exchange);
    case 'offer':
      return sendOffer(house, exchange);
    case 'accept':
      return sendAccepted(exchange);
    case 'request':
      return counterRequest(house, exchange);
    case 'terminate':
      return exchange.protocol === 'negotiation' ? endNegotiation(exchange, reasons) : endTransfer(exchange, reasons);
    case 'suspend':
      return sendSuspension(exchange, reasons);
    case 'start':
      return start(ctx, house, exchange);
    case 'complete':
      return sendCompletion(exchange);
  }
}

async function start(ctx: Context, house: House, exchange: Exchange): Promise<Move> {
  if (exchange.role === 'consumer') return askToResume(exchange);
  const [reason] = await hindrances(ctx, house, exchange);
  if (reason) throw new MadangError('terms_not_met', { values: { why_ko: reason.text.ko, why_en: reason.text.en } });
  return sendStart(ctx, house, exchange);
}

function byHand(reason: string | undefined): readonly Reason[] {
  const text =
    reason === undefined
      ? { ko: '담당자가 정했습니다. 이유는 적지 않았습니다.', en: 'Decided by a person, who gave no reason.' }
      : { ko: reason, en: reason };
  return [reasonFor(BY_HAND, text)];
}

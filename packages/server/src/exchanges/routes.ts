import type { Handlers } from '../http/management.ts';
import { requestNegotiation } from '../negotiation/request.ts';
import { dropLetter } from '../protocol/letters.ts';
import { requestTransfer } from '../transfer/request.ts';
import { act } from './act.ts';
import { exchangeDetail, viewAgreements, viewExchanges } from './exchanges.ts';
import { home } from './home.ts';
import { sendLetterAgain, viewLetters } from './letters.ts';
import { obtain } from './obtain.ts';

export const exchangeHandlers: Handlers<
  | 'home'
  | 'negotiate'
  | 'transfer'
  | 'obtain'
  | 'exchanges'
  | 'exchange'
  | 'act'
  | 'agreements'
  | 'deadLetters'
  | 'sendAgain'
  | 'dropLetter'
> = {
  home: (ctx, { house }) => home(ctx, house),
  negotiate: async (ctx, { house, body }) => exchangeDetail(ctx, house, await requestNegotiation(ctx, house, body)),
  transfer: async (ctx, { house, body }) => exchangeDetail(ctx, house, await requestTransfer(ctx, house, body.agreement, body.format)),
  obtain: (ctx, { house, body }) => obtain(ctx, house, body),
  exchanges: async (ctx, { house, query }) => ({ exchanges: await viewExchanges(ctx, house, query) }),
  exchange: (ctx, { house, params }) => exchangeDetail(ctx, house, params['id'] ?? ''),
  act: (ctx, { house, params, body }) => act(ctx, house, params['id'] ?? '', body.action, body.reason),
  deadLetters: async (ctx, { house }) => ({ letters: await viewLetters(ctx, house) }),
  sendAgain: (ctx, { house, params }) => sendLetterAgain(ctx, house, params['id'] ?? ''),
  async dropLetter(ctx, { house, params }) {
    await dropLetter(ctx, house, params['id'] ?? '');
    return { ok: true };
  },
  agreements: async (ctx, { house }) => ({ agreements: await viewAgreements(ctx, house) }),
};

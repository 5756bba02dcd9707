import { EXCHANGE_ACTIONS } from '@madang/core/api/views.ts';
import { type Action, exactly } from '../cli/actions.ts';
import type { Command } from '../cli/context.ts';
import { exchangeTable, settled, told } from '../cli/exchange.ts';
import { didOf } from '../cli/partner.ts';
import { unknown } from '../cli/usage.ts';

const ask: Action = async (context, words) => {
  const { given, signal } = context;
  const [word, dataset] = exactly(words, 'partner', 'dataset');
  const client = context.client();
  const partner = await didOf(client, word);
  const [offer, purpose] = [given.text('offer'), given.text('purpose')];
  const wait = given.seconds('wait', 10);
  const begun = await client.call('negotiate', {
    body: { partner, dataset, ...(offer && { offer }), ...(purpose && { purpose }) },
    signal,
  });
  return told(await settled(context, begun, wait), context);
};

const list: Action = async (context, words) => {
  exactly(words);
  const { exchanges } = await context.client().call('exchanges', { query: { protocol: 'negotiation' } });
  return { value: { exchanges }, lines: exchangeTable(exchanges, context) };
};

const show: Action = async (context, words) => {
  const [id] = exactly(words, 'id');
  return told(await context.client().call('exchange', { params: { id } }), context, 'ok');
};

const answer: Action = async (context, words) => {
  const [id, word] = exactly(words, 'id', EXCHANGE_ACTIONS.join('|'));
  const action = EXCHANGE_ACTIONS.find((a) => a === word);
  if (!action) throw unknown({ ko: '답', en: 'answer' }, word, EXCHANGE_ACTIONS);
  const reason = context.given.text('reason');
  return told(await context.client().call('act', { params: { id }, body: { action, ...(reason && { reason }) } }), context, 'ok');
};

const OTHERS: Readonly<Record<string, Action>> = { list, show, answer };

export const negotiate: Command = {
  summary: { ko: '파트너의 제공 조건을 요청하고, 온 요청에 답합니다', en: 'Ask for an offer of a partner, or answer one that asks us' },
  usage: [
    'negotiate <partner> <dataset> [--offer <id>] [--purpose <purpose>] [--wait <s>]',
    'negotiate list',
    'negotiate show <id>',
    `negotiate answer <id> <${EXCHANGE_ACTIONS.join('|')}> [--reason <text>]`,
  ],
  example: 'negotiate daon urn:uuid:… --purpose product-footprint --as nurideul',
  options: {
    offer: {
      type: 'string',
      value: '<id>',
      text: { ko: '데이터셋의 제공 조건이 여럿일 때 하나', en: 'one offer, where the dataset has several' },
    },
    purpose: {
      type: 'string',
      value: '<purpose>',
      text: { ko: '무엇에 쓸지, 예: product-footprint', en: 'what for, such as product-footprint' },
    },
    wait: { type: 'string', value: '<s>', text: { ko: '답을 기다릴 초 (기본 10)', en: 'seconds to wait for the end (default 10)' } },
    reason: { type: 'string', value: '<text>', text: { ko: '답의 이유', en: 'why, for the answer' } },
  },
  run: async (context) => {
    const [word, ...rest] = context.given.words;
    const other = word !== undefined && Object.hasOwn(OTHERS, word) ? OTHERS[word] : undefined;
    return other ? other(context, rest) : ask(context, context.given.words);
  },
};

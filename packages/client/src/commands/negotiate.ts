import { EXCHANGE_ACTIONS, type ExchangeDetail, type ExchangeView } from '@madang/core/api/views.ts';
import { type Action, exactly } from '../cli/actions.ts';
import type { Command, Context, Outcome } from '../cli/context.ts';
import { seconds } from '../cli/figures.ts';
import { didOf } from '../cli/partner.ts';
import { refusal } from '../cli/reasons.ts';
import { pairs, table } from '../cli/table.ts';
import { unknown } from '../cli/usage.ts';
import { telling, until } from '../cli/wait.ts';
import { PROTOCOLS, STATES } from '../cli/words.ts';

const ENDED: Readonly<Record<string, readonly string[]>> = {
  negotiation: ['FINALIZED', 'TERMINATED'],
  transfer: ['COMPLETED', 'TERMINATED'],
};
const ended = ({ protocol, state }: ExchangeView) => ENDED[protocol]!.includes(state);

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
  const read = async () => client.call('exchange', { params: { id: begun.id }, signal });
  const now = await telling(
    context,
    { ko: `${begun.partner.name}의 답을 기다립니다`, en: `Waiting for ${begun.partner.name}` },
    until(wait, signal, read, ended),
  );
  return told(now, context);
};

const list: Action = async ({ client, t }, words) => {
  exactly(words);
  const { exchanges } = await client().call('exchanges');
  const head = [
    'id',
    t({ ko: '종류', en: 'kind' }),
    t({ ko: '상대', en: 'partner' }),
    t({ ko: '제목', en: 'title' }),
    t({ ko: '상태', en: 'state' }),
    t({ ko: '차례', en: 'turn' }),
  ];
  return {
    value: { exchanges },
    lines: table(
      head,
      exchanges.map((e) => [e.id, t(PROTOCOLS[e.protocol]), e.partner.name, e.title, t(stateOf(e)), t(turnOf(e))]),
    ),
  };
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

const stateOf = ({ protocol, state }: ExchangeView) => STATES[protocol][state] ?? { ko: state, en: state };
const turnOf = ({ waitingFor }: ExchangeView) =>
  waitingFor === 'me' ? { ko: '우리', en: 'ours' } : waitingFor === 'them' ? { ko: '상대', en: 'theirs' } : { ko: '-', en: '-' };

/** One exchange with its steps; a refusal with its five parts. */
function told(e: ExchangeDetail, { t }: Context, exit?: 'ok'): Outcome {
  const steps = table(
    [
      '#',
      t({ ko: '시각', en: 'time' }),
      t({ ko: '메시지', en: 'message' }),
      t({ ko: '보낸 쪽', en: 'sent by' }),
      t({ ko: '상태', en: 'state' }),
      t({ ko: '걸린 시간', en: 'took' }),
    ],
    e.steps.map((s) => [
      String(s.seq),
      s.at,
      s.message,
      s.sender === 'me' ? t({ ko: '우리', en: 'us' }) : e.partner.name,
      s.state,
      s.after === null ? '' : seconds(s.after),
    ]),
  );
  const lines = [
    ...pairs([
      ['id', e.id],
      [t({ ko: '상대', en: 'partner' }), e.partner.name],
      [t({ ko: '상태', en: 'state' }), t(stateOf(e))],
      [t({ ko: '차례', en: 'turn' }), t(turnOf(e))],
      [t({ ko: '이용 계약', en: 'agreement' }), e.agreement ?? '-'],
      [t({ ko: '할 수 있는 답', en: 'possible answers' }), e.actions.join(', ') || '-'],
    ]),
    '',
    ...steps,
    ...(e.reasons.length > 0 ? ['', ...refusal(e.reasons, { ko: `${e.title} 받기`, en: `to get ${e.title}` }, e.partner, t)] : []),
  ];
  return { value: e, lines, exit: exit ?? (e.state === 'FINALIZED' ? 'ok' : e.state === 'TERMINATED' ? 'refused' : 'waiting') };
}

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

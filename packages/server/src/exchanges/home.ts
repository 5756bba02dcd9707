import type { DeadLetter, ExchangeView, Home, Todo } from '@madang/core/api/views.ts';
import type { Context } from '../context.ts';
import type { House } from '../participants/houses.ts';
import { listPartners } from '../participants/partners.ts';
import { listRecords } from '../records/records.ts';
import { viewExchanges } from './exchanges.ts';
import { viewLetters } from './letters.ts';

const SHOWN = 200;

/** What waits for a person, what went wrong, what happened; for an empty house the one next step. */
export async function home(ctx: Context, house: House): Promise<Home> {
  const [exchanges, letters] = await Promise.all([viewExchanges(ctx, house, { limit: SHOWN }), viewLetters(ctx, house)]);
  const failed = letters.filter((letter) => letter.canSend && isFailure(letter, exchanges));
  // One line an exchange: what could not be sent tells more than the state that it left behind.
  const told = new Set(failed.map(({ exchange }) => exchange));
  const todo = [
    ...exchanges.filter(({ id }) => !told.has(id)).flatMap((e) => todoOf(e, exchanges)),
    ...failed.slice(0, SHOWN).map(failedTodo),
  ].sort((a, b) => b.at.localeCompare(a.at));
  return { todo, recent: exchanges.slice(0, 20), next: exchanges.length > 0 ? null : await nextStep(ctx, house) };
}

/** A refusal by a rule or a person is an answer, not a failure; and a later exchange about the same thing settles one that never began. */
function isFailure({ exchange, reasons }: DeadLetter, all: readonly ExchangeView[]): boolean {
  const of = all.find(({ id }) => id === exchange);
  if (of?.state === 'TERMINATED' && isSettled(of, all)) return false;
  return reasons[0]?.because !== 'rule' && reasons[0]?.because !== 'decision';
}

const failedTodo = ({ exchange, partner, title, diedAt, reasons }: DeadLetter): Todo => ({
  id: exchange,
  kind: 'failed',
  title: { ko: `${partner.name}: ${title}`, en: `${partner.name}: ${title}` },
  text: reasons[0]?.text ?? { ko: '메시지를 보내지 못했습니다.', en: 'A message could not be sent.' },
  room: `/exchanges/${encodeURIComponent(exchange)}`,
  at: diedAt,
});

/** Settled by a later exchange about the same thing. */
const isSettled = (e: ExchangeView, all: readonly ExchangeView[]): boolean =>
  all.slice(0, all.indexOf(e)).some((o) => o.dataset === e.dataset && o.partner.did === e.partner.did && o.protocol === e.protocol);

function todoOf(e: ExchangeView, all: readonly ExchangeView[]): Todo[] {
  const room = `/exchanges/${encodeURIComponent(e.id)}`;
  const base = { id: e.id, room, at: e.updatedAt };
  if (e.waitingFor === 'me') {
    const asks = e.role === 'provider';
    return [
      {
        ...base,
        kind: 'answer',
        title: { ko: `${e.partner.name}: ${e.title}`, en: `${e.partner.name}: ${e.title}` },
        text: asks
          ? { ko: '데이터를 요청했습니다. 합의하거나 거절하세요.', en: 'Asks for these data. Agree or decline.' }
          : { ko: '다른 조건을 제안했습니다. 수락하거나 다시 요청하세요.', en: 'Offers other terms. Accept them or ask again.' },
      },
    ];
  }
  const [reason] = e.reasons;
  if (e.state !== 'TERMINATED' || e.role !== 'consumer' || !reason || isSettled(e, all)) return [];
  return [
    { ...base, kind: 'refused', title: { ko: `${e.partner.name}: ${e.title}`, en: `${e.partner.name}: ${e.title}` }, text: reason.text },
  ];
}

async function nextStep(ctx: Context, house: House): Promise<Home['next']> {
  if ((await listPartners(ctx, house.id)).length === 0)
    return {
      text: { ko: '먼저 거래하는 기업을 파트너로 등록하세요.', en: 'First add the firms you deal with as partners.' },
      room: '/partners',
    };
  const [items, footprints] = await Promise.all([
    listRecords(ctx, house, 'item', { limit: 1 }),
    listRecords(ctx, house, 'footprint', { limit: 1 }),
  ]);
  if (items.length + footprints.length === 0)
    return {
      text: { ko: '제품이나 탄소발자국 파일을 가져오세요.', en: 'Import a file with your products or footprints.' },
      room: '/products',
    };
  return {
    text: { ko: '파트너에게 보여 줄 데이터를 골라 제공 조건을 만드세요.', en: 'Choose data that a partner may see and make an offer.' },
    room: '/offers',
  };
}

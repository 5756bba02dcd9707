import type { ExchangeDetail, ExchangeView, TransferDetail } from '@madang/core/api/views.ts';
import type { Text } from '@madang/core/text.ts';
import type { Context, Outcome } from './context.ts';
import { bytesText, seconds } from './figures.ts';
import { openMeter } from './meter.ts';
import { refusal } from './reasons.ts';
import { pairs, table } from './table.ts';
import { telling, until } from './wait.ts';
import { FORMAT_NAMES, PROTOCOLS, STATES } from './words.ts';

const ENDED: Readonly<Record<string, readonly string[]>> = {
  negotiation: ['FINALIZED', 'TERMINATED'],
  transfer: ['COMPLETED', 'TERMINATED'],
};
export const ended = ({ protocol, state }: ExchangeView): boolean => ENDED[protocol]!.includes(state);

const stateOf = ({ protocol, state }: ExchangeView): Text => STATES[protocol][state] ?? { ko: state, en: state };
const turnOf = ({ waitingFor }: ExchangeView): Text =>
  waitingFor === 'me' ? { ko: '우리', en: 'ours' } : waitingFor === 'them' ? { ko: '상대', en: 'theirs' } : { ko: '-', en: '-' };

/** Reads an exchange until it has ended or the seconds are over, and says meanwhile what is waited for. */
export async function settled(context: Context, begun: ExchangeView, wait: number): Promise<ExchangeDetail> {
  const client = context.client();
  const read = async () => client.call('exchange', { params: { id: begun.id }, signal: context.signal });
  const { name } = begun.partner;
  return telling(context, { ko: `${name}의 답을 기다립니다`, en: `Waiting for ${name}` }, until(wait, context.signal, read, ended));
}

/**
 * Follows a transfer to its end with a bar of its progress. While bytes come there is no hurry: the seconds count from the last of them.
 * Broken off here, it goes on in the server all the same.
 */
export async function watched(context: Context, id: string, wait: number): Promise<ExchangeDetail> {
  const client = context.client();
  using meter = openMeter(context, { ko: '받는 중', en: 'Receiving' });
  let [bytes, quietSince] = [-1, Date.now()];
  const read = async () => {
    const now = await client.call('exchange', { params: { id }, signal: context.signal });
    const progress = now.transfer?.progress;
    if (progress) meter.tell(progress);
    if (progress && progress.bytes !== bytes) [bytes, quietSince] = [progress.bytes, Date.now()];
    return now;
  };
  // Awaited here, so that the bar stays until then.
  return await until(
    Number.POSITIVE_INFINITY,
    context.signal,
    read,
    (now) => ended(now) || isOpenService(now) || Date.now() - quietSince >= wait * 1000,
  );
}

/** It is not fetched by itself: whoever needs it calls it while the transfer is open. */
export const isOpenService = ({ state, transfer }: ExchangeDetail): boolean => state === 'STARTED' && transfer?.kind === 'service';

export function exchangeTable(exchanges: readonly ExchangeView[], { t }: Context): string[] {
  const head = [
    'id',
    t({ ko: '종류', en: 'kind' }),
    t({ ko: '상대', en: 'partner' }),
    t({ ko: '제목', en: 'title' }),
    t({ ko: '상태', en: 'state' }),
    t({ ko: '차례', en: 'turn' }),
  ];
  return table(
    head,
    exchanges.map((e) => [e.id, t(PROTOCOLS[e.protocol]), e.partner.name, e.title, t(stateOf(e)), t(turnOf(e))]),
  );
}

/** One exchange with its steps; a refusal with its five parts. */
export function told(e: ExchangeDetail, context: Context, exit?: 'ok'): Outcome {
  const { t } = context;
  const lines = [
    ...pairs([
      ['id', e.id],
      [t({ ko: '상대', en: 'partner' }), e.partner.name],
      [t({ ko: '제목', en: 'title' }), e.title],
      [t({ ko: '상태', en: 'state' }), t(stateOf(e))],
      [t({ ko: '차례', en: 'turn' }), t(turnOf(e))],
      [t({ ko: '이용 계약', en: 'agreement' }), e.agreement ?? '-'],
      ...(e.transfer ? transferPairs(e.transfer, context) : []),
      [t({ ko: '할 수 있는 답', en: 'possible answers' }), e.actions.join(', ') || '-'],
    ]),
    '',
    ...steps(e, context),
    ...arrivals(e, context),
    ...(e.reasons.length > 0 ? ['', ...refusal(e.reasons, { ko: `${e.title} 받기`, en: `to get ${e.title}` }, e.partner, t)] : []),
  ];
  const well = e.state === 'FINALIZED' || e.state === 'COMPLETED';
  return { value: e, lines, exit: exit ?? (well ? 'ok' : e.state === 'TERMINATED' ? 'refused' : 'waiting') };
}

function transferPairs({ format, progress, stream }: TransferDetail, { t }: Context): [string, string][] {
  const way = FORMAT_NAMES[format];
  return [
    [t({ ko: '받는 방법', en: 'way' }), way ? `${format} (${t(way)})` : format],
    ...(progress ? [[t({ ko: '지금까지', en: 'so far' }), bytesText(progress.bytes)] as [string, string]] : []),
    ...(progress && progress.resumed > 0
      ? [[t({ ko: '이어받은 횟수', en: 'resumed' }), String(progress.resumed)] as [string, string]]
      : []),
    ...(stream
      ? [[t({ ko: '판', en: 'versions' }), `${stream.versions}${stream.last ? ` (${stream.last})` : ''}`] as [string, string]]
      : []),
  ];
}

/** What came through a transfer. */
export function arrivals({ received, transfer }: ExchangeDetail, { t }: Context): string[] {
  const file = transfer?.file;
  return [
    ...received.map((r) => `  ${r.kind} ${r.id} (${t({ ko: '판', en: 'version' })} ${r.version})`),
    ...(file ? [`  ${t({ ko: '파일', en: 'file' })} ${file.name}, ${bytesText(file.size)}, sha256 ${file.sha256}`] : []),
  ];
}

const steps = (e: ExchangeDetail, { t }: Context): string[] =>
  table(
    [
      '#',
      t({ ko: '시각', en: 'time' }),
      t({ ko: '메시지', en: 'message' }),
      t({ ko: '보낸 쪽', en: 'sent by' }),
      t({ ko: '상태', en: 'state' }),
      t({ ko: '걸린 시간', en: 'took' }),
      t({ ko: '보내는 중', en: 'being sent' }),
    ],
    e.steps.map((s) => [
      String(s.seq),
      s.at,
      s.message,
      s.sender === 'me' ? t({ ko: '우리', en: 'us' }) : e.partner.name,
      s.state,
      s.after === null ? '' : seconds(s.after),
      s.pending ? pendingText(s.pending, t) : '',
    ]),
  );

function pendingText({ tries, last }: { readonly tries: number; readonly last: Text | null }, t: Context['t']): string {
  if (tries === 0) return t({ ko: '진행 중', en: 'under way' });
  const why = last ? `: ${t(last)}` : '';
  return t({ ko: `${tries}번 시도${why}`, en: `tried ${tries === 1 ? 'once' : `${tries} times`}${why}` });
}

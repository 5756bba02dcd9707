import { type ObtainView, RECORD_KINDS } from '@madang/core/api/views.ts';
import { exactly } from '../cli/actions.ts';
import type { Command, Context, Outcome } from '../cli/context.ts';
import type { Exit } from '../cli/exit.ts';
import { seconds } from '../cli/figures.ts';
import { didOf } from '../cli/partner.ts';
import { refusal } from '../cli/reasons.ts';
import { unknown } from '../cli/usage.ts';
import { telling, until } from '../cli/wait.ts';
import { STATUS } from '../cli/words.ts';

const EXIT: Readonly<Record<ObtainView['status'], Exit>> = {
  received: 'ok',
  waiting: 'waiting',
  refused: 'refused',
  not_offered: 'none',
  unreachable: 'unreachable',
};

async function byPartner(context: Context): Promise<Outcome> {
  const { given, t } = context;
  const asked = given.text('kind') ?? 'footprint';
  const kind = RECORD_KINDS.find((k) => k === asked);
  if (!kind) throw unknown({ ko: '기록 종류', en: 'kind of record' }, asked, RECORD_KINDS);
  const client = context.client();
  const partner = await didOf(client, exactly(given.words, 'partner')[0]);
  const [dataset, product, purpose] = [given.text('dataset'), given.text('product'), given.text('purpose')];
  const body = {
    partner,
    kind,
    ...(dataset && { dataset }),
    ...(product && { product }),
    ...(purpose && { purpose }),
    wait: given.seconds('wait', 10),
  };
  const got = await telling(
    context,
    { ko: '상대의 답을 기다립니다', en: 'Waiting for the other side' },
    client.call('obtain', { body, signal: context.signal }),
  );
  const lines = [
    `${got.partner.name}: ${t(STATUS[got.status]!)} (${seconds(got.took)})`,
    ...got.records.map((r) => `  ${r.kind} ${r.id} (${t({ ko: '판', en: 'version' })} ${r.version})`),
    ...refusal(got.reasons, { ko: `${got.partner.name}의 데이터 받기`, en: `to get data of ${got.partner.name}` }, got.partner, t),
  ];
  return { value: got, lines, exit: EXIT[got.status] };
}

async function byAgreement(context: Context, agreement: string): Promise<Outcome> {
  const { given, t, signal } = context;
  exactly(given.words);
  const client = context.client();
  const begun = await client.call('transfer', { body: { agreement }, signal });
  const read = async () => client.call('exchange', { params: { id: begun.id }, signal });
  const ended = (state: string) => state === 'COMPLETED' || state === 'TERMINATED';
  const now = await telling(
    context,
    { ko: '데이터를 받고 있습니다', en: 'Receiving the data' },
    until(given.seconds('wait', 10), signal, read, (e) => ended(e.state)),
  );
  const exit = now.state === 'COMPLETED' ? 'ok' : now.state === 'TERMINATED' ? 'refused' : 'waiting';
  const lines = [
    `${now.partner.name}: ${t(STATUS[exit === 'ok' ? 'received' : exit]!)}`,
    ...now.received.map((r) => `  ${r.kind} ${r.id} (${t({ ko: '판', en: 'version' })} ${r.version})`),
    ...refusal(now.reasons, { ko: `${now.title} 받기`, en: `to get ${now.title}` }, now.partner, t),
  ];
  return { value: now, lines, exit };
}

export const pull: Command = {
  summary: {
    ko: '카탈로그 조회부터 저장까지 한 번에 데이터를 받습니다',
    en: 'Get data in one go: catalogue, negotiation, transfer, storing',
  },
  usage: [
    'pull <partner> [--product <id> | --dataset <id>] [--kind <kind>] [--purpose <purpose>] [--wait <s>]',
    'pull --agreement <id> [--wait <s>]',
  ],
  example: 'pull onsae --product urn:… --purpose product-footprint --as garam',
  options: {
    product: { type: 'string', value: '<id>', text: { ko: '이 제품에 관한 데이터', en: 'data about this product' } },
    dataset: { type: 'string', value: '<id>', text: { ko: '카탈로그의 이 데이터셋', en: 'this dataset of the catalogue' } },
    kind: { type: 'string', value: '<kind>', text: { ko: '기록 종류 (기본 footprint)', en: 'kind of record (default footprint)' } },
    purpose: {
      type: 'string',
      value: '<purpose>',
      text: { ko: '무엇에 쓸지, 예: product-footprint', en: 'what for, such as product-footprint' },
    },
    agreement: {
      type: 'string',
      value: '<id>',
      text: { ko: '이미 맺은 이용 계약으로 다시 받기', en: 'again, under an agreement that is in force' },
    },
    wait: { type: 'string', value: '<s>', text: { ko: '기다릴 초 (기본 10, 최대 60)', en: 'seconds to wait (default 10, at most 60)' } },
  },
  run: async (context) => {
    const agreement = context.given.text('agreement');
    return agreement ? byAgreement(context, agreement) : byPartner(context);
  },
};

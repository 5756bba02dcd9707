import { type ExchangeDetail, FORMATS, type Format, type ObtainView, RECORD_KINDS } from '@madang/core/api/views.ts';
import { exactly } from '../cli/actions.ts';
import { agreementOn, transferOf } from '../cli/agreement.ts';
import type { Command, Context, Outcome } from '../cli/context.ts';
import { arrivals, isOpenService, told, watched } from '../cli/exchange.ts';
import type { Exit } from '../cli/exit.ts';
import { seconds } from '../cli/figures.ts';
import { didOf } from '../cli/partner.ts';
import { refusal } from '../cli/reasons.ts';
import { UsageError, unknown } from '../cli/usage.ts';
import { telling } from '../cli/wait.ts';
import { STATUS } from '../cli/words.ts';

const EXIT: Readonly<Record<ObtainView['status'], Exit>> = {
  received: 'ok',
  waiting: 'waiting',
  refused: 'refused',
  not_offered: 'none',
  unreachable: 'unreachable',
};

/** Whatever the partner offers of a product, by one call. Data that take longer than the call are followed to their end. */
async function byProduct(context: Context, word: string): Promise<Outcome> {
  const { given, t } = context;
  const asked = given.text('kind') ?? 'footprint';
  const kind = RECORD_KINDS.find((k) => k === asked);
  if (!kind) throw unknown({ ko: '기록 종류', en: 'kind of record' }, asked, RECORD_KINDS);
  const client = context.client();
  const partner = await didOf(client, word);
  const [dataset, product, purpose] = [given.text('dataset'), given.text('product'), given.text('purpose')];
  const wait = given.seconds('wait', 10);
  const body = {
    partner,
    kind,
    ...(dataset && { dataset }),
    ...(product && { product }),
    ...(purpose && { purpose }),
    wait,
  };
  const got = await telling(
    context,
    { ko: '상대의 답을 기다립니다', en: 'Waiting for the other side' },
    client.call('obtain', { body, signal: context.signal }),
  );
  if (got.status === 'waiting' && got.transfer) {
    const now = await client.call('exchange', { params: { id: got.transfer } });
    if (now.transfer?.progress) return received(await watched(context, got.transfer, wait), context);
  }
  const lines = [
    `${got.partner.name}: ${t(STATUS[got.status]!)} (${seconds(got.took)})`,
    ...got.records.map((r) => `  ${r.kind} ${r.id} (${t({ ko: '판', en: 'version' })} ${r.version})`),
    ...refusal(got.reasons, { ko: `${got.partner.name}의 데이터 받기`, en: `to get data of ${got.partner.name}` }, got.partner, t),
  ];
  return { value: got, lines, exit: EXIT[got.status] };
}

/** By an agreement in force: in the wished way, gone on with where an earlier call was broken off. */
async function byAgreement(context: Context, agreement: string, format: Format): Promise<Outcome> {
  const begun = await transferOf(context, agreement, format);
  context.signal.addEventListener('abort', () =>
    context.note({
      ko: '서버가 계속 받고 있습니다. 같은 명령을 다시 실행하면 이어서 보여 줍니다.',
      en: 'The server goes on receiving. The same command again shows how far it is.',
    }),
  );
  return received(await watched(context, begun.id, context.given.seconds('wait', 10)), context);
}

function received(now: ExchangeDetail, context: Context): Outcome {
  const { t } = context;
  if (isOpenService(now)) {
    const how = `madang service call ${now.id} <path>`;
    return {
      value: now,
      lines: [t({ ko: `${now.title}: 열려 있습니다. 부르는 법: ${how}`, en: `${now.title}: it is open. Call it with ${how}` })],
      exit: 'ok',
    };
  }
  const exit = now.state === 'COMPLETED' ? 'ok' : now.state === 'TERMINATED' ? 'refused' : 'waiting';
  const lines = [
    `${now.partner.name}: ${t(STATUS[exit === 'ok' ? 'received' : exit]!)}`,
    ...arrivals(now, context),
    ...refusal(now.reasons, { ko: `${now.title} 받기`, en: `to get ${now.title}` }, now.partner, t),
  ];
  return { value: now, lines, exit };
}

function formatOf({ given }: Context): Format | undefined {
  const asked = given.text('format');
  const format = FORMATS.find((f) => f === asked);
  if (asked && !format) throw unknown({ ko: '받는 방법', en: 'way' }, asked, FORMATS);
  if (format !== 'HttpStream-PULL') return format;
  throw new UsageError({
    ko: '구독은 끝이 없는 전송입니다. madang subscribe를 쓰세요.',
    en: 'A subscription does not end. Use madang subscribe.',
  });
}

export const pull: Command = {
  summary: {
    ko: '카탈로그 조회부터 저장까지 한 번에 데이터를 받습니다',
    en: 'Get data in one go: catalogue, negotiation, transfer, storing',
  },
  usage: [
    'pull <partner> [--product <id> | --dataset <id>] [--kind <kind>] [--purpose <purpose>] [--wait <s>]',
    'pull <partner> --dataset <id> --format HttpData-PULL|HttpData-PUSH [--purpose <purpose>] [--wait <s>]',
    'pull --agreement <id> [--format HttpData-PULL|HttpData-PUSH] [--wait <s>]',
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
    format: {
      type: 'string',
      value: '<format>',
      text: {
        ko: '가져오기(HttpData-PULL, 기본) 또는 전달받기(HttpData-PUSH)',
        en: 'fetched by us (HttpData-PULL, default) or sent by them (HttpData-PUSH)',
      },
    },
    wait: {
      type: 'string',
      value: '<s>',
      text: {
        ko: '기다릴 초 (기본 10, 최대 60). 데이터가 오는 동안은 계속 기다림',
        en: 'seconds to wait (default 10, at most 60); while data come it waits on',
      },
    },
  },
  run: async (context) => {
    const { given } = context;
    const [agreement, dataset, format] = [given.text('agreement'), given.text('dataset'), formatOf(context)];
    if (agreement) {
      exactly(given.words);
      return byAgreement(context, agreement, format ?? 'HttpData-PULL');
    }
    const [word] = exactly(given.words, 'partner');
    if (!format) return byProduct(context, word);
    if (!dataset)
      throw new UsageError({ ko: '--format에는 --dataset이나 --agreement가 필요합니다.', en: '--format needs --dataset or --agreement.' });
    const agreed = await agreementOn(context, word, dataset, given.seconds('wait', 10));
    return typeof agreed === 'string' ? byAgreement(context, agreed, format) : told(agreed, context);
  },
};

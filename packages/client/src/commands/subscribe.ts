import { setTimeout as pause } from 'node:timers/promises';
import type { ExchangeDetail } from '@madang/core/api/views.ts';
import { exactly } from '../cli/actions.ts';
import { agreementOn, transferOf } from '../cli/agreement.ts';
import type { Command, Context, Outcome } from '../cli/context.ts';
import { ended, told } from '../cli/exchange.ts';
import { UsageError } from '../cli/usage.ts';

async function agreementOf(context: Context): Promise<string | ExchangeDetail> {
  const { given } = context;
  const agreement = given.text('agreement');
  if (agreement) {
    exactly(given.words);
    return agreement;
  }
  return agreementOn(context, exactly(given.words, 'partner')[0], given.needed('dataset'), given.seconds('wait', 10));
}

/** Until it runs, or with `--follow` until it ends, telling each time how many versions have come. */
async function follow(context: Context, id: string): Promise<ExchangeDetail> {
  const { given, signal } = context;
  const client = context.client();
  const end = Date.now() + given.seconds('wait', 10) * 1000;
  let said = -1;
  for (;;) {
    const now = await client.call('exchange', { params: { id }, signal });
    const versions = now.transfer?.stream?.versions ?? 0;
    if (given.has('follow') && versions !== said) context.note({ ko: `받은 판 ${versions}건`, en: `${versions} versions received` });
    said = versions;
    if (ended(now) || (!given.has('follow') && (now.state === 'STARTED' || Date.now() > end))) return now;
    await pause(500, undefined, { signal });
  }
}

export const subscribe: Command = {
  summary: {
    ko: '기록의 새 판이 나올 때마다 받습니다. 그만둘 때까지 이어집니다',
    en: 'Receive each new version of records as it is made, until it is ended',
  },
  usage: [
    'subscribe <partner> --dataset <id> [--purpose <purpose>] [--follow] [--wait <s>]',
    'subscribe --agreement <id> [--follow] [--wait <s>]',
    'subscribe end <transfer>',
  ],
  example: 'subscribe onsae --dataset urn:uuid:… --follow --as garam',
  options: {
    dataset: { type: 'string', value: '<id>', text: { ko: '카탈로그의 이 데이터셋', en: 'this dataset of the catalogue' } },
    agreement: { type: 'string', value: '<id>', text: { ko: '이미 맺은 이용 계약', en: 'an agreement that is in force' } },
    purpose: { type: 'string', value: '<purpose>', text: { ko: '무엇에 쓸지', en: 'what for' } },
    follow: {
      type: 'boolean',
      text: { ko: '오는 대로 알림 (Ctrl-C로 나와도 구독은 이어집니다)', en: 'tell what comes (after Ctrl-C the subscription goes on)' },
    },
    wait: { type: 'string', value: '<s>', text: { ko: '시작을 기다릴 초 (기본 10)', en: 'seconds to wait for the start (default 10)' } },
  },
  run: async (context): Promise<Outcome> => {
    const { given } = context;
    if (given.words[0] === 'end') return endOf(context, exactly(given.words, 'end', 'transfer')[1]);
    const agreed = await agreementOf(context);
    if (typeof agreed !== 'string') return told(agreed, context);
    const { id } = await transferOf(context, agreed, 'HttpStream-PULL');
    const now = await follow(context, id);
    return told(now, context, now.state === 'STARTED' ? 'ok' : undefined);
  },
};

async function endOf(context: Context, id: string): Promise<Outcome> {
  const client = context.client();
  const { transfer } = await client.call('exchange', { params: { id } });
  if (transfer?.format !== 'HttpStream-PULL')
    throw new UsageError({
      ko: `${id}은(는) 구독이 아닙니다. madang exchange list로 확인하세요.`,
      en: `${id} is no subscription. See madang exchange list.`,
    });
  return told(await client.call('act', { params: { id }, body: { action: 'complete' } }), context, 'ok');
}

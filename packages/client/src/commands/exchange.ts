import { setTimeout as pause } from 'node:timers/promises';
import type { ExchangeDetail } from '@madang/core/api/views.ts';
import { exactly } from '../cli/actions.ts';
import type { Command, Context, Outcome } from '../cli/context.ts';
import { ended, exchangeTable, told } from '../cli/exchange.ts';
import { openMeter } from '../cli/meter.ts';
import { didOf } from '../cli/partner.ts';
import { unknown } from '../cli/usage.ts';

const PROTOCOL_NAMES = ['negotiation', 'transfer'] as const;

async function list(context: Context): Promise<Outcome> {
  const { given } = context;
  const client = context.client();
  const [asked, word] = [given.text('protocol'), given.text('partner')];
  const protocol = PROTOCOL_NAMES.find((p) => p === asked);
  if (asked && !protocol) throw unknown({ ko: '종류', en: 'kind' }, asked, PROTOCOL_NAMES);
  const partner = word && (await didOf(client, word));
  const { exchanges } = await client.call('exchanges', { query: { ...(protocol && { protocol }), ...(partner && { partner }) } });
  return { value: { exchanges }, lines: exchangeTable(exchanges, context) };
}

/** Says each step when it happens, until the exchange has ended. */
async function watch(context: Context, id: string): Promise<ExchangeDetail> {
  const { t, signal } = context;
  const client = context.client();
  using meter = openMeter(context, { ko: '받는 중', en: 'Receiving' });
  let said = 0;
  for (let gap = 100; ; gap = Math.min(gap * 1.5, 1000)) {
    const now = await client.call('exchange', { params: { id }, signal });
    for (const { message, sender, state, at } of now.steps.filter(({ seq }) => seq > said)) {
      const by = sender === 'me' ? { ko: '우리', en: 'us' } : { ko: now.partner.name, en: now.partner.name };
      context.note({ ko: `${at} ${message} (${by.ko}) ${state}`, en: `${at} ${message} (${t(by)}) ${state}` });
      gap = 100;
    }
    said = now.steps.at(-1)?.seq ?? said;
    if (now.transfer?.progress) meter.tell(now.transfer.progress);
    if (ended(now)) return now;
    await pause(gap, undefined, { signal });
  }
}

export const exchange: Command = {
  summary: { ko: '협상과 전송을 보고, 일어나는 대로 지켜봅니다', en: 'Show negotiations and transfers, and watch one as it happens' },
  usage: ['exchange list [--protocol negotiation|transfer] [--partner <partner>]', 'exchange <id> [--watch]'],
  example: 'exchange urn:uuid:… --watch --as garam',
  options: {
    watch: { type: 'boolean', text: { ko: '끝날 때까지 단계마다 알림', en: 'tell each step until it has ended' } },
    protocol: {
      type: 'string',
      value: '<kind>',
      text: { ko: '협상만(negotiation) 또는 전송만(transfer)', en: 'only negotiations, or only transfers' },
    },
    partner: { type: 'string', value: '<partner>', text: { ko: '이 파트너와의 것만', en: 'only those with this partner' } },
  },
  run: async (context) => {
    const [id] = exactly(context.given.words, 'list|id');
    if (id === 'list') return list(context);
    if (context.given.has('watch')) return told(await watch(context, id), context);
    return told(await context.client().call('exchange', { params: { id } }), context, 'ok');
  },
};

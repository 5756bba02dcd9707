import { type OfferView, RECORD_KINDS } from '@madang/core/api/views.ts';
import { type Action, act, exactly } from '../cli/actions.ts';
import { CHOICES, policiesOf } from '../cli/choices.ts';
import type { Command, Context } from '../cli/context.ts';
import { pairs, table } from '../cli/table.ts';
import { UsageError, unknown } from '../cli/usage.ts';

const create: Action = async (context, words) => {
  exactly(words);
  const { given } = context;
  const asked = given.text('kind') ?? 'footprint';
  const kind = RECORD_KINDS.find((k) => k === asked);
  if (!kind) throw unknown({ ko: '기록 종류', en: 'kind of record' }, asked, RECORD_KINDS);
  const ids = given.list('id');
  if (!ids) throw new UsageError({ ko: '--id로 보여 줄 기록을 고르세요.', en: 'Choose the records to show with --id.' });
  const fields = given.list('field') ?? ('whole' as const);
  const answer = given.has('manual') ? 'manual' : 'auto';
  const made = await context
    .client()
    .call('createOffer', { body: { title: given.needed('title'), view: { kind, ids, fields }, ...(await policiesOf(context)), answer } });
  return { value: made, lines: detail(made, context) };
};

const list: Action = async ({ client, t }, words) => {
  exactly(words);
  const { offers } = await client().call('offers');
  const head = [
    'id',
    t({ ko: '제목', en: 'title' }),
    t({ ko: '상태', en: 'state' }),
    t({ ko: '계약', en: 'agreements' }),
    t({ ko: '이용 정책', en: 'what may be done' }),
  ];
  return {
    value: { offers },
    lines: table(
      head,
      offers.map((o) => [o.id, o.title, t(stateOf(o)), String(o.agreements), t(o.contract.sentence)]),
    ),
  };
};

const show: Action = async (context, words) => {
  const [id] = exactly(words, 'id');
  const offer = await context.client().call('offer', { params: { id } });
  return { value: offer, lines: detail(offer, context) };
};

const withdraw: Action = async (context, words) => {
  const [id] = exactly(words, 'id');
  const offer = await context.client().call('withdrawOffer', { params: { id } });
  return { value: offer, lines: detail(offer, context) };
};

const restore: Action = async (context, words) => {
  const [id] = exactly(words, 'id');
  const offer = await context.client().call('restoreOffer', { params: { id } });
  return { value: offer, lines: detail(offer, context) };
};

const preview: Action = async ({ client }, words) => {
  const [id] = exactly(words, 'id');
  const value = await client().call('previewOffer', { params: { id } });
  return { value, lines: JSON.stringify(value, null, 2).split('\n') };
};

const stateOf = (offer: OfferView) => (offer.withdrawnAt ? { ko: '거둠', en: 'withdrawn' } : { ko: '제공 중', en: 'open' });

function detail(offer: OfferView, { t }: Context): string[] {
  const fields = offer.view.fields === 'whole' ? t({ ko: '전체', en: 'whole' }) : offer.view.fields.join(', ');
  return pairs([
    ['id', offer.id],
    [t({ ko: '데이터셋', en: 'dataset' }), offer.dataset],
    [t({ ko: '제목', en: 'title' }), offer.title],
    [t({ ko: '상태', en: 'state' }), t(stateOf(offer))],
    [t({ ko: '공개 범위', en: 'view' }), `${offer.view.kind}: ${offer.view.ids.join(', ')}`],
    [t({ ko: '항목', en: 'fields' }), fields],
    [t({ ko: '열람 정책', en: 'who may see' }), t(offer.access.sentence)],
    [t({ ko: '이용 정책', en: 'what may be done' }), t(offer.contract.sentence)],
    [
      t({ ko: '답하는 방법', en: 'answered' }),
      t(offer.answer === 'manual' ? { ko: '담당자가 직접', en: 'by a person' } : { ko: '자동', en: 'at once' }),
    ],
    [t({ ko: '이용 계약', en: 'agreements' }), String(offer.agreements)],
  ]);
}

export const offer: Command = {
  summary: { ko: '무엇을 누구에게 어떤 조건으로 보여 줄지 정합니다', en: 'Say what is shown to whom on which terms' },
  usage: [
    'offer create --title <title> [--kind <kind>] --id <record> [--field <path>] [--to <partner>] [--group <group>] [--members] [--purpose <purpose>] [--until <day>] [--manual]',
    'offer list',
    'offer show <id>',
    'offer preview <id>',
    'offer withdraw <id>',
    'offer restore <id>',
  ],
  example: 'offer create --title "팩 탄소발자국" --id GP80 --to hanul --purpose product-footprint --until 2027-12-31 --as garam',
  options: {
    title: { type: 'string', value: '<title>', text: { ko: '제목', en: 'title' } },
    kind: { type: 'string', value: '<kind>', text: { ko: '기록 종류 (기본 footprint)', en: 'kind of record (default footprint)' } },
    id: { type: 'string', multiple: true, value: '<record>', text: { ko: '보여 줄 기록', en: 'record to show' } },
    field: {
      type: 'string',
      multiple: true,
      value: '<path>',
      text: { ko: '보여 줄 항목만 (없으면 기록 전체)', en: 'only these fields (without it the whole record)' },
    },
    ...CHOICES,
    manual: { type: 'boolean', text: { ko: '요청마다 담당자가 직접 답함', en: 'a person answers each request' } },
  },
  run: async (context) => act(context, { create, list, show, preview, withdraw, restore }),
};

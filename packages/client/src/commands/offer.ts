import { type FileView, type OfferView, RECORD_KINDS, type RecordKind, type ServiceView, type View } from '@madang/core/api/views.ts';
import { ABOUT, ABOUT_ROWS, aboutOf } from '../cli/about.ts';
import { type Action, act, exactly } from '../cli/actions.ts';
import { CHOICES, policiesOf } from '../cli/choices.ts';
import type { Command, Context } from '../cli/context.ts';
import { allPages } from '../cli/pages.ts';
import { pairs, table } from '../cli/table.ts';
import { UsageError, unknown } from '../cli/usage.ts';
import { storeFile } from './file.ts';

const create: Action = async (context, words) => {
  exactly(words);
  const { given } = context;
  const title = given.needed('title');
  const policies = await policiesOf(context);
  const about = aboutOf(given);
  const answer = given.has('manual') ? 'manual' : 'auto';
  const made = await context
    .client()
    .call('createOffer', { body: { title, view: await viewOf(context), ...(about && { about }), ...policies, answer } });
  return { value: made, lines: detail(made, context) };
};

/** Records, a file (uploaded first where it is one of this machine), or a service. */
async function viewOf(context: Context): Promise<FileView | ServiceView | { kind: RecordKind; ids: string[]; fields: 'whole' | string[] }> {
  const { given } = context;
  const [file, service, ids] = [given.text('file'), given.text('service'), given.list('id')];
  if ([file, service, ids].filter((v) => v !== undefined).length !== 1)
    throw new UsageError({
      ko: '무엇을 보여 줄지 --id(기록), --file, --service 가운데 하나로 고르세요.',
      en: 'Choose what to show by one of --id (records), --file, --service.',
    });
  if (service) return { kind: 'service', id: service };
  if (file) return { kind: 'file', sha256: /^[0-9a-f]{64}$/.test(file) ? file : (await storeFile(context, file)).sha256 };
  const asked = given.text('kind') ?? 'footprint';
  const kind = RECORD_KINDS.find((k) => k === asked);
  if (!kind) throw unknown({ ko: '기록 종류', en: 'kind of record' }, asked, RECORD_KINDS);
  return { kind, ids: ids!, fields: given.list('field') ?? 'whole' };
}

const list: Action = async ({ given, client, t }, words) => {
  exactly(words);
  const q = given.text('q');
  const offers = await allPages((after) => client().call('offers', { query: { limit: 500, ...(q && { q }), ...(after && { after }) } }));
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
  return pairs([
    ['id', offer.id],
    [t({ ko: '데이터셋', en: 'dataset' }), offer.dataset],
    [t({ ko: '제목', en: 'title' }), offer.title],
    [t({ ko: '상태', en: 'state' }), t(stateOf(offer))],
    ...viewPairs(offer.view, t),
    ...aboutPairs(offer, t),
    [t({ ko: '열람 정책', en: 'who may see' }), t(offer.access.sentence)],
    [t({ ko: '이용 정책', en: 'what may be done' }), t(offer.contract.sentence)],
    [
      t({ ko: '답하는 방법', en: 'answered' }),
      t(offer.answer === 'manual' ? { ko: '담당자가 직접', en: 'by a person' } : { ko: '자동', en: 'at once' }),
    ],
    [t({ ko: '이용 계약', en: 'agreements' }), String(offer.agreements)],
  ]);
}

const aboutPairs = ({ about }: OfferView, t: Context['t']): [string, string][] =>
  ABOUT_ROWS.map(([label, text]): [string, string] => [t(label), text(about)]).filter(([, text]) => text !== '');

function viewPairs(view: View, t: Context['t']): [string, string][] {
  const label = t({ ko: '공개 범위', en: 'view' });
  if (view.kind === 'file') return [[label, `file: ${view.sha256}`]];
  if (view.kind === 'service') return [[label, `service: ${view.id}`]];
  return [
    [label, `${view.kind}: ${view.ids.join(', ')}`],
    [t({ ko: '항목', en: 'fields' }), view.fields === 'whole' ? t({ ko: '전체', en: 'whole' }) : view.fields.join(', ')],
  ];
}

export const offer: Command = {
  summary: { ko: '무엇을 누구에게 어떤 조건으로 보여 줄지 정합니다', en: 'Say what is shown to whom on which terms' },
  usage: [
    'offer create --title <title> [--kind <kind>] --id <record> [--field <path>] [--to <partner>] [--group <group>] [--members] [--purpose <purpose>] [--until <day>] [--manual]',
    'offer create --title <title> --file <file|sha256> [--type <type>] [--standard <name@version>] [--product <id>] [--class <code>] [--period <from>/<to>] [--language <tag>] [--to <partner>] …',
    'offer create --title <title> --service <id> [--to <partner>] …',
    'offer list [--q <text>]',
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
    file: {
      type: 'string',
      value: '<file|sha256>',
      text: { ko: '이 파일을 올려 보여 주거나, 이미 올린 파일의 SHA-256', en: 'upload and show this file, or the SHA-256 of a stored one' },
    },
    type: {
      type: 'string',
      value: '<type>',
      text: { ko: '올리는 파일의 미디어 유형, 예: application/pdf', en: 'media type of the uploaded file, such as application/pdf' },
    },
    service: { type: 'string', value: '<id>', text: { ko: '등록한 HTTP 서비스를 열어 줌', en: 'open a registered HTTP service' } },
    ...ABOUT,
    ...CHOICES,
    q: { type: 'string', value: '<text>', text: { ko: '목록에서 이 말이 든 것만', en: 'in the list: only those that hold this text' } },
    manual: { type: 'boolean', text: { ko: '요청마다 담당자가 직접 답함', en: 'a person answers each request' } },
  },
  run: async (context) => act(context, { create, list, show, preview, withdraw, restore }),
};

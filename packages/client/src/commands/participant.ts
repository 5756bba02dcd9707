import type { PartnerView } from '@madang/core/api/views.ts';
import type { Text } from '@madang/core/text.ts';
import { type Action, act, exactly } from '../cli/actions.ts';
import type { Command } from '../cli/context.ts';
import { pairs, table } from '../cli/table.ts';
import { unknown } from '../cli/usage.ts';

const create: Action = async ({ given, host, t }, words) => {
  const [id] = exactly(words, 'id');
  const made = await host().host('createParticipant', { body: { id, name: given.needed('name') } });
  const lines = [
    ...pairs([
      ['DID', made.did],
      ['DSP', made.dsp],
      [t({ ko: '관리 주소', en: 'management' }), made.management],
      [t({ ko: '관리 키', en: 'key' }), made.key],
    ]),
    t({ ko: '관리 키는 지금 한 번만 보입니다. 안전한 곳에 두세요.', en: 'The key is shown this once only. Keep it in a safe place.' }),
  ];
  return { value: made, lines };
};

const list: Action = async ({ credentials, t }, words) => {
  exactly(words);
  const all = Object.values(credentials()?.participants ?? {}).map(({ id, name, did, dsp, management }) => ({
    id,
    name,
    did,
    dsp,
    management,
  }));
  if (all.length === 0) {
    const lines = [
      t({
        ko: '키를 아는 참여기업이 없습니다. madang start로 시연을 실행하거나 --data로 폴더를 알려 주세요.',
        en: 'No participants whose keys are known here. Run the example with madang start, or name its folder with --data.',
      }),
    ];
    return { value: { participants: [] }, lines, exit: 'none' };
  }
  return {
    value: { participants: all },
    lines: table(
      ['id', t({ ko: '이름', en: 'name' }), 'DID'],
      all.map((p) => [p.id, p.name, p.did]),
    ),
  };
};

const show: Action = async ({ client, t }, words) => {
  exactly(words);
  const me = await client().call('me');
  const operators = me.trustedOperators.map((o) => o.name || o.did).join(', ') || '-';
  const lines = pairs([
    [t({ ko: '이름', en: 'name' }), me.name],
    ['id', me.id],
    ['DID', me.did],
    ['DSP', me.dsp],
    [t({ ko: '관리 주소', en: 'management' }), me.management],
    [t({ ko: '믿는 운영기관', en: 'trusted operators' }), operators],
  ]);
  return { value: me, lines };
};

const partners: Action = async ({ client, t }, words) => {
  exactly(words);
  const { partners: all } = await client().call('partners');
  const head = [
    t({ ko: '짧은 이름', en: 'short name' }),
    t({ ko: '이름', en: 'name' }),
    t({ ko: '관계', en: 'relation' }),
    t({ ko: '그룹', en: 'groups' }),
    'DID',
  ];
  const rows = all.map((p) => [p.shortName, p.name, t(RELATIONS[p.relation]), p.groups.join(', '), p.did]);
  return { value: { partners: all }, lines: table(head, rows) };
};

const meet: Action = async ({ given, client, t }, words) => {
  const [did] = exactly(words, 'did');
  const asked = given.text('relation') ?? 'other';
  const relation = (Object.keys(RELATIONS) as Relation[]).find((r) => r === asked);
  if (!relation) throw unknown({ ko: '관계', en: 'relation' }, asked, Object.keys(RELATIONS));
  const body = { did, name: given.needed('name'), shortName: given.needed('short'), relation, groups: given.list('group') ?? [] };
  const met = await client().call('putPartner', { body });
  return {
    value: met,
    lines: pairs([
      [t({ ko: '이름', en: 'name' }), met.name],
      [t({ ko: '짧은 이름', en: 'short name' }), met.shortName],
      ['DSP', met.dsp],
    ]),
  };
};

type Relation = PartnerView['relation'];
const RELATIONS: Readonly<Record<Relation, Text>> = {
  supplier: { ko: '공급사', en: 'supplier' },
  customer: { ko: '고객사', en: 'customer' },
  operator: { ko: '운영기관', en: 'operator' },
  other: { ko: '기타', en: 'other' },
};

export const participant: Command = {
  summary: { ko: '참여기업을 만들고, 파트너를 주소록에 넣습니다', en: 'Create participants, and put partners into the address book' },
  usage: [
    'participant create <id> --name <name> --key host.<secret>',
    'participant list',
    'participant show',
    'participant partners',
    'participant meet <did> --name <name> --short <name> [--relation supplier|customer|operator|other] [--group <group>]',
  ],
  example: 'participant create sun-parts --name "선부품"',
  options: {
    name: { type: 'string', value: '<name>', text: { ko: '기업 이름', en: 'name of the firm' } },
    short: {
      type: 'string',
      value: '<name>',
      text: { ko: '파트너를 부를 짧은 이름 (영문 소문자)', en: 'short name for the partner (small letters)' },
    },
    relation: { type: 'string', value: '<relation>', text: { ko: '우리와의 관계 (기본 other)', en: 'what it is to us (default other)' } },
    group: { type: 'string', multiple: true, value: '<group>', text: { ko: '넣을 파트너 그룹', en: 'group of partners to put it in' } },
  },
  run: async (context) => act(context, { create, list, show, partners, meet }),
};

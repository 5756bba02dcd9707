import { PASSPORT_VIEWS, type PassportRef, type PassportValue, type PassportView } from '@madang/core/api/views.ts';
import { attributeOf, DICTIONARY, SECTION_LABEL, type Section } from '@madang/core/passport/dictionary.ts';
import { type Action, act, exactly } from '../cli/actions.ts';
import type { Command, Context } from '../cli/context.ts';
import { shown, stageOf } from '../cli/figures.ts';
import { pairs, table } from '../cli/table.ts';
import { unknown } from '../cli/usage.ts';
import { BACKED, GIVEN } from '../cli/words.ts';

const ORDER = DICTIONARY.map(({ key }) => key);

const create: Action = async ({ client, t }, words) => {
  const [item] = exactly(words, 'item');
  const made = await client().call('createPassport', { body: { item } });
  return { value: made, lines: pairs(refPairs(made, t)) };
};

const list: Action = async ({ client, t }, words) => {
  exactly(words);
  const { passports } = await client().call('passports');
  return {
    value: { passports },
    lines: table(
      ['id', t({ ko: '이름', en: 'name' }), t({ ko: '주소', en: 'address' })],
      passports.map((p) => [p.id, t(p.name), p.url]),
    ),
  };
};

const show: Action = async (context, words) => {
  const [id] = exactly(words, 'id');
  const asked = context.given.text('view') ?? 'public';
  const view = PASSPORT_VIEWS.find((v) => v === asked);
  if (!view) throw unknown({ ko: '공개 범위', en: 'view' }, asked, PASSPORT_VIEWS);
  const passport = await context.client().call('passport', { params: { id }, query: { view } });
  return { value: passport, lines: detail(passport, context) };
};

const refPairs = (p: PassportRef, t: Context['t']): [string, string][] => [
  ['id', p.id],
  [t({ ko: '이름', en: 'name' }), t(p.name)],
  [t({ ko: '주소', en: 'address' }), p.url],
  ['JSON', p.json],
];

function detail(p: PassportView, { t }: Context): string[] {
  const rows = p.values
    .toSorted((a, b) => ORDER.indexOf(a.key) - ORDER.indexOf(b.key))
    .map((v) => [t(SECTION_LABEL[v.section as Section]), t(v.label), shownValue(v, t), v.law ?? '']);
  const f = p.footprint;
  return [
    ...pairs([...refPairs(p, t), [t({ ko: '만든 기업', en: 'maker' }), p.maker.name]]),
    ...(f
      ? [
          '',
          `${t({ ko: '제품 탄소발자국', en: 'product carbon footprint' })}: ${shown(f.total)} ${f.unit}`,
          ...table(
            [t({ ko: '단계', en: 'stage' }), f.unit, t({ ko: '비중', en: 'share' })],
            f.stages.map((s) => [t(stageOf(s.stage)), shown(s.value), ofHundred(s.share)]),
          ),
          ...f.sources.map((s) => `${t(BACKED[s.kind]!)}: ${ofHundred(s.share)}`),
          ...f.notes.map(t),
        ]
      : []),
    '',
    ...table(
      [t({ ko: '구분', en: 'section' }), t({ ko: '항목', en: 'attribute' }), t({ ko: '값', en: 'value' }), t({ ko: '법 조항', en: 'law' })],
      rows,
    ),
  ];
}

/** A passport states its shares in percent. */
const ofHundred = (share: string) => `${shown(share, 1)} %`;

function shownValue({ key, state, value, unit }: PassportValue, t: Context['t']): string {
  if (state !== 'given') return t(GIVEN[state]!);
  const named = (value as { name?: unknown } | null)?.name;
  const text = typeof value === 'object' ? (typeof named === 'string' ? named : JSON.stringify(value)) : String(value);
  return unit && attributeOf(key)?.type === 'decimal' ? `${text} ${unit}` : text;
}

export const passport: Command = {
  summary: { ko: '제품의 여권을 만들고 봅니다', en: 'Make and show a product’s passport' },
  usage: ['passport create <item>', 'passport list', `passport show <id> [--view ${PASSPORT_VIEWS.join('|')}]`],
  example: 'passport list --as garam',
  options: { view: { type: 'string', value: '<view>', text: { ko: '누가 보는 대로 (기본 public)', en: 'as whom (default public)' } } },
  run: async (context) => act(context, { create, list, show }),
};

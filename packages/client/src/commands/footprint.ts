import type { CoverageView, FootprintView } from '@madang/core/api/views.ts';
import { isDay, isInstant, seoulDay } from '@madang/core/time.ts';
import { type Action, act, exactly } from '../cli/actions.ts';
import type { Command, Context, Outcome } from '../cli/context.ts';
import { percent, seconds, shown, stageOf, unitOf } from '../cli/figures.ts';
import { refusal } from '../cli/reasons.ts';
import { pairs, table } from '../cli/table.ts';
import { UsageError } from '../cli/usage.ts';
import { telling } from '../cli/wait.ts';
import { BACKED, STATUS } from '../cli/words.ts';

const collect: Action = async (context, words) => {
  const [item] = exactly(words, 'item');
  const { given, signal } = context;
  const purpose = given.text('purpose');
  const call = context
    .client()
    .call('collectFootprints', { body: { item, ...(purpose && { purpose }), wait: given.seconds('wait', 10) }, signal });
  return covered(await telling(context, { ko: '공급사의 답을 기다립니다', en: 'Waiting for the suppliers' }, call), context);
};

function covered(coverage: CoverageView, { t }: Context): Outcome {
  const head = [
    t({ ko: '부품', en: 'part' }),
    t({ ko: '공급사', en: 'supplier' }),
    t({ ko: '상태', en: 'state' }),
    t({ ko: '걸린 시간', en: 'took' }),
  ];
  const asked = coverage.lines.filter((l) => l.status !== 'own').sort((a, b) => a.line.localeCompare(b.line, 'en', { numeric: true }));
  const rows = asked.map((l) => [l.name, l.supplier?.name ?? '-', t(STATUS[l.status]!), l.took > 0 ? seconds(l.took) : '']);
  const refused = coverage.lines.flatMap((l) =>
    ['', ...refusal(l.reasons, { ko: `${l.name}의 탄소발자국 받기`, en: `to get the footprint of ${l.name}` }, l.supplier, t)].slice(
      l.reasons.length ? 0 : 1,
    ),
  );
  const verdict = coverage.complete
    ? { ko: '빠진 값이 없습니다. 합산할 수 있습니다.', en: 'Nothing is missing: the footprint can be computed.' }
    : { ko: '아직 값이 없는 부품이 있습니다.', en: 'Some parts have no value yet.' };
  const exit = coverage.complete ? 'ok' : coverage.lines.some((l) => l.status === 'waiting') ? 'waiting' : 'refused';
  return { value: coverage, lines: [...table(head, rows), ...refused, '', t(verdict)], exit };
}

const compute: Action = async (context, words) => {
  const [item] = exactly(words, 'item');
  const { given } = context;
  const body = {
    item,
    periodStart: instant(given.needed('from'), 'start'),
    periodEnd: instant(given.needed('to'), 'end'),
    country: given.text('country') ?? 'KR',
  };
  const made = await context.client().call('computeFootprint', { body, signal: context.signal });
  return { value: made, lines: detail(made, context) };
};

const show: Action = async (context, words) => {
  const client = context.client();
  if (words.length > 0) {
    const one = await client.call('footprint', { params: { id: exactly(words, 'id')[0] } });
    return { value: one, lines: detail(one, context) };
  }
  const { t } = context;
  const { footprints } = await client.call('footprints');
  const head = [
    'id',
    t({ ko: '이름', en: 'name' }),
    'kg CO2e',
    t({ ko: '선언 단위', en: 'declared unit' }),
    t({ ko: '1차 데이터', en: 'primary data' }),
    t({ ko: '온 곳', en: 'from' }),
  ];
  const rows = footprints.map((f) => [
    f.id,
    t(f.name),
    shown(f.total),
    declared(f),
    percent(f.pds),
    f.receivedFrom?.name ?? t({ ko: '우리', en: 'us' }),
  ]);
  return { value: { footprints }, lines: table(head, rows) };
};

const declared = (f: FootprintView) => (f.declaredAmount === '1' ? '' : `${f.declaredAmount} `) + unitOf(f.declaredUnit);

function detail(f: FootprintView, { t }: Context): string[] {
  const head = [
    t({ ko: '항목', en: 'line' }),
    t({ ko: '양', en: 'quantity' }),
    t({ ko: '단위', en: 'unit' }),
    'kg CO2e',
    t({ ko: '비중', en: 'share' }),
    t({ ko: '단계', en: 'stage' }),
    t({ ko: '근거', en: 'source' }),
  ];
  const rows = f.contributions
    .toSorted((a, b) => Number(b.contribution) - Number(a.contribution))
    .map((c) => [
      c.name,
      shown(c.quantity),
      unitOf(c.unit),
      shown(c.contribution),
      percent(c.share),
      t(stageOf(c.stage)),
      c.source.kind === 'footprint' ? `${c.source.from.name} ${c.source.id}` : `${c.source.text} (${t(BACKED[c.source.status]!)})`,
    ]);
  return [
    ...pairs([
      ['id', f.id],
      [t({ ko: '이름', en: 'name' }), t(f.name)],
      [t({ ko: '제품 탄소발자국', en: 'product carbon footprint' }), `${shown(f.total)} kg CO2e / ${declared(f)}`],
      [t({ ko: '1차 데이터 비율', en: 'primary data share' }), percent(f.pds)],
      [t({ ko: '가정한 값의 비중', en: 'share of assumed figures' }), percent(f.assumed)],
      [t({ ko: '받은 곳', en: 'received from' }), f.receivedFrom?.name ?? '-'],
      ...Object.entries(f.stages).map(([stage, value]) => [`  ${t(stageOf(stage))}`, `${shown(value)} kg CO2e`] as const),
      ...f.missing.map((m) => [t({ ko: '없음', en: 'missing' }), m.name] as const),
    ]),
    ...(rows.length > 0 ? ['', ...table(head, rows)] : []),
  ];
}

function instant(text: string, edge: 'start' | 'end'): string {
  if (isInstant(text)) return text;
  if (isDay(text)) return seoulDay(text)[edge];
  throw new UsageError({ ko: `날짜를 2025-12-31처럼 쓰세요: ${text}`, en: `Write the day as 2025-12-31: ${text}` });
}

export const footprint: Command = {
  summary: {
    ko: '공급사의 탄소발자국을 모으고, 합산하고, 근거를 봅니다',
    en: 'Collect the suppliers’ footprints, compute our own, show what it rests on',
  },
  usage: [
    'footprint collect <item> [--purpose <purpose>] [--wait <s>]',
    'footprint compute <item> --from <day> --to <day> [--country KR]',
    'footprint show [<id>]',
  ],
  example: 'footprint show --as garam',
  options: {
    purpose: {
      type: 'string',
      value: '<purpose>',
      text: { ko: '무엇에 쓸지 (기본 product-footprint)', en: 'what for (default product-footprint)' },
    },
    wait: { type: 'string', value: '<s>', text: { ko: '기다릴 초 (기본 10, 최대 60)', en: 'seconds to wait (default 10, at most 60)' } },
    from: { type: 'string', value: '<day>', text: { ko: '산정 기간의 첫날', en: 'first day of the period' } },
    to: { type: 'string', value: '<day>', text: { ko: '산정 기간의 마지막 날', en: 'last day of the period' } },
    country: { type: 'string', value: '<code>', text: { ko: '생산 국가 (기본 KR)', en: 'country of production (default KR)' } },
  },
  run: async (context) => act(context, { collect, compute, show }),
};

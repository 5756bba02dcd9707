import { type CatalogDataset, type CatalogView, DATA_KINDS } from '@madang/core/api/views.ts';
import { exactly } from '../cli/actions.ts';
import type { Command, Context, Outcome } from '../cli/context.ts';
import type { Options } from '../cli/options.ts';
import { allPages } from '../cli/pages.ts';
import { didOf } from '../cli/partner.ts';
import { table } from '../cli/table.ts';
import { unknown } from '../cli/usage.ts';
import { telling } from '../cli/wait.ts';

const FILTERS: Options = {
  kind: {
    type: 'string',
    value: '<kind>',
    text: { ko: `데이터 종류: ${DATA_KINDS.join(', ')}`, en: `kind of data: ${DATA_KINDS.join(', ')}` },
  },
  product: { type: 'string', value: '<id>', text: { ko: '이 제품에 관한 것만', en: 'only about this product' } },
  class: { type: 'string', value: '<code>', text: { ko: '이 제품 분류만 (CPC, HS, CN)', en: 'only of this product class (CPC, HS, CN)' } },
  all: { type: 'boolean', text: { ko: '처음 100건만이 아니라 모두', en: 'all of them, not only the first 100' } },
};

function filtersOf({ given }: Context) {
  const asked = given.text('kind');
  const kind = DATA_KINDS.find((k) => k === asked);
  if (asked && !kind) throw unknown({ ko: '데이터 종류', en: 'kind of data' }, asked, DATA_KINDS);
  const [product, code] = [given.text('product'), given.text('class')];
  return { ...(kind && { kind }), ...(product && { product }), ...(code && { class: code }), ...(given.has('all') && { limit: 500 }) };
}

export const catalog: Command = {
  summary: { ko: '파트너가 우리에게 보여 주는 카탈로그를 봅니다', en: 'Show the catalogue that a partner opens to us' },
  usage: ['catalog <partner> [--q <text>] [--kind <kind>] [--product <id>] [--class <code>] [--all] [--kept]'],
  example: 'catalog nurideul --kind footprint --as garam',
  options: {
    q: { type: 'string', value: '<text>', text: { ko: '이 말이 든 것만', en: 'only those that hold this text' } },
    ...FILTERS,
    kept: { type: 'boolean', text: { ko: '상대에게 묻지 않고 보관해 둔 것', en: 'what was kept, without asking the partner' } },
  },
  run: async (context) => {
    const { given, signal } = context;
    const client = context.client();
    const partner = await didOf(client, exactly(given.words, 'partner')[0]);
    const q = given.text('q');
    const read = async (refresh: boolean, after?: string): Promise<CatalogView> =>
      client.call('catalog', { body: { partner, refresh, ...filtersOf(context), ...(q && { q }), ...(after && { after }) }, signal });
    const first = await telling(context, { ko: '카탈로그를 받고 있습니다', en: 'Fetching the catalogue' }, read(!given.has('kept')));
    // The pages after the first are of the same catalogue.
    const datasets = given.has('all') ? await allPages(async (after) => (after ? read(false, after) : first)) : first.datasets;
    const shown = { ...first, datasets, next: given.has('all') ? null : first.next };
    return { ...drawn(datasets, context, partnerLines(shown, context)), value: shown };
  },
};

function partnerLines({ fetchedAt, problem, matching, total, datasets, partner }: CatalogView, { t }: Context): string[] {
  const age = fetchedAt ?? '-';
  return [
    ...(problem
      ? [
          t({
            ko: `새로 받지 못했습니다. 보관해 둔 것입니다. ${problem.text.ko}`,
            en: `It could not be refreshed; this is what was kept. ${problem.text.en}`,
          }),
        ]
      : []),
    t({
      ko: `${partner.name}: ${total}건 가운데 ${matching}건, ${datasets.length}건 표시 (${age})`,
      en: `${partner.name}: ${matching} of ${total}, ${datasets.length} shown (${age})`,
    }),
    '',
  ];
}

export const search: Command = {
  summary: { ko: '모든 파트너의 카탈로그에서 찾습니다', en: 'Search the catalogues of all partners' },
  usage: ['search [<text>] [--kind <kind>] [--product <id>] [--class <code>] [--all]'],
  example: 'search 양극재 --kind footprint --as garam',
  options: FILTERS,
  run: async (context) => {
    const { given, signal } = context;
    const [q] = given.words.length > 0 ? exactly(given.words, 'text') : [undefined];
    const client = context.client();
    const read = async (after?: string) =>
      client.call('searchCatalogs', { query: { ...filtersOf(context), ...(q && { q }), ...(after && { after }) }, signal });
    const first = await read();
    const datasets = given.has('all') ? await allPages(async (after) => (after ? read(after) : first)) : first.datasets;
    return { ...drawn(datasets, context, []), value: { datasets, next: given.has('all') ? null : first.next } };
  },
};

function drawn(datasets: readonly CatalogDataset[], { t }: Context, before: readonly string[]): Omit<Outcome, 'value'> {
  if (datasets.length === 0)
    return {
      lines: [
        ...before,
        t({
          ko: '우리에게 보이는 데이터셋이 없습니다. 조건을 바꾸거나 제공을 요청하세요.',
          en: 'No dataset that we may see. Change the filters, or ask for an offer.',
        }),
      ],
      exit: 'none',
    };
  const head = [
    t({ ko: '상대', en: 'partner' }),
    t({ ko: '데이터셋', en: 'dataset' }),
    t({ ko: '제목', en: 'title' }),
    t({ ko: '종류', en: 'kind' }),
    t({ ko: '모자란 것', en: 'missing' }),
    t({ ko: '이용 정책', en: 'what may be done' }),
  ];
  const rows = datasets.map((d) => [
    d.partner.name,
    d.id,
    d.title,
    d.kind ?? '-',
    String(Math.min(...d.offers.map((o) => o.missing.length))),
    d.offers.map((o) => t(o.policy.sentence)).join(' / '),
  ]);
  return { lines: [...before, ...table(head, rows)] };
}

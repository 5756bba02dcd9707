import { exactly } from '../cli/actions.ts';
import type { Command } from '../cli/context.ts';
import { didOf } from '../cli/partner.ts';
import { table } from '../cli/table.ts';
import { telling } from '../cli/wait.ts';

export const catalog: Command = {
  summary: { ko: '파트너가 우리에게 보여 주는 카탈로그를 봅니다', en: 'Show the catalogue that a partner opens to us' },
  usage: ['catalog <partner>'],
  example: 'catalog nurideul --as garam',
  options: {},
  run: async (context) => {
    const { t } = context;
    const client = context.client();
    const partner = await didOf(client, exactly(context.given.words, 'partner')[0]);
    const shown = await telling(
      context,
      { ko: '카탈로그를 받고 있습니다', en: 'Fetching the catalogue' },
      client.call('catalog', { body: { partner }, signal: context.signal }),
    );
    if (shown.datasets.length === 0) {
      const lines = [
        t({
          ko: `${shown.partner.name}이(가) 우리에게 보여 주는 데이터셋이 없습니다. 제공을 요청하세요.`,
          en: `${shown.partner.name} shows us no dataset. Ask for an offer.`,
        }),
      ];
      return { value: shown, lines, exit: 'none' };
    }
    const head = [
      t({ ko: '데이터셋', en: 'dataset' }),
      t({ ko: '제목', en: 'title' }),
      t({ ko: '종류', en: 'kind' }),
      t({ ko: '이용 정책', en: 'what may be done' }),
    ];
    const rows = shown.datasets.map((d) => [d.id, d.title, d.kind ?? '-', d.offers.map((o) => t(o.policy.sentence)).join(' / ')]);
    return { value: shown, lines: table(head, rows) };
  },
};

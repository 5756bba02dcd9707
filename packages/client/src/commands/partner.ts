import { type Action, act, exactly } from '../cli/actions.ts';
import type { Command } from '../cli/context.ts';
import { seconds } from '../cli/figures.ts';
import { didOf } from '../cli/partner.ts';
import { pairs, table } from '../cli/table.ts';
import { telling } from '../cli/wait.ts';
import { REACH } from '../cli/words.ts';

const check: Action = async (context, words) => {
  const { t, signal } = context;
  const client = context.client();
  const did = await didOf(client, exactly(words, 'partner')[0]);
  const call = client.call('checkPartner', { params: { did }, signal });
  const found = await telling(context, { ko: '답하는지 확인하고 있습니다', en: 'Checking whether it answers' }, call);
  const { state, since, error } = found.reach;
  const lines = pairs([
    [t({ ko: '연결', en: 'connection' }), t(REACH[state]!)],
    [t({ ko: '걸린 시간', en: 'took' }), seconds(found.took)],
    [t({ ko: '언제부터', en: 'since' }), since ?? '-'],
    [t({ ko: '말하는 규약 판', en: 'protocol versions' }), found.versions.join(', ') || '-'],
    ...(error ? [[t({ ko: '까닭', en: 'why' }), t(error)] as const] : []),
  ]);
  return { value: found, lines, exit: state === 'reached' ? 'ok' : 'unreachable' };
};

const list: Action = async ({ client, t }, words) => {
  exactly(words);
  const { partners } = await client().call('partners');
  const head = [
    t({ ko: '짧은 이름', en: 'short name' }),
    t({ ko: '이름', en: 'name' }),
    t({ ko: '연결', en: 'connection' }),
    t({ ko: '언제부터', en: 'since' }),
  ];
  return {
    value: { partners },
    lines: table(
      head,
      partners.map((p) => [p.shortName, p.name, t(REACH[p.reach.state]!), p.reach.since ?? '-']),
    ),
  };
};

export const partner: Command = {
  summary: { ko: '파트너의 커넥터가 답하는지 봅니다', en: 'See whether the connectors of partners answer' },
  usage: ['partner list', 'partner check <partner>'],
  example: 'partner check nurideul --as garam',
  options: {},
  run: async (context) => act(context, { list, check }),
};

import { type Action, act, exactly } from '../cli/actions.ts';
import type { Command } from '../cli/context.ts';
import { pairs, table } from '../cli/table.ts';

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

export const participant: Command = {
  summary: { ko: '참여기업을 만들거나 봅니다', en: 'Create or show participants' },
  usage: ['participant create <id> --name <name> --key host.<secret>', 'participant list', 'participant show'],
  example: 'participant create sun-parts --name "선부품"',
  options: {
    name: { type: 'string', value: '<name>', text: { ko: '기업 이름', en: 'name of the firm' } },
  },
  run: async (context) => act(context, { create, list, show }),
};

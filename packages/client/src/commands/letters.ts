import { type Action, act, exactly } from '../cli/actions.ts';
import type { Command } from '../cli/context.ts';
import { told } from '../cli/exchange.ts';
import { refusal } from '../cli/reasons.ts';
import { pairs } from '../cli/table.ts';

const list: Action = async ({ client, t }, words) => {
  exactly(words);
  const { letters } = await client().call('deadLetters');
  if (letters.length === 0)
    return { value: { letters }, lines: [t({ ko: '보내지 못한 메시지가 없습니다.', en: 'Every message was delivered.' })] };
  const lines = letters.flatMap((letter, n) => [
    ...(n > 0 ? [''] : []),
    ...pairs([
      ['id', letter.id],
      [t({ ko: '메시지', en: 'message' }), letter.message],
      [t({ ko: '상대', en: 'partner' }), letter.partner.name],
      [t({ ko: '무엇', en: 'about' }), `${letter.title} (${letter.exchange})`],
      [t({ ko: '그만둔 때', en: 'given up' }), letter.diedAt],
      [t({ ko: '보낸 횟수', en: 'tries' }), String(letter.tries)],
      [
        t({ ko: '다시 보내기', en: 'send again' }),
        letter.canSend
          ? `madang letters send ${letter.id}`
          : t({ ko: '교환이 그 뒤로 나아가 보낼 수 없음', en: 'not possible: the exchange has gone on' }),
      ],
    ]),
    ...refusal(letter.reasons, { ko: `${letter.title} 보내기`, en: `to send ${letter.title}` }, letter.partner, t),
  ]);
  return { value: { letters }, lines };
};

const send: Action = async (context, words) => {
  const [id] = exactly(words, 'id');
  return told(await context.client().call('sendAgain', { params: { id } }), context, 'ok');
};

const drop: Action = async ({ client, t }, words) => {
  const [id] = exactly(words, 'id');
  await client().call('dropLetter', { params: { id } });
  return { value: { id }, lines: [t({ ko: '목록에서 지웠습니다.', en: 'It is off the list.' })] };
};

export const letters: Command = {
  summary: { ko: '보내지 못한 메시지를 보고, 다시 보냅니다', en: 'Show messages that were given up, and send them again' },
  usage: ['letters list', 'letters send <id>', 'letters drop <id>'],
  example: 'letters list --as garam',
  options: {},
  run: async (context) => (context.given.words.length === 0 ? list(context, []) : act(context, { list, send, drop })),
};

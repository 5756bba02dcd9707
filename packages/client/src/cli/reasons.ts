import type { PartyRef, Reason } from '@madang/core/api/views.ts';
import type { Text } from '@madang/core/text.ts';
import { pairs } from './table.ts';

type T = (text: Text) => string;

/**
 * A refusal in its five parts: what was asked, which rule said no, what was found, what would change it, whom to ask.
 * What two policies refuse for the same reason is said once.
 */
export function refusal(reasons: readonly Reason[], asked: Text, whom: PartyRef | null, t: T): string[] {
  const said = new Map(reasons.map((reason) => [reason.text.en, reason]));
  return [...said.values()].flatMap((reason, i) => [
    ...(i === 0 ? [] : ['']),
    ...pairs([
      [t({ ko: '요청', en: 'Asked' }), t(asked)],
      [t({ ko: '거절한 규칙', en: 'Rule that said no' }), ruleOf(reason, t)],
      [t({ ko: '확인된 것', en: 'What was found' }), foundIn(reason, t)],
      [t({ ko: '바꾸려면', en: 'What would change it' }), t(reason.change ?? { ko: '상대에게 문의하세요.', en: 'Ask the other side.' })],
      [
        t({ ko: '문의할 곳', en: 'Whom to ask' }),
        whom ? `${whom.name} (${whom.did})` : t({ ko: '이 서버의 운영 담당자', en: 'whoever runs this server' }),
      ],
    ]),
  ]);
}

/** A reason that came over the wire holds what was found in its sentence only. */
function foundIn({ found }: Reason, t: T): string {
  if (found === undefined) return t({ ko: '위 문장에 적힌 내용', en: 'as the sentence above says' });
  return found ?? t({ ko: '없음', en: 'nothing' });
}

function ruleOf(reason: Reason, t: T): string {
  const required = reason.required ? t({ ko: `조건: ${reason.required.ko}`, en: `rule: ${reason.required.en}` }) : undefined;
  const where = [reason.clause, required].filter(Boolean).join(', ');
  return `${t(reason.text)}${where ? ` [${where}]` : ''}`;
}

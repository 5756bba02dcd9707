import type { Text } from '../../text.ts';
import { dayText, instantKey, seoulClock } from '../instant.ts';
import type { Evidence } from '../model.ts';
import { clip } from '../words.ts';
import { CATENA_X, MADANG, notEnforced, type Operand, type Refusal, timeUnknown } from './operand.ts';

const RULE: Text = {
  ko: `제공 기업은 '회원 자격이 유효한 기업'에만 제공합니다.`,
  en: 'The provider gives it only to companies whose membership is valid.',
};

/** The longest that has ended is told before one that is to begin, and either before "none". */
function refuses({ memberships, at }: Evidence): Refusal | null {
  const now = instantKey(at);
  if (now === null) return { ...timeUnknown, rule: RULE };
  const spans = memberships
    .map(({ from, until }) => ({ from: instantKey(from), until: until === null ? null : instantKey(until), open: until === null }))
    .filter((s): s is { from: string; until: string | null; open: boolean } => s.from !== null && (s.open || s.until !== null));
  if (spans.some((s) => s.from <= now && (s.until === null || now < s.until))) return null;

  const ended = spans
    .flatMap((s) => (s.until !== null && s.until <= now ? [s.until] : []))
    .sort()
    .at(-1);
  if (ended) {
    const day = seoulClock(ended).day;
    return {
      code: 'membership_ended',
      found: ended,
      rule: RULE,
      seen: { ko: `귀사의 회원 증명서는 ${day}에 끝났습니다.`, en: `Your membership credential ended on ${dayText(day).en}.` },
      change: { ko: '회원 증명서를 갱신하면 다시 요청할 수 있습니다.', en: 'Renew it, then ask again.' },
      ask: 'operator',
    };
  }
  const next = spans
    .map((s) => s.from)
    .filter((from) => now < from)
    .sort()[0];
  if (next) {
    const day = seoulClock(next).day;
    return {
      code: 'membership_not_yet',
      found: next,
      rule: RULE,
      seen: { ko: `귀사의 회원 증명서는 ${day}부터 유효합니다.`, en: `Your membership credential is valid from ${dayText(day).en}.` },
      change: { ko: '그날 이후 다시 요청하세요.', en: 'Ask again from that day on.' },
      ask: 'operator',
    };
  }
  return {
    code: 'membership_missing',
    found: null,
    rule: RULE,
    seen: { ko: '귀사의 유효한 회원 증명서를 찾지 못했습니다.', en: 'No valid membership credential of yours was found.' },
    change: { ko: '회원 증명서를 발급받아 제시하면 받을 수 있습니다.', en: 'Get one and show it, and you can have it.' },
    ask: 'operator',
  };
}

export const membership: Operand = {
  term: 'Membership',
  iri: `${MADANG}Membership`,
  aliases: CATENA_X.map((ns) => `${ns}Membership`),
  label: { ko: '회원 자격', en: 'membership' },
  value: { ko: `'active'만`, en: '`active` only' },
  example: 'active',
  evidence: { ko: '신뢰하는 운영기관이 낸, 확인된 회원 증명서', en: 'a verified membership credential of a trusted operator' },
  asks: { ko: '요청한 기업이 회원 증명서를 제시합니다.', en: 'The side that asks shows its membership credential.' },
  operators: {
    eq: {
      many: false,
      reads: () => ({ ko: '회원 자격이 유효한 기업만', en: 'only companies whose membership is valid' }),
      refuses: (_values, evidence) => refuses(evidence),
    },
  },
  valueProblem: (value) =>
    value === 'active'
      ? null
      : notEnforced(
          `회원 자격은 'active'만 확인할 수 있습니다. '${clip(value)}' 대신 'active'를 쓰세요.`,
          `Only an "active" membership can be checked. Write "active" instead of "${clip(value)}".`,
        ),
  valueKey: (value) => value,
};

import type { Text } from '../../text.ts';
import { dayAfter, dayStartingAt, dayText, instantKey, instantText, seoulClock } from '../instant.ts';
import { ODRL, type Operator } from '../model.ts';
import { clip } from '../words.ts';
import { malformed, type Operand, type OperatorRule, timeUnknown } from './operand.ts';

const key = (value: string): string => instantKey(value) ?? '';

/** Both bounds of a whole day are read as that day; all else by the clock of Seoul. */
function limit(operator: Operator, value: string): Text {
  const whole = dayStartingAt(value);
  const { day, time } = seoulClock(key(value));
  const clock = instantText(key(value));
  const until = (d: string): Text => ({ ko: `${d}까지`, en: `until ${dayText(d).en}` });
  switch (operator) {
    case 'gteq':
      return whole ? { ko: `${whole}부터`, en: `from ${dayText(whole).en}` } : { ko: `${clock.ko}부터`, en: `from ${clock.en}` };
    case 'lt':
      return whole ? until(dayAfter(whole, -1)) : { ko: `${clock.ko} 전까지`, en: `before ${clock.en}` };
    case 'lteq':
      return time === '23:59:59' ? until(day) : { ko: `${clock.ko}까지`, en: `until ${clock.en}` };
    default:
      return { ko: `${clock.ko} 지나서부터`, en: `after ${clock.en}` };
  }
}

function rule(operator: Operator, early: boolean, holds: (at: string, value: string) => boolean): OperatorRule {
  return {
    many: false,
    reads: ([value = '']) => limit(operator, value),
    refuses([value = ''], { at }) {
      const now = instantKey(at);
      if (now === null) return timeUnknown;
      if (holds(now, key(value))) return null;
      const bound = limit(operator, value);
      const clock = instantText(now);
      return {
        code: early ? 'too_early' : 'too_late',
        found: at,
        rule: { ko: `제공 기업은 '${bound.ko}'만 제공합니다.`, en: `The provider gives it only ${bound.en}.` },
        seen: { ko: `요청한 시각은 ${clock.ko}입니다.`, en: `You asked on ${clock.en}.` },
        change: early
          ? { ko: '그때부터 다시 요청할 수 있습니다.', en: 'You can ask again then.' }
          : { ko: '제공 기업이 기간을 늘리면 받을 수 있습니다.', en: 'If the provider extends the period, you can have it.' },
        ask: 'provider',
      };
    },
  };
}

export const dateTime: Operand = {
  term: 'dateTime',
  iri: `${ODRL}dateTime`,
  aliases: ['odrl:dateTime'],
  label: { ko: '기간', en: 'time' },
  value: { ko: '시간대가 붙은 xsd:dateTime', en: 'xsd:dateTime with its time zone' },
  example: '2027-01-01T00:00:00+09:00',
  evidence: { ko: '요청한 시각', en: 'the time of the request' },
  asks: { ko: '정해진 기간에 요청합니다.', en: 'The request comes within the period.' },
  operators: {
    gteq: rule('gteq', true, (at, v) => at >= v),
    gt: rule('gt', true, (at, v) => at > v),
    lt: rule('lt', false, (at, v) => at < v),
    lteq: rule('lteq', false, (at, v) => at <= v),
  },
  valueProblem: (value) =>
    instantKey(value) !== null
      ? null
      : malformed(
          `'${clip(value)}'은(는) 시간대가 붙은 시각이 아닙니다. 2026-12-31T23:59:59+09:00처럼 쓰세요.`,
          `"${clip(value)}" is not a time with its zone. Write it like 2026-12-31T23:59:59+09:00.`,
        ),
  valueKey: (value) => instantKey(value) ?? value,
};

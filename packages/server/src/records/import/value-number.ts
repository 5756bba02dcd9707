import { compare, type Decimal } from '@madang/core/decimal.ts';
import type { Text } from '@madang/core/text.ts';
import { plain } from './exact.ts';
import { good, halfWidth, type Value, wrong } from './value.ts';

export interface NumberRule {
  /** The least value, itself allowed unless `above`. */
  readonly min?: Decimal;
  readonly max?: Decimal;
  readonly above?: boolean;
  /** A share in percent: `35` and `35%` are the same. */
  readonly percent?: boolean;
}

const ANY_DIGIT = /^[+-]?[\d.,]*\d[\d.,]*$/;
const GROUPED = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const PLAIN = /^[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d{1,2})?$/;
const DECIMAL_COMMA = /^[+-]?(?:\d{1,3}(?:\.\d{3})+|\d+),\d+$/;
const WITH_UNIT = /^([+-]?[\d.,]*\d)\s*[^\d\s.,].*$/;
const MAX_DIGITS = 60;

const text = (ko: string, en: string): Text => ({ ko, en });

/**
 * Reads a number as people write it: `1,234.5`, `1234.5`, `１２.５`, `1.5E-05`. A decimal comma is refused with what to write, and so is a
 * comma of any kind in a file whose cells are parted by semicolons, where `1,234` may mean either.
 */
export function readNumber(raw: string, rule: NumberRule, semicolons = false): Value {
  let number = halfWidth(raw);
  if (rule.percent) number = number.replace(/\s*%$/, '');
  if (semicolons && number.includes(',')) return ambiguous(number);
  if (GROUPED.test(number)) number = number.replaceAll(',', '');
  if (!PLAIN.test(number)) return notPlain(number, rule);
  const value = plain(number.replace(/^\+/, '').replace(/^(-?)\./, '$10.'));
  if (value === undefined || value.length > MAX_DIGITS) {
    return wrong(
      text('자릿수가 너무 많습니다.', 'The number has too many digits.'),
      text(`${MAX_DIGITS}자리까지의 숫자`, `a number of up to ${MAX_DIGITS} digits`),
    );
  }
  return inRange(value === '-0' ? '0' : value, rule);
}

function inRange(value: Decimal, rule: NumberRule): Value {
  const { min, max, above } = rule;
  const low = min !== undefined && (compare(value, min) < 0 || (above && compare(value, min) === 0));
  const high = max !== undefined && compare(value, max) > 0;
  if (!low && !high) return good(value);
  const problem =
    low && value.startsWith('-')
      ? text('음수는 쓸 수 없습니다.', 'It may not be negative.')
      : text('허용 범위를 벗어났습니다.', 'It is outside the permitted range.');
  return wrong(problem, range(rule));
}

function range({ min, max, above }: NumberRule): Text {
  if (min !== undefined && max !== undefined) return text(`${min}부터 ${max}까지의 숫자`, `a number from ${min} to ${max}`);
  if (max !== undefined) return text(`${max} 이하의 숫자`, `a number of at most ${max}`);
  return above ? text(`${min}보다 큰 숫자`, `a number above ${min}`) : text(`${min} 이상의 숫자`, `a number of ${min} or more`);
}

function ambiguous(number: string): Value {
  const grouped = /^[+-]?\d{1,3}(?:,\d{3})+$/.test(number);
  const point = number.replaceAll('.', '').replace(',', '.');
  const choice = grouped ? `${number.replaceAll(',', '')} / ${number.replace(',', '.')}` : point;
  return wrong(
    text(
      '이 파일은 칸을 세미콜론(;)으로 나누어, 쉼표가 소수점인지 자릿수 구분인지 알 수 없습니다.',
      'The cells of this file are parted by semicolons, so the comma may be a decimal point or a separator of thousands.',
    ),
    text(`쉼표 없이 쓰세요: ${choice}`, `Write it without a comma: ${choice}`),
  );
}

function notPlain(number: string, rule: NumberRule): Value {
  if (DECIMAL_COMMA.test(number)) {
    const write = number.replaceAll('.', '').replace(',', '.');
    return wrong(
      text('쉼표를 소수점으로 썼습니다.', 'The comma is used as a decimal point.'),
      text(`소수점은 점(.)으로 쓰세요: ${write}`, `Write the decimal point as a point: ${write}`),
    );
  }
  if (ANY_DIGIT.test(number)) {
    return wrong(
      text('점과 쉼표의 자리가 숫자 표기와 맞지 않습니다.', 'The points and commas do not fit a number.'),
      text('1234.5 또는 1,234.5처럼 쓰세요.', 'Write it as 1234.5 or 1,234.5.'),
    );
  }
  if (number.endsWith('%') && !rule.percent) {
    return wrong(
      text('퍼센트(%) 값입니다.', 'It is a percentage.'),
      text('% 없이 값을 쓰세요(셀 서식도 숫자로 바꾸세요).', 'Write the value without % and format the cell as a number.'),
    );
  }
  const digits = WITH_UNIT.exec(number)?.[1];
  if (digits !== undefined) {
    return wrong(
      text('숫자 뒤에 다른 글자가 있습니다.', 'There is other text after the number.'),
      text(`숫자만 쓰세요: ${digits}. 단위는 단위 칸에 씁니다.`, `Write the number only: ${digits}. The unit has its own column.`),
    );
  }
  return wrong(
    text('숫자가 아닙니다.', 'It is not a number.'),
    text('1234.5처럼 숫자와 소수점만 쓰세요.', 'Write digits with a decimal point only, such as 1234.5.'),
  );
}

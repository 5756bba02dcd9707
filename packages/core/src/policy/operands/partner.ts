import type { Text } from '../../text.ts';
import { didKey, isDid } from '../did.ts';
import type { Evidence } from '../model.ts';
import { clip, named } from '../words.ts';
import { MADANG, malformed, type Operand, type OperatorRule, type Refusal } from './operand.ts';

const holds = (values: readonly string[], { partner }: Evidence) => values.some((v) => didKey(v) === didKey(partner));

const onlyNamed: Omit<OperatorRule, 'many'> = {
  reads(values, nameOf) {
    const who = named(values, nameOf);
    return { ko: `${who.ko}만`, en: `only ${who.en}` };
  },
  refuses: (values, evidence) =>
    holds(values, evidence)
      ? null
      : refusal(
          'partner_not_named',
          evidence,
          { ko: `제공 기업은 '지정한 기업'에만 제공합니다.`, en: 'The provider gives it only to companies it has named.' },
          { ko: '지정한 기업에 들어 있지 않습니다.', en: 'is not one of them.' },
          { ko: '제공 기업이 귀사를 추가하면 받을 수 있습니다.', en: 'If the provider adds you, you can have it.' },
        ),
};

const exceptNamed: OperatorRule = {
  many: true,
  reads(values, nameOf) {
    const who = named(values, nameOf);
    return { ko: `${who.ko} 제외`, en: `except ${who.en}` };
  },
  refuses: (values, evidence) =>
    holds(values, evidence)
      ? refusal(
          'partner_excluded',
          evidence,
          { ko: `제공 기업은 '제외한 기업'에는 제공하지 않습니다.`, en: 'The provider does not give it to companies it has excluded.' },
          { ko: '제외한 기업에 들어 있습니다.', en: 'is one of them.' },
          { ko: '제공 기업이 제외를 풀면 받을 수 있습니다.', en: 'If the provider lifts the exclusion, you can have it.' },
        )
      : null,
};

function refusal(code: Refusal['code'], { partner }: Evidence, rule: Text, seen: Text, change: Text): Refusal {
  const who = clip(partner);
  return {
    code,
    found: partner,
    rule,
    seen: { ko: `귀사(${who})는 ${seen.ko}`, en: `Your company (${who}) ${seen.en}` },
    change,
    ask: 'provider',
  };
}

export const partner: Operand = {
  term: 'Partner',
  iri: `${MADANG}Partner`,
  aliases: [],
  label: { ko: '참여기업', en: 'partner' },
  value: { ko: '참여기업의 DID', en: 'DID of a participant' },
  example: 'did:web:cell.example',
  evidence: { ko: '요청한 기업의 확인된 DID', en: 'the authenticated DID of the side that asks' },
  asks: { ko: '제공 기업이 이름을 올립니다.', en: 'The provider names the company.' },
  operators: { eq: { many: false, ...onlyNamed }, isAnyOf: { many: true, ...onlyNamed }, isNoneOf: exceptNamed },
  valueProblem: (value) =>
    isDid(value)
      ? null
      : malformed(
          `'${clip(value)}'은(는) DID가 아닙니다. did:web:cell.example처럼 쓰세요.`,
          `"${clip(value)}" is not a DID. Write it like did:web:cell.example.`,
        ),
  valueKey: didKey,
};

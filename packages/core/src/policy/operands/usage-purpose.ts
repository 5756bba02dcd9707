import type { Text } from '../../text.ts';
import { PURPOSES, purposeOf } from '../purposes.ts';
import { clip, listed, same } from '../words.ts';
import { CATENA_X, MADANG, notEnforced, type Operand } from './operand.ts';

const label = (id: string): Text => purposeOf(id)?.label ?? same(clip(id));
const forIt = (ids: readonly string[]): Text => ({
  ko: listed(ids.map(label)).ko,
  en: listed(
    ids.map((id) => same(purposeOf(id)?.after ?? id)),
    'or',
  ).en,
});

export const usagePurpose: Operand = {
  term: 'UsagePurpose',
  iri: `${MADANG}UsagePurpose`,
  aliases: CATENA_X.map((ns) => `${ns}UsagePurpose`),
  label: { ko: '이용 목적', en: 'purpose' },
  value: {
    ko: PURPOSES.map((p) => `${p.id}(${p.label.ko})`).join(', '),
    en: PURPOSES.map((p) => `\`${p.id}\``).join(', '),
  },
  example: 'battery-passport',
  evidence: { ko: '요청한 기업이 밝힌 이용 목적', en: 'the purpose that the side that asks has declared' },
  asks: { ko: '요청한 기업이 이용 목적을 밝힙니다.', en: 'The side that asks declares its purpose.' },
  operators: {
    isAnyOf: {
      many: true,
      reads: (values) => ({ ko: `${forIt(values).ko} 목적으로만`, en: `only for ${forIt(values).en}` }),
      refuses(values, { purpose }) {
        if (purpose !== undefined && values.includes(purpose)) return null;
        const may = forIt(values);
        return {
          code: purpose === undefined ? 'purpose_missing' : 'purpose_not_allowed',
          found: purpose ?? null,
          rule: { ko: `제공 기업은 '${may.ko}' 목적으로만 제공합니다.`, en: `The provider gives it only for ${may.en}.` },
          seen:
            purpose === undefined
              ? { ko: '귀사는 이용 목적을 밝히지 않았습니다.', en: 'You did not declare a purpose.' }
              : { ko: `귀사가 밝힌 이용 목적은 '${label(purpose).ko}'입니다.`, en: `The purpose you declared is "${label(purpose).en}".` },
          change: {
            ko: '그 목적으로 쓴다면 이용 목적을 밝혀 다시 요청하세요.',
            en: 'If you will use it for that, ask again and declare that purpose.',
          },
          ask: 'provider',
        };
      },
    },
  },
  valueProblem: (value) =>
    purposeOf(value)
      ? null
      : notEnforced(
          `이용 목적 '${clip(value)}'을(를) 알지 못합니다. 다음 가운데 고르세요: ${PURPOSES.map((p) => p.id).join(', ')}`,
          `The purpose "${clip(value)}" is not known. Choose from: ${PURPOSES.map((p) => p.id).join(', ')}`,
        ),
  valueKey: (value) => value,
};

import type { Evidence } from '../model.ts';
import { clip, listed } from '../words.ts';
import { MADANG, malformed, type Operand } from './operand.ts';

const holds = (values: readonly string[], { groups }: Evidence) => values.some((v) => groups.includes(v));
const found = ({ groups }: Evidence) => (groups.length ? groups.join(', ') : null);
const quoted = (values: readonly string[]) => listed(values.map((v) => ({ ko: `'${v}'`, en: `"${v}"` })));

/** Groups are the provider's own notes on its partners: the refused side reads neither their names nor which ones it is in. */
export const partnerGroup: Operand = {
  term: 'PartnerGroup',
  iri: `${MADANG}PartnerGroup`,
  aliases: [],
  label: { ko: '파트너 그룹', en: 'partner group' },
  value: { ko: '제공 기업 주소록의 그룹 이름', en: "name of a group in the provider's address book" },
  example: 'tier-1',
  evidence: { ko: '제공 기업의 주소록', en: "the provider's address book" },
  asks: { ko: '제공 기업이 그룹에 넣습니다.', en: 'The provider puts the company in the group.' },
  operators: {
    isAnyOf: {
      many: true,
      reads: (values) => ({ ko: `${quoted(values).ko} 그룹만`, en: `only the group${values.length > 1 ? 's' : ''} ${quoted(values).en}` }),
      refuses: (values, evidence) =>
        holds(values, evidence)
          ? null
          : {
              code: 'group_not_named',
              found: found(evidence),
              rule: {
                ko: `제공 기업은 '지정한 파트너 그룹'에만 제공합니다.`,
                en: 'The provider gives it only to partner groups it has named.',
              },
              seen: { ko: '귀사는 그 그룹에 들어 있지 않습니다.', en: 'Your company is in none of them.' },
              change: {
                ko: '제공 기업이 귀사를 그 그룹에 넣으면 받을 수 있습니다.',
                en: 'If the provider puts you in such a group, you can have it.',
              },
              ask: 'provider',
            },
    },
    isNoneOf: {
      many: true,
      reads: (values) => ({
        ko: `${quoted(values).ko} 그룹 제외`,
        en: `except the group${values.length > 1 ? 's' : ''} ${quoted(values).en}`,
      }),
      refuses: (values, evidence) =>
        holds(values, evidence)
          ? {
              code: 'group_excluded',
              found: found(evidence),
              rule: {
                ko: `제공 기업은 '제외한 파트너 그룹'에는 제공하지 않습니다.`,
                en: 'The provider does not give it to partner groups it has excluded.',
              },
              seen: { ko: '귀사는 그 그룹에 들어 있습니다.', en: 'Your company is in one of them.' },
              change: {
                ko: '제공 기업이 귀사를 그 그룹에서 빼면 받을 수 있습니다.',
                en: 'If the provider takes you out of that group, you can have it.',
              },
              ask: 'provider',
            }
          : null,
    },
  },
  valueProblem: (value) =>
    value.trim() === value && value !== '' && value.length <= 200
      ? null
      : malformed(
          `그룹 이름 '${clip(value)}'을(를) 쓸 수 없습니다. 앞뒤 빈칸 없이 1~200자로 쓰세요.`,
          `The group name "${clip(value)}" cannot be used. Write 1 to 200 characters without blanks at either end.`,
        ),
  valueKey: (value) => value,
};

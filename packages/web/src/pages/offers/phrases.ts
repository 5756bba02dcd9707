import type { PartnerView } from '@madang/core/api/views.ts';
import type { Purpose } from '@madang/core/policy/purposes.ts';
import type { Words } from '../../text/ko.ts';
import type { Draft } from './draft.ts';

/** What stands in each blank of the sentence. */
export interface Phrases {
  readonly what: string;
  readonly fields: string;
  readonly whom: string;
  readonly purpose: string;
  readonly when: string;
  readonly answer: string;
}

export function phrases(
  d: Draft,
  words: Words,
  lang: 'ko' | 'en',
  partners: readonly PartnerView[],
  purposes: readonly Purpose[],
  /** What a file or a service is called. */
  named = '',
): Phrases {
  const t = words.offers;
  const list = (names: readonly string[]) => new Intl.ListFormat(lang, { type: 'conjunction' }).format(names);
  const names = d.partners.map((did) => partners.find((p) => p.did === did)?.name ?? did);
  const chosen = purposes.filter((p) => d.purposes.includes(p.id)).map((p) => (lang === 'ko' ? p.label.ko : p.after));
  const whom = () => {
    if (d.whom === 'partners' && names.length > 0) return t.partnersPhrase(list(names));
    if (d.whom === 'groups' && d.groups.length > 0) return t.groupsPhrase(list(d.groups));
    return d.whom === 'anyone' ? (d.members ? t.membersPhrase : t.anyonePhrase) : t.blankWhom;
  };
  const what = () => {
    if (d.ids.length === 0) return t.blankWhat;
    if (d.kind === 'file') return t.filePhrase(named);
    return d.kind === 'service' ? t.servicePhrase(named) : t.whatPhrase(t.kindsCount(t.kinds[d.kind], d.ids.length));
  };
  const when = [d.from && t.fromPhrase(d.from), d.until && t.untilPhrase(d.until)].filter(Boolean).join(' ');
  return {
    what: what(),
    fields: d.fields === 'whole' ? t.fieldsWhole : d.kind === 'footprint' && isTotals(d) ? t.fieldsTotals : t.fieldsChosen(d.fields.length),
    whom: d.members && d.whom !== 'anyone' && d.whom !== null ? `${whom()} ${t.andMembers}` : whom(),
    purpose: chosen.length > 0 ? t.purposePhrase(list(chosen)) : t.anyPurposePhrase,
    when: when || t.foreverPhrase,
    answer: d.answer === 'auto' ? t.answerAuto : t.answerManual,
  };
}

/** The totals keep the sum and leave out the split by stage. */
const isTotals = (d: Draft) =>
  Array.isArray(d.fields) && d.fields.includes('pcf.pcfExcludingBiogenicUptake') && !d.fields.some((f) => f.startsWith('extensions'));

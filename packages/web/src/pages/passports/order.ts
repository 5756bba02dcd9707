import type { PassportValue, PassportView } from '@madang/core/api/views.ts';
import { type Decimal, div, isZero } from '@madang/core/decimal.ts';
import { DICTIONARY } from '@madang/core/passport/dictionary.ts';

const RANK = new Map(DICTIONARY.map((a, i) => [a.key, i]));
const rank = (v: PassportValue) => RANK.get(v.key) ?? RANK.size;

/** Attributes by section, sections and attributes in the order of the dictionary. */
export function bySection(values: readonly PassportValue[]): [section: string, values: PassportValue[]][] {
  const sections = new Map<string, PassportValue[]>();
  for (const v of values.toSorted((a, b) => rank(a) - rank(b))) sections.set(v.section, [...(sections.get(v.section) ?? []), v]);
  return [...sections];
}

/** Sections with at least one value given, then those without any. */
export function byTold(values: readonly PassportValue[]): ReturnType<typeof bySection>[] {
  const sections = bySection(values);
  const isTold = ([, list]: (typeof sections)[number]) => list.some((v) => v.state === 'given');
  return [sections.filter(isTold), sections.filter((s) => !isTold(s))];
}

type Footprint = NonNullable<PassportView['footprint']>;

/** Each stage's part of the total, 0 to 1: worked out from the values that are drawn, so that bar and figure agree. */
export function stageShares({ stages, total }: Footprint): (Decimal | null)[] {
  return stages.map((s) => (isZero(total) ? null : div(s.value, total, 6, 'half_even')));
}

/** Parts of the whole by kind of data, given in per cent, as 0 to 1. */
export const sourceShares = ({ sources }: Pick<Footprint, 'sources'>): { kind: string; share: Decimal }[] =>
  sources.map((s) => ({ kind: s.kind, share: div(s.share, '100', 8, 'half_even') }));

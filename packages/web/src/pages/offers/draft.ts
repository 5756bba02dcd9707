import type { DataKind, RecordKind, RecordsView } from '@madang/core/api/views.ts';

/** What it holds, as a person writes it: lists with commas, days. */
export interface About {
  readonly standard: string;
  readonly version: string;
  readonly products: string;
  readonly classes: string;
  readonly start: string | null;
  readonly end: string | null;
  readonly languages: string;
}

/** An offer as it is being written: the blanks of the sentence. */
export interface Draft {
  /** null until someone writes one: then a name is suggested. */
  readonly title: string | null;
  readonly kind: DataKind;
  /** Of records; the SHA-256 of a file or the id of a service is the only one. */
  readonly ids: readonly string[];
  readonly fields: RecordsView['fields'];
  readonly about: About;
  readonly whom: 'partners' | 'groups' | 'anyone' | null;
  readonly partners: readonly string[];
  readonly groups: readonly string[];
  readonly members: boolean;
  readonly purposes: readonly string[];
  readonly from: string | null;
  readonly until: string | null;
  readonly answer: 'auto' | 'manual';
}

export const EMPTY: Draft = {
  title: null,
  kind: 'footprint',
  ids: [],
  fields: 'whole',
  about: { standard: '', version: '', products: '', classes: '', start: null, end: null, languages: '' },
  whom: null,
  partners: [],
  groups: [],
  members: false,
  purposes: [],
  from: null,
  until: null,
  answer: 'auto',
};

interface Choices {
  partners?: string[];
  groups?: string[];
  members?: boolean;
  purposes?: string[];
  from?: string;
  until?: string;
}

/** Both policies: who sees the offer, and under which terms it is agreed. A blank that is left out asks nothing. */
export function policiesOf(d: Draft): { access: { choices: Choices }; contract: { choices: Choices } } {
  const who: Choices = {
    ...(d.whom === 'partners' && d.partners.length > 0 && { partners: [...d.partners] }),
    ...(d.whom === 'groups' && d.groups.length > 0 && { groups: [...d.groups] }),
  };
  const terms: Choices = {
    ...who,
    ...(d.members && { members: true }),
    ...(d.purposes.length > 0 && { purposes: [...d.purposes] }),
    ...(d.from && { from: d.from }),
    ...(d.until && { until: d.until }),
  };
  return { access: { choices: who }, contract: { choices: terms } };
}

export const isOfRecords = (kind: DataKind): kind is RecordKind => kind !== 'file' && kind !== 'service';

/** What the offer shows. `fields` are those that the chosen records have. */
export function viewOf({ kind, ids }: Draft, fields: RecordsView['fields']) {
  const [only = ''] = ids;
  if (kind === 'file') return { kind, sha256: only };
  if (kind === 'service') return { kind, id: only };
  return { kind, ids: [...ids], fields: fields === 'whole' ? ('whole' as const) : [...fields] };
}

const listed = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

const SEOUL = '+09:00';
const DAY_MS = 86_400_000;

/** What was written of it; what was left empty is left out. The last day of a period belongs to it. */
export function aboutOf({ standard, version, products, classes, start, end, languages }: About) {
  const lists = { products: listed(products), classes: listed(classes), languages: listed(languages) };
  const after = end === null ? null : new Date(Date.parse(`${end}T00:00:00${SEOUL}`) + DAY_MS).toISOString();
  return {
    ...(standard.trim() && version.trim() && { standard: { name: standard.trim(), version: version.trim() } }),
    ...Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0)),
    ...(start !== null && after !== null && { period: { start: new Date(`${start}T00:00:00${SEOUL}`).toISOString(), end: after } }),
  };
}

/** A half-written pair says nothing: name and version, first and last day stand together, in their order. */
export const isWhole = ({ standard, version, start, end }: About): boolean =>
  (standard.trim() === '') === (version.trim() === '') &&
  (start === null) === (end === null) &&
  (start === null || end === null || start <= end);

/** Whether the sentence says to whom: nobody chosen is not "anyone". */
export const saysWhom = (d: Draft): boolean =>
  d.whom === 'anyone' || (d.whom === 'partners' && d.partners.length > 0) || (d.whom === 'groups' && d.groups.length > 0);

export const isReady = (d: Draft): boolean =>
  (d.title ?? '').trim() !== '' && d.ids.length > 0 && (d.fields === 'whole' || d.fields.length > 0) && saysWhom(d) && isWhole(d.about);

import type { RecordKind, View } from '@madang/core/api/views.ts';

/** An offer as it is being written: the blanks of the sentence. */
export interface Draft {
  /** null until someone writes one: then a name is suggested. */
  readonly title: string | null;
  readonly kind: RecordKind;
  readonly ids: readonly string[];
  readonly fields: View['fields'];
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

/** Whether the sentence says to whom: nobody chosen is not "anyone". */
export const saysWhom = (d: Draft): boolean =>
  d.whom === 'anyone' || (d.whom === 'partners' && d.partners.length > 0) || (d.whom === 'groups' && d.groups.length > 0);

export const isReady = (d: Draft): boolean =>
  (d.title ?? '').trim() !== '' && d.ids.length > 0 && (d.fields === 'whole' || d.fields.length > 0) && saysWhom(d);

import type { PartnerView, Reach } from '@madang/core/api/views.ts';
import type { Text } from '@madang/core/text.ts';
import type { Reader, Store, Writer } from '../db/store.ts';

export interface NewPartner {
  readonly did: string;
  readonly name: string;
  readonly short_name: string;
  readonly dsp: string;
  readonly relation: PartnerView['relation'];
  readonly groups: string[];
}

export interface PartnerRow extends NewPartner {
  readonly reach: Reach['state'];
  readonly reach_since: string | null;
  readonly reach_error: Text | null;
}

export const partnerRows = (db: Reader) =>
  db<PartnerRow[]>`select did, name, short_name, dsp, relation, groups, reach, reach_since, reach_error from partner order by name, did`;

/** One round trip: it is looked up for every request to a partner. */
export const partnerRow = (store: Store, participant: string, did: string) =>
  store.together<PartnerRow | null>('partner_read', participant, { did });

export const putPartner = async (db: Writer, participant: string, p: NewPartner): Promise<PartnerRow> => {
  const [row] = await db<PartnerRow[]>`
    insert into partner (participant, did, name, short_name, dsp, relation, groups)
    values (${participant}, ${p.did}, ${p.name}, ${p.short_name}, ${p.dsp}, ${p.relation}, ${p.groups})
    on conflict (participant, did) do update
      set name = excluded.name, short_name = excluded.short_name, dsp = excluded.dsp, relation = excluded.relation, groups = excluded.groups
    returning did, name, short_name, dsp, relation, groups, reach, reach_since, reach_error`;
  return row as PartnerRow;
};

export const dropPartner = (db: Writer, did: string) => db`delete from partner where did = ${did}`;

/** Whether that is news of a partner in the address book, and since when it is so. */
export const partnerReach = (store: Store, participant: string, reach: { did: string; state: Reach['state']; error: Text | null }) =>
  store.call<{ news: boolean; since: string | null }>('partner_reach', participant, reach);

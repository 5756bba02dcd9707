import type { PartnerView } from '@madang/core/api/views.ts';
import type { Reader, Store, Writer } from '../db/store.ts';

export interface PartnerRow {
  readonly did: string;
  readonly name: string;
  readonly short_name: string;
  readonly dsp: string;
  readonly relation: PartnerView['relation'];
  readonly groups: string[];
}

export const partnerRows = (db: Reader) =>
  db<PartnerRow[]>`select did, name, short_name, dsp, relation, groups from partner order by name, did`;

/** One round trip: it is looked up for every request to a partner. */
export const partnerRow = (store: Store, participant: string, did: string) =>
  store.call<PartnerRow | null>('partner_read', participant, { did });

export const putPartner = (db: Writer, participant: string, p: PartnerRow) =>
  db`insert into partner (participant, did, name, short_name, dsp, relation, groups)
     values (${participant}, ${p.did}, ${p.name}, ${p.short_name}, ${p.dsp}, ${p.relation}, ${p.groups})
     on conflict (participant, did) do update
       set name = excluded.name, short_name = excluded.short_name, dsp = excluded.dsp, relation = excluded.relation, groups = excluded.groups`;

export const dropPartner = (db: Writer, did: string) => db`delete from partner where did = ${did}`;

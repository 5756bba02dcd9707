import type { View } from '@madang/core/api/views.ts';
import type { Policy } from '@madang/core/policy/model.ts';
import type { Reader, Store, Writer } from '../db/store.ts';
import type { TokenUse } from '../identity/token.ts';

export interface OfferRow {
  readonly id: string;
  readonly dataset: string;
  readonly title: string;
  readonly view: View;
  /** Who may see it. Never sent to anyone. */
  readonly access: Policy;
  /** What is agreed. */
  readonly contract: Policy;
  readonly answer: 'auto' | 'manual';
  readonly created_at: string;
  readonly withdrawn_at: string | null;
}

const columns = ['id', 'dataset', 'title', 'view', 'access', 'contract', 'answer', 'created_at', 'withdrawn_at'];

export const offerRows = (db: Reader) => db<OfferRow[]>`select ${db(columns)} from offer order by created_at desc, id`;
export const openOfferRows = (db: Reader) =>
  db<OfferRow[]>`select ${db(columns)} from offer where withdrawn_at is null order by created_at, id`;
export const offerRow = async (db: Reader, id: string): Promise<OfferRow | undefined> =>
  (await db<OfferRow[]>`select ${db(columns)} from offer where id = ${id}`)[0];
export const offerOfDataset = async (db: Reader, dataset: string): Promise<OfferRow | undefined> =>
  (await db<OfferRow[]>`select ${db(columns)} from offer where dataset = ${dataset}`)[0];

export const addOffer = (db: Writer, participant: string, o: OfferRow) =>
  db`insert into offer (participant, id, dataset, title, view, access, contract, answer)
     values (${participant}, ${o.id}, ${o.dataset}, ${o.title}, ${db.json(o.view)}, ${db.json(o.access)}, ${db.json(o.contract)}, ${o.answer})`;

export const setWithdrawn = async (db: Writer, id: string, withdrawn: boolean): Promise<boolean> =>
  (await db`update offer set withdrawn_at = case when ${withdrawn} then coalesce(withdrawn_at, now()) end where id = ${id} returning id`)
    .length > 0;

/** See migration 0004: what judging a partner's request needs, in one round trip. */
export interface OfferEvidence {
  readonly offer: OfferRow | null;
  readonly groups: string[];
  readonly operators: string[];
  readonly replayed?: true;
}
export const offerEvidence = (
  store: Store,
  participant: string,
  about: { partner: string; offer?: string; dataset?: string; token?: TokenUse | undefined },
) => store.call<OfferEvidence>('offer_evidence', participant, about);

/** How many agreements in force each dataset has, or one of them. */
export const agreementCounts = (db: Reader, dataset?: string) => db<{ dataset: string; count: number }[]>`
  select a.dataset, count(*)::int as count from agreement a join exchange e on e.participant = a.participant and e.id = a.negotiation
  where a.role = 'provider' and e.state = 'FINALIZED' ${dataset === undefined ? db`` : db`and a.dataset = ${dataset}`} group by a.dataset`;

import type { DatasetAbout, View } from '@madang/core/api/views.ts';
import type { Policy } from '@madang/core/policy/model.ts';
import type { Reader, Store, Writer } from '../db/store.ts';
import type { TokenUse } from '../identity/token.ts';
import type { Place } from './cursor.ts';
import type { Criterion, Filter } from './filter.ts';
import type { Asker, Sieve } from './sieve.ts';

export interface OfferRow {
  readonly id: string;
  readonly dataset: string;
  readonly title: string;
  readonly view: View;
  readonly about: DatasetAbout;
  /** Who may see it. Never sent to anyone. */
  readonly access: Policy;
  /** What is agreed. */
  readonly contract: Policy;
  readonly answer: 'auto' | 'manual';
  readonly created_at: string;
  readonly withdrawn_at: string | null;
}

export interface NewOffer extends Sieve, Omit<OfferRow, 'about' | 'created_at' | 'withdrawn_at'> {
  /** What a person says that it holds; the records say the rest. */
  readonly given: Partial<DatasetAbout>;
}

const columns = ['id', 'dataset', 'title', 'view', 'about', 'access', 'contract', 'answer', 'created_at', 'withdrawn_at'];

/** Newest first. `after`: the offer that ends the page before. */
export const offerRows = (db: Reader, { q, limit, after }: { q?: string | undefined; limit: number; after?: string | undefined }) => db<
  OfferRow[]
>`
  select ${db(columns)} from offer where id in (
    select id from offer_listing
    where ${q === undefined ? db`true` : db`strpos(words, (select lower(${q}))) > 0`}
      ${after === undefined ? db`` : db`and (created_at, id) < (select created_at, id from offer_listing where id = ${after})`}
    order by created_at desc, id desc limit ${limit})
  order by created_at desc, id desc`;

export const offerRow = async (db: Reader, id: string): Promise<OfferRow | undefined> =>
  (await db<OfferRow[]>`select ${db(columns)} from offer where id = ${id}`)[0];
export const offerOfDataset = async (db: Reader, dataset: string): Promise<OfferRow | undefined> =>
  (await db<OfferRow[]>`select ${db(columns)} from offer where dataset = ${dataset}`)[0];

/** See migration 0008: the offer, its link to its records, what it holds. */
export const addOffer = (store: Store, participant: string, offer: NewOffer) => store.call<null>('offer_add', participant, offer);

/** False when there is no such offer. */
export const setWithdrawn = (store: Store, participant: string, id: string, withdrawn: boolean) =>
  store.call<boolean>('offer_withdraw', participant, { id, withdrawn });

/** Whether an open offer shows a file or a service. */
export const isShownBy = async (db: Reader, view: View): Promise<boolean> =>
  (await db`select from offer where withdrawn_at is null and view = ${db.json(view)} limit 1`).length > 0;

// The catalogue, as a partner sees it

/** An offer as far as it takes to decide whether it is on a page. */
export interface Candidate {
  readonly id: string;
  readonly created_at: string;
  /** Changes with what a partner reads of it. */
  readonly mark: string;
  /** Null when the conditions that it has passed are all of it. */
  readonly access: Policy | null;
}

/** Open offers that pass the filter and the conditions of their access policies, in the order in which they were made. */
export const candidates = (
  db: Reader,
  asker: Asker,
  filter: Filter,
  { after, before, limit }: { after?: Place | undefined; before?: Place | undefined; limit: number },
) => db<Candidate[]>`
  select id, created_at, mark,
    case when not see_exact then (select o.access from offer o where o.participant = l.participant and o.id = l.id) end as access
  from offer_listing l
  where open
    ${after ? db`and (created_at, id) > (${after[0]}::timestamptz, ${after[1]})` : db``}
    ${before ? db`and (created_at, id) < (${before[0]}::timestamptz, ${before[1]})` : db``}
    and (see_partners is null or ${asker.partner} = any(see_partners))
    and (see_not_partners is null or not ${asker.partner} = any(see_not_partners))
    and (see_groups is null or see_groups && ${asker.groups as string[]}::text[])
    and (see_not_groups is null or not see_not_groups && ${asker.groups as string[]}::text[])
    and (see_purposes is null or ${asker.purpose}::text = any(see_purposes))
    and (${asker.member} or not see_members)
    and (see_from is null or see_from <= ${asker.at}::bigint)
    and (see_until is null or see_until >= ${asker.at}::bigint)
    and ${!filter.nothing}
    ${filter.texts.length > 0 ? filter.texts.map((text) => db`and strpos(words, (select lower(${text}))) > 0`) : db``}
    ${filter.kinds.length > 0 ? filter.kinds.map((kind) => db`and kind = ${kind}`) : db``}
    ${filter.products.length > 0 ? filter.products.map((product) => db`and product_keys && array[${product}, (select last_part(${product}))]`) : db``}
    ${filter.classes.length > 0 ? filter.classes.map((code) => db`and ${code} = any(classes)`) : db``}
    ${filter.criteria.length > 0 ? filter.criteria.map((criterion) => meets(db, criterion)) : db``}
  order by created_at ${before ? db`desc` : db``}, id ${before ? db`desc` : db``} limit ${limit}`;

function meets(db: Reader, { field, is, values }: Criterion) {
  const list = values as string[];
  if (field === 'products') return db<never>`and product_keys && ${list}::text[]`;
  if (field === 'classes') return db<never>`and classes && ${list}::text[]`;
  const column = field === 'id' ? db<never>`dataset` : field === 'title' ? db<never>`title` : db<never>`kind`;
  if (is === 'in') return db<never>`and ${column} = any(${list}::text[])`;
  if (is === 'not') return db<never>`and not ${column} = any(${list}::text[])`;
  return is === 'like' ? db<never>`and ${column} like any(${list}::text[])` : db<never>`and ${column} ilike any(${list}::text[])`;
}

export type Entry = Pick<OfferRow, 'id' | 'dataset' | 'title' | 'view' | 'about' | 'contract'>;

/** What a partner reads of some offers, in their order. */
export const entries = (db: Reader, ids: readonly string[]) => db<Entry[]>`
  select id, dataset, title, view, about, contract from offer where id = any(${ids as string[]}) order by created_at, id`;

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
) => store.together<OfferEvidence>('offer_evidence', participant, about);

/** How many agreements in force some datasets have. */
export const agreementCounts = (db: Reader, datasets: readonly string[]) => db<{ dataset: string; count: number }[]>`
  select a.dataset, count(*)::int as count from agreement a join exchange e on e.participant = a.participant and e.id = a.negotiation
  where a.role = 'provider' and e.state = 'FINALIZED' and a.dataset = any(${datasets as string[]}) group by a.dataset`;

// Offers from before migration 0008

export const unsieved = (db: Reader, limit: number) => db<{ id: string; access: Policy }[]>`
  select id, access from offer where id in (select id from offer_listing where not sieved limit ${limit})`;

export const setSieve = (db: Writer, id: string, s: Sieve) => db`
  update offer_listing set sieved = true, see_partners = ${s.see_partners as string[]}, see_not_partners = ${s.see_not_partners as string[]},
    see_groups = ${s.see_groups as string[]}, see_not_groups = ${s.see_not_groups as string[]}, see_members = ${s.see_members},
    see_purposes = ${s.see_purposes as string[]}, see_from = ${s.see_from}, see_until = ${s.see_until}, see_exact = ${s.see_exact}
  where id = ${id}`;

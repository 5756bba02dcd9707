import type { DatasetAbout, Reason } from '@madang/core/api/views.ts';
import type { Reader, Store, Writer } from '../db/store.ts';

/** A partner's catalogue as kept. */
export interface KeptCatalog {
  readonly partner: string;
  readonly run: number;
  readonly fetched_at: string | null;
  readonly tried_at: string | null;
  readonly looked_at: string;
  readonly pages: readonly { readonly url: string; readonly etag: string | null }[];
  readonly problem: Reason | null;
}

export interface KeptDataset {
  readonly partner: string;
  readonly dataset: string;
  readonly title: string;
  readonly kind: string | null;
  readonly about: DatasetAbout;
  readonly formats: readonly string[];
  /** As the partner sent them. */
  readonly offers: readonly unknown[];
}

export interface Search {
  readonly partner?: string | undefined;
  readonly dataset?: string | undefined;
  readonly q?: string | undefined;
  readonly kind?: string | undefined;
  readonly class?: string | undefined;
  readonly product?: string | undefined;
}

export const keptCatalog = async (db: Reader, partner: string): Promise<KeptCatalog | undefined> =>
  (await db<KeptCatalog[]>`select * from kept_catalog where partner = ${partner}`)[0];

/** Somebody looks at it: it is worth refreshing. Written at most every ten minutes. */
export const look = (db: Writer, participant: string, partner: string) => db`
  insert into kept_catalog (participant, partner) values (${participant}, ${partner})
  on conflict (participant, partner) do update set looked_at = now() where kept_catalog.looked_at < now() - interval '10 minutes'`;

/** Rows of a fetch that did not come to its end are left over. */
export const dropLeftOver = (db: Writer, partner: string) => db`
  delete from kept_dataset d using kept_catalog c where c.partner = ${partner} and d.partner = c.partner and d.run <> c.run`;

export const noteProblem = (db: Writer, partner: string, problem: Reason) => db`
  update kept_catalog set tried_at = now(), problem = ${db.json(problem)} where partner = ${partner}`;

export const noteSame = (db: Writer, partner: string) => db`
  update kept_catalog set tried_at = now(), fetched_at = now(), problem = null where partner = ${partner}`;

/** See migration 0008. */
export const addPage = (
  store: Store,
  participant: string,
  page: { partner: string; run: number; page: number; datasets: readonly Omit<KeptDataset, 'partner'>[] },
) => store.call<null>('kept_page', participant, page);

/** See migration 0008. `same`: numbers of pages before and now. */
export const finishRun = (
  store: Store,
  participant: string,
  done: { partner: string; run: number; pages: KeptCatalog['pages']; same: readonly (readonly [number, number])[] },
) => store.call<null>('kept_done', participant, done);

const matches = (db: Reader, { partner, dataset, q, kind, class: code, product }: Search) => db<never>`
  from kept_dataset d join kept_catalog c on c.partner = d.partner and c.run = d.run
  where ${partner === undefined ? db`true` : db`d.partner = ${partner}`}
    ${dataset === undefined ? db`` : db`and d.dataset = ${dataset}`}
    ${q === undefined ? db`` : db`and strpos(d.words, (select lower(${q}))) > 0`}
    ${kind === undefined ? db`` : db`and d.kind = ${kind}`}
    ${code === undefined ? db`` : db`and ${code} = any(d.classes)`}
    ${product === undefined ? db`` : db`and d.product_keys && array[${product}, (select last_part(${product}))]`}`;

/** In the order of their titles. `after`: title, partner and id of the last of the page before. */
export const keptDatasets = (db: Reader, search: Search, limit: number, after?: readonly [string, string, string]) => db<KeptDataset[]>`
  select d.partner, d.dataset, d.title, d.kind, d.about, d.formats, d.offers ${matches(db, search)}
    ${after === undefined ? db`` : db`and (d.title, d.partner, d.dataset) > (${after[0]}, ${after[1]}, ${after[2]})`}
  order by d.title, d.partner, d.dataset limit ${limit}`;

export const countKept = async (db: Reader, search: Search): Promise<number> =>
  (await db<{ count: number }[]>`select count(*)::int as count ${matches(db, search)}`)[0]?.count ?? 0;

/** Catalogues that somebody looked at in the last day and that were not asked for in the last `minutes`. */
export const dueCatalogs = async (db: Reader, minutes: number): Promise<string[]> =>
  (
    await db<{ partner: string }[]>`
    select partner from kept_catalog
    where looked_at > now() - interval '1 day' and coalesce(tried_at, '-infinity') < now() - ${minutes} * interval '1 minute' order by tried_at`
  ).map(({ partner }) => partner);

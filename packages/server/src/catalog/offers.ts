import type { offerBody, policyInput } from '@madang/core/api/bodies.ts';
import type { OfferView, PolicyView } from '@madang/core/api/views.ts';
import { MadangError } from '@madang/core/error.ts';
import { newUrn } from '@madang/core/id.ts';
import { fromChoices, sentence } from '@madang/core/policy/explain.ts';
import type { Policy } from '@madang/core/policy/model.ts';
import { toRules } from '@madang/core/policy/odrl.ts';
import { parsePolicy } from '@madang/core/policy/parse.ts';
import type { z } from 'zod';
import type { Context } from '../context.ts';
import type { House } from '../participants/houses.ts';
import { partyName } from '../participants/partners.ts';
import { readView } from '../records/views.ts';
import { addOffer, agreementCounts, type OfferRow, offerOfDataset, offerRow, offerRows, setWithdrawn } from './store.ts';

/** Filled blanks or ODRL as a policy. @throws MadangError `policy_not_enforced`, `policy_malformed` */
export const toPolicy = (input: z.infer<typeof policyInput>): Policy =>
  'choices' in input ? fromChoices(input.choices) : parsePolicy(input.odrl);

/** Describes policies with the names that a participant knows. */
export async function policyReader(ctx: Context, participant: string): Promise<(policy: Policy) => PolicyView> {
  return readWith(await partyName(ctx, participant));
}

/** The same for one that has looked the names up already. */
export function readWith(name: (did: string) => string): (policy: Policy) => PolicyView {
  return (policy) => ({ odrl: toRules(policy), sentence: sentence(policy, (did) => ({ ko: name(did), en: name(did) })) });
}

/** @throws MadangError `record_missing`, `policy_not_enforced`, `policy_malformed`, `view_field_unknown` */
export async function createOffer(ctx: Context, house: House, body: z.infer<typeof offerBody>): Promise<OfferView> {
  const row = {
    id: newUrn(),
    dataset: newUrn(),
    title: body.title,
    view: body.view,
    answer: body.answer,
    access: toPolicy(body.access),
    contract: toPolicy(body.contract),
    created_at: new Date().toISOString(),
    withdrawn_at: null,
  };
  await readView(ctx, house.id, row.view);
  await ctx.store.write(house.id, (db) => addOffer(db, house.id, row));
  ctx.changes.tell(house.id, { type: 'offer', id: row.id });
  return getOffer(ctx, house, row.id);
}

export async function listOffers(ctx: Context, house: House): Promise<OfferView[]> {
  const [rows, counts] = await ctx.store.read(house.id, (db) => Promise.all([offerRows(db), agreementCounts(db)]));
  const read = await policyReader(ctx, house.id);
  const count = new Map(counts.map((c) => [c.dataset, c.count]));
  return rows.map((row) => view(row, read, count.get(row.dataset) ?? 0));
}

/** @throws MadangError `not_found` */
export async function getOffer(ctx: Context, house: House, id: string): Promise<OfferView> {
  const [row, count] = await ctx.store.read(house.id, async (db) => {
    const found = await offerRow(db, id);
    return [found, found ? await agreementCounts(db, found.dataset) : []] as const;
  });
  if (!row) throw new MadangError('not_found', { values: { what: id } });
  return view(row, await policyReader(ctx, house.id), count[0]?.count ?? 0);
}

/** The offer behind a dataset that was agreed, withdrawn or not. @throws MadangError `dataset_unknown` */
export async function offerOf(ctx: Context, participant: string, dataset: string): Promise<OfferRow> {
  const row = await ctx.store.read(participant, (db) => offerOfDataset(db, dataset));
  if (!row) throw new MadangError('dataset_unknown', { values: { id: dataset } });
  return row;
}

/** Withdraws or restores. What is agreed already stays agreed. @throws MadangError `not_found` */
export async function withdrawOffer(ctx: Context, house: House, id: string, withdrawn: boolean): Promise<OfferView> {
  if (!(await ctx.store.write(house.id, (db) => setWithdrawn(db, id, withdrawn))))
    throw new MadangError('not_found', { values: { what: id } });
  ctx.changes.tell(house.id, { type: 'offer', id });
  return getOffer(ctx, house, id);
}

/** Exactly what the other side will get. */
export async function previewOffer(ctx: Context, house: House, id: string): Promise<unknown> {
  const { view: shown } = await getOffer(ctx, house, id);
  return readView(ctx, house.id, shown);
}

function view(row: OfferRow, read: (policy: Policy) => PolicyView, agreements: number): OfferView {
  const { id, dataset, title, view: shown, answer, created_at: createdAt, withdrawn_at: withdrawnAt } = row;
  return {
    id,
    dataset,
    title,
    view: shown,
    access: read(row.access),
    contract: read(row.contract),
    answer,
    createdAt,
    withdrawnAt,
    agreements,
  };
}

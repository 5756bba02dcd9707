import type { listQuery, offerBody, policyInput } from '@madang/core/api/bodies.ts';
import type { DatasetAbout, OfferView, PolicyView, View } from '@madang/core/api/views.ts';
import { MadangError } from '@madang/core/error.ts';
import { newUrn } from '@madang/core/id.ts';
import { fromChoices, sentence } from '@madang/core/policy/explain.ts';
import type { Policy } from '@madang/core/policy/model.ts';
import { toRules } from '@madang/core/policy/odrl.ts';
import { parsePolicy } from '@madang/core/policy/parse.ts';
import type { z } from 'zod';
import type { Context } from '../context.ts';
import { getFile } from '../files/files.ts';
import type { House } from '../participants/houses.ts';
import { partyName } from '../participants/partners.ts';
import { checkView, readView } from '../records/views.ts';
import { getService } from '../services/services.ts';
import { sieveOf } from './sieve.ts';
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

/** @throws MadangError `record_missing`, `policy_not_enforced`, `policy_malformed`, `view_field_unknown`; `not_found` for a file or service */
export async function createOffer(ctx: Context, house: House, body: z.infer<typeof offerBody>): Promise<OfferView> {
  const access = toPolicy(body.access);
  const offer = {
    id: newUrn(),
    dataset: newUrn(),
    title: body.title,
    view: body.view,
    given: body.about as Partial<DatasetAbout>,
    access,
    contract: toPolicy(body.contract),
    answer: body.answer,
    ...sieveOf(access),
  };
  await checkShown(ctx, house, offer.view);
  await addOffer(ctx.store, house.id, offer);
  ctx.changes.tell(house.id, { type: 'offer', id: offer.id });
  return getOffer(ctx, house, offer.id);
}

/** Newest first. `after`: `next` of the page before; `next` is null on the last. */
export async function listOffers(
  ctx: Context,
  house: House,
  query: z.infer<typeof listQuery>,
): Promise<{ offers: OfferView[]; next: string | null }> {
  const [rows, counts] = await ctx.store.read(house.id, async (db) => {
    const found = await offerRows(db, query);
    const datasets = found.map(({ dataset }) => dataset);
    return [found, await agreementCounts(db, datasets)] as const;
  });
  const read = await policyReader(ctx, house.id);
  const count = new Map(counts.map((c) => [c.dataset, c.count]));
  const next = rows.length === query.limit ? (rows.at(-1)?.id ?? null) : null;
  return { offers: rows.map((row) => view(row, read, count.get(row.dataset) ?? 0)), next };
}

/** @throws MadangError `not_found` */
export async function getOffer(ctx: Context, house: House, id: string): Promise<OfferView> {
  const [row, count] = await ctx.store.read(house.id, async (db) => {
    const found = await offerRow(db, id);
    return [found, found ? await agreementCounts(db, [found.dataset]) : []] as const;
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
  if (!(await setWithdrawn(ctx.store, house.id, id, withdrawn))) throw new MadangError('not_found', { values: { what: id } });
  ctx.changes.tell(house.id, { type: 'offer', id });
  return getOffer(ctx, house, id);
}

/** Exactly what the other side will get; of a file or a service what is known of it. */
export async function previewOffer(ctx: Context, house: House, id: string): Promise<unknown> {
  const { view: shown } = await getOffer(ctx, house, id);
  if (shown.kind === 'file') return { file: await getFile(ctx, house, shown.sha256) };
  if (shown.kind !== 'service') return readView(ctx, house.id, shown);
  const service = await getService(ctx, house, shown.id);
  return {
    service: { id: service.id, title: service.title, methods: service.methods, paths: service.paths, query: service.query },
  };
}

/** @throws MadangError those of `checkView`; `not_found`, `record_not_ours` */
async function checkShown(ctx: Context, house: House, shown: View): Promise<void> {
  if (shown.kind === 'service') await getService(ctx, house, shown.id);
  else if (shown.kind !== 'file') await checkView(ctx, house.id, shown);
  else {
    const { name, receivedFrom } = await getFile(ctx, house, shown.sha256);
    if (receivedFrom) throw new MadangError('record_not_ours', { values: { id: name } });
  }
}

function view(row: OfferRow, read: (policy: Policy) => PolicyView, agreements: number): OfferView {
  const { id, dataset, title, view: shown, about, answer, created_at: createdAt, withdrawn_at: withdrawnAt } = row;
  return {
    id,
    dataset,
    title,
    view: shown,
    about,
    access: read(row.access),
    contract: read(row.contract),
    answer,
    createdAt,
    withdrawnAt,
    agreements,
  };
}

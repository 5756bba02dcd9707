import type { RecordKind, View } from '@madang/core/api/views.ts';
import { contentHash } from '@madang/core/canonical.ts';
import { MadangError } from '@madang/core/error.ts';
import type { Context } from '../context.ts';
import { checkBody } from './check.ts';
import { has, project } from './project.ts';
import { newestOf, productRows } from './store.ts';

/** A record as a partner gets it. The hash is over the body as shown, so that the partner can check it. */
export interface ShownRecord {
  readonly kind: RecordKind;
  readonly id: string;
  readonly version: number;
  readonly hash: string;
  readonly body: unknown;
}

export interface ShownView {
  readonly records: readonly ShownRecord[];
}

/**
 * What a view shows right now: the newest version of each record, whole or only its declared fields.
 * @throws MadangError `record_missing`, `record_not_ours`, `view_field_unknown`, `view_incomplete` (a footprint view must stay a valid footprint)
 */
export async function readView(ctx: Context, participant: string, view: View): Promise<ShownView> {
  const rows = await ctx.store.read(participant, (db) => newestOf(db, view.kind, view.ids));
  const found = new Set(rows.map(({ id }) => id));
  const missing = view.ids.find((id) => !found.has(id));
  if (missing !== undefined) throw new MadangError('record_missing', { values: { id: missing } });
  // It came under a partner's terms, and none that we enforce lets it go on to others.
  const received = rows.find(({ received_from }) => received_from !== null);
  if (received) throw new MadangError('record_not_ours', { values: { id: received.id } });
  if (view.fields !== 'whole') {
    const unknown = view.fields.find((field) => !rows.some(({ body }) => has(body, field)));
    if (unknown !== undefined) throw new MadangError('view_field_unknown', { values: { field: unknown } });
  }
  return {
    records: await Promise.all(
      rows.map(({ kind, id, version, body }) => show(kind, id, version, view.fields === 'whole' ? body : project(body, view.fields))),
    ),
  };
}

async function show(kind: RecordKind, id: string, version: number, body: unknown): Promise<ShownRecord> {
  try {
    checkBody(kind, body, 'received');
  } catch (cause) {
    if (!(cause instanceof MadangError)) throw cause;
    throw new MadangError('view_incomplete', { values: { why_ko: cause.text.ko, why_en: cause.text.en }, data: cause.data, cause });
  }
  return { kind, id, version, hash: await contentHash(body), body };
}

/** The product ids that each of the views is about, as partners may look for them. */
export async function productsOf(ctx: Context, participant: string, views: readonly View[]): Promise<string[][]> {
  const kinds = [...Map.groupBy(views, ({ kind }) => kind)];
  const rows = await ctx.store.read(participant, (db) =>
    Promise.all(kinds.map(([kind, list]) => productRows(db, kind, [...new Set(list.flatMap(({ ids }) => ids))]))),
  );
  const known = new Map(rows.flat().map(({ kind, id, products }) => [`${kind}/${id}`, products]));
  return views.map(({ kind, ids }) => [...new Set(ids.flatMap((id) => productIds(kind, id, known.get(`${kind}/${id}`))))]);
}

function productIds(kind: RecordKind, id: string, products: unknown): string[] {
  const ids = Array.isArray(products) ? products.filter((product) => typeof product === 'string') : [];
  return kind === 'footprint' ? ids : [...ids, id];
}

/** Whether a part number of ours and a partner's product ids mean the same: the URN itself, or the number at its end. */
export function sameProduct(component: string, ids: readonly string[]): boolean {
  const wanted = decodeLast(component);
  return wanted !== '' && ids.some((id) => id === component || decodeLast(id) === component || decodeLast(id) === wanted);
}

function decodeLast(urn: string): string {
  const last = urn.slice(urn.lastIndexOf(':') + 1);
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

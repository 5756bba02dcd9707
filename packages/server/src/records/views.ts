import type { RecordKind, View } from '@madang/core/api/views.ts';
import { contentHash } from '@madang/core/canonical.ts';
import { MadangError } from '@madang/core/error.ts';
import type { Context } from '../context.ts';
import { checkBody } from './check.ts';
import { has, project } from './project.ts';
import { newestOf } from './store.ts';

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
 * @throws MadangError `record_missing`, `view_field_unknown`, `view_incomplete` (a footprint view must stay a valid footprint)
 */
export async function readView(ctx: Context, participant: string, view: View): Promise<ShownView> {
  const rows = await ctx.store.read(participant, (db) => newestOf(db, view.kind, view.ids));
  const missing = view.ids.find((id) => !rows.some((row) => row.id === id));
  if (missing !== undefined) throw new MadangError('record_missing', { values: { id: missing } });
  if (view.fields !== 'whole') {
    const unknown = view.fields.find((field) => !rows.some(({ body }) => has(body, field)));
    if (unknown !== undefined) throw new MadangError('view_field_unknown', { values: { field: unknown } });
  }
  return { records: await Promise.all(rows.map(({ kind, id, version, body }) => show(kind, id, version, view.fields === 'whole' ? body : project(body, view.fields)))) };
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

/** The product ids that a view is about, as partners may look for them. */
export async function productsOf(ctx: Context, participant: string, view: View): Promise<string[]> {
  const rows = await ctx.store.read(participant, (db) => newestOf(db, view.kind, view.ids));
  return [...new Set(rows.flatMap(({ id, body }) => [...productIds(body), ...(view.kind === 'footprint' ? [] : [id])]))];
}

function productIds(body: unknown): string[] {
  const ids = (body as { productIds?: unknown } | null)?.productIds;
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
}

/** Whether a part number of ours and a partner's product ids mean the same: the URN itself, or the number at its end. */
export function sameProduct(component: string, ids: readonly string[]): boolean {
  return ids.some((id) => id === component || decodeLast(id) === component || decodeLast(id) === decodeLast(component));
}

function decodeLast(urn: string): string {
  const last = urn.slice(urn.lastIndexOf(':') + 1);
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

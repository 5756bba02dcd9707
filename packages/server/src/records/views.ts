import type { RecordKind, RecordsView } from '@madang/core/api/views.ts';
import { contentHash } from '@madang/core/canonical.ts';
import { MadangError } from '@madang/core/error.ts';
import type { Context } from '../context.ts';
import { checkBody } from './check.ts';
import { has, project } from './project.ts';
import { newestOf, type RecordRow } from './store.ts';

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

/** So many records are in memory at once. */
const PART = 100;

/** The newest version of each record of a view, part by part. @throws MadangError `record_missing`, `record_not_ours` */
async function* rowsOf(ctx: Context, participant: string, { kind, ids }: RecordsView): AsyncGenerator<RecordRow[]> {
  for (let i = 0; i < ids.length; i += PART) {
    const wanted = ids.slice(i, i + PART);
    const rows = await ctx.store.read(participant, (db) => newestOf(db, kind, wanted));
    const found = new Set(rows.map(({ id }) => id));
    const missing = wanted.find((id) => !found.has(id));
    if (missing !== undefined) throw new MadangError('record_missing', { values: { id: missing } });
    yield rows;
  }
}

/** A record as a view shows it. @throws MadangError `record_not_ours`, `view_incomplete` (a footprint view must stay a valid footprint) */
export function showRecord({ kind, id, version, body, received_from: from }: RecordRow, { fields }: RecordsView): Promise<ShownRecord> {
  // It came under a partner's terms, and none that we enforce lets it go on to others.
  if (from !== null) throw new MadangError('record_not_ours', { values: { id } });
  return show(kind, id, version, fields === 'whole' ? body : project(body, fields));
}

/**
 * What a view shows right now, part by part: the newest version of each record, whole or only its declared fields.
 * @throws MadangError `record_missing`, `record_not_ours`, `view_incomplete`
 */
export async function* viewInParts(ctx: Context, participant: string, view: RecordsView): AsyncGenerator<ShownRecord[]> {
  for await (const rows of rowsOf(ctx, participant, view)) yield await Promise.all(rows.map((row) => showRecord(row, view)));
}

/** The same, whole, for a person who looks at it. @throws MadangError as `checkView` */
export async function readView(ctx: Context, participant: string, view: RecordsView): Promise<ShownView> {
  await checkFields(ctx, participant, view);
  const records: ShownRecord[] = [];
  for await (const part of viewInParts(ctx, participant, view)) records.push(...part);
  return { records };
}

/** Whether a view could be shown now. @throws MadangError `record_missing`, `record_not_ours`, `view_field_unknown`, `view_incomplete` */
export async function checkView(ctx: Context, participant: string, view: RecordsView): Promise<void> {
  await checkFields(ctx, participant, view);
  for await (const _ of viewInParts(ctx, participant, view));
}

async function checkFields(ctx: Context, participant: string, view: RecordsView): Promise<void> {
  if (view.fields === 'whole') return;
  const unknown = new Set(view.fields);
  for await (const rows of rowsOf(ctx, participant, view))
    for (const field of unknown) if (rows.some(({ body }) => has(body, field))) unknown.delete(field);
  for (const field of unknown) throw new MadangError('view_field_unknown', { values: { field } });
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

import type { RecordsView } from '@madang/core/api/views.ts';
import { canonical } from '@madang/core/canonical.ts';
import type { Context } from '../context.ts';
import type { Reader } from '../db/store.ts';
import { project } from './project.ts';
import { newestPlaces, type Place, type PlacedRow, placesAfter, type RecordRow, rowsAt, rowsOfVersions, type VersionRef } from './store.ts';
import { type ShownRecord, showRecord } from './views.ts';

/** One version of a record of a view. `seq`: where to go on after it. */
export type FeedLine = { readonly seq: number } & ({ readonly record: ShownRecord } | { readonly removed: VersionRef });

/** So many versions are in memory at once, and of so many others it is looked whether they concern the view. */
const PART = 300;
const LOOKED_AT = 2_000;

/**
 * What a view shows at this moment, in the order of the versions; it is begun again after a break. Only its last line says from where to go on:
 * a version whose projection is the one before it is not told later, so nobody may go on from the middle.
 * @throws MadangError as `showRecord`
 */
export async function* snapshot(ctx: Context, participant: string, view: RecordsView): AsyncGenerator<FeedLine[], number> {
  const { places, last } = await ctx.store.read(participant, (db) => newestPlaces(db, view.kind, view.ids));
  for (let i = 0; i < places.length; i += PART) {
    const seqs = places.slice(i, i + PART).map(({ seq }) => seq);
    const rows = await ctx.store.read(participant, (db) => rowsAt(db, seqs));
    const lines = await Promise.all(rows.map((row) => toLine(row, view)));
    const isLast = i + PART >= places.length;
    yield lines.map((line, at) => ({ ...line, seq: isLast && at === lines.length - 1 ? last : 0 }));
  }
  return last;
}

/**
 * The versions after a place that change what the view shows, in order, and the place that is then reached. `more`: there are others already.
 * @throws MadangError as `showRecord`
 */
export async function linesAfter(
  ctx: Context,
  participant: string,
  view: RecordsView,
  ids: ReadonlySet<string>,
  after: number,
): Promise<{ readonly lines: FeedLine[]; readonly at: number; readonly more: boolean }> {
  // One look at the store, whether something is there or not: many subscriptions may look at once.
  const { places, mine, rows } = await ctx.store.read(participant, async (db) => {
    const all = await placesAfter(db, after, LOOKED_AT);
    const concerned = all.filter(({ kind, id }) => kind === view.kind && ids.has(id));
    return { places: all, mine: concerned, rows: concerned.length === 0 ? [] : await changesAt(db, view, concerned.slice(0, PART)) };
  });
  const lines = await Promise.all(rows.map((row) => toLine(row, view)));
  const cut = mine.length > PART;
  return { lines, at: (cut ? mine[PART - 1] : places.at(-1))?.seq ?? after, more: cut || places.length === LOOKED_AT };
}

/** The versions at these places, but for those that show just what the ones before them showed. */
async function changesAt(db: Reader, view: RecordsView, places: readonly Place[]): Promise<PlacedRow[]> {
  const seqs = places.map(({ seq }) => seq);
  const rows = await rowsAt(db, seqs);
  // A version always differs from the one before it; what of it is shown need not.
  if (view.fields === 'whole') return rows;
  const before = await rowsOfVersions(
    db,
    view.kind,
    rows.map(({ id, version }) => ({ id, version: version - 1 })),
  );
  const earlier = new Map(before.map((row) => [`${row.version + 1} ${row.id}`, row]));
  return rows.filter((row) => shownText(row, view) !== shownText(earlier.get(`${row.version} ${row.id}`), view));
}

const shownText = (row: RecordRow | undefined, { fields }: RecordsView): string | undefined =>
  row === undefined || row.body === null || fields === 'whole' ? undefined : canonical(project(row.body, fields));

async function toLine(row: PlacedRow, view: RecordsView): Promise<FeedLine> {
  const { kind, id, version } = row;
  const seq = Number(row.seq);
  return row.body === null ? { seq, removed: { kind, id, version } } : { seq, record: await showRecord(row, view) };
}

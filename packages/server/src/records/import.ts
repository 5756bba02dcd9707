import { createHash } from 'node:crypto';
import type { ImportView } from '@madang/core/api/views.ts';
import { contentHash } from '@madang/core/canonical.ts';
import { MadangError } from '@madang/core/error.ts';
import type { BomLine } from '@madang/core/footprint/bom.ts';
import type { Text } from '@madang/core/text.ts';
import { toUtc } from '@madang/core/time.ts';
import type { Context } from '../context.ts';
import type { House } from '../participants/houses.ts';
import { listPartners } from '../participants/partners.ts';
import { type ReadRecord, readApart } from './import/apart.ts';
import type { ImportKind } from './import/tables.ts';
import { appendRecords, linesOf, newestOf, REMOVED } from './store.ts';

/**
 * Takes a file in whole or not at all, in one transaction.
 * @throws MadangError `import_duplicate` for the same bytes again; see import/read.ts for what is wrong inside a file
 */
export async function importFile(ctx: Context, house: House, kind: ImportKind, name: string, bytes: Uint8Array): Promise<ImportView> {
  const partners = await listPartners(ctx, house.id);
  const context = { companyName: house.name, companyIds: [companyUrn(house)], domain: house.id, now: new Date().toISOString() };
  const { records, notices } = await readApart({ bytes, kind, context, partners });
  const known = kind === 'footprint' ? await sameBut(ctx, house, records) : records;
  const left = kind === 'bom' ? await leftOut(ctx, house, records) : [];
  const prepared = [...known, ...left].map((r) => ({ ...r, writtenBy: house.did }));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { stored, unchanged, duplicate } = await appendRecords(ctx.store, house.id, { records: prepared, file: { kind, sha256, name } });
  if (duplicate)
    throw new MadangError('import_duplicate', { values: { name: duplicate.name, at: minuteOf(duplicate.imported_at) }, data: duplicate });
  for (const { id } of stored) ctx.changes.tell(house.id, { type: 'record', id });
  return {
    kind,
    file: name,
    stored: stored.length - left.length,
    unchanged: unchanged.length,
    ids: records.map(({ id }) => id),
    notices: left.length > 0 ? [...notices, removedNotice(left.length)] : notices,
  };
}

/** A bill of materials is given whole: the lines of its products that the file no longer has, as versions that remove them. */
async function leftOut(ctx: Context, house: House, records: readonly ReadRecord[]): Promise<ReadRecord[]> {
  const ids = new Set(records.map(({ id }) => id));
  const items = new Set(records.map(({ body }) => (body as BomLine).item));
  const rows = await ctx.store.read(house.id, async (db) => (await Promise.all([...items].map((item) => linesOf(db, item)))).flat());
  return rows.filter(({ id }) => !ids.has(id)).map(({ kind, id }) => ({ kind, id, body: null, hash: REMOVED }));
}

const removedNotice = (count: number): Text => ({
  ko: `파일에 없는 행 ${count}개를 자재명세에서 지웠습니다. 이전 판은 남아 있습니다.`,
  en: `Removed ${count} line(s) that the file does not have from the bill of materials. Earlier versions are kept.`,
});

/** Footprints with the day on which one of the same id and the same content came first: it is the only thing that a second import would change. */
async function sameBut(ctx: Context, house: House, records: readonly ReadRecord[]): Promise<readonly ReadRecord[]> {
  const rows = await ctx.store.read(house.id, (db) =>
    newestOf(
      db,
      'footprint',
      records.map(({ id }) => id),
    ),
  );
  const before = new Map(rows.map((row) => [row.id, row]));
  return Promise.all(
    records.map(async (record) => {
      const row = before.get(record.id);
      if (!row || row.hash === record.hash) return record;
      const { created } = row.body as { created: string };
      const same = (await contentHash({ ...(record.body as object), created })) === row.hash;
      return same ? { ...record, body: row.body, hash: row.hash } : record;
    }),
  );
}

/** PACT wants company ids as URNs; a DID goes into one as its own value. */
export const companyUrn = (house: House): string => `urn:pact:company:customcode:supplier-id:${encodeURIComponent(house.did)}`;

/** As a person reads it: `2026-11-24 16:03 UTC`. */
const minuteOf = (instant: string): string => `${toUtc(instant).slice(0, 16).replace('T', ' ')} UTC`;

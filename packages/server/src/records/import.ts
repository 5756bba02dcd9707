import { createHash } from 'node:crypto';
import type { ImportView } from '@madang/core/api/views.ts';
import { MadangError } from '@madang/core/error.ts';
import type { Context } from '../context.ts';
import type { House } from '../participants/houses.ts';
import { listPartners } from '../participants/partners.ts';
import { readFile } from './import/read.ts';
import type { ImportKind } from './import/tables.ts';
import { ownRecord } from './records.ts';
import { appendRecords } from './store.ts';

/**
 * Takes a file in whole or not at all, in one transaction.
 * @throws MadangError `import_duplicate` for the same bytes again; see import/read.ts for what is wrong inside a file
 */
export async function importFile(ctx: Context, house: House, kind: ImportKind, name: string, bytes: Uint8Array): Promise<ImportView> {
  const partners = await listPartners(ctx, house.id);
  const wanted = (text: string) => text.trim().replace(/^partner:/i, '').toLowerCase();
  const resolvePartner = (text: string) => partners.find((p) => [p.did, p.shortName, p.name].some((n) => n.toLowerCase() === wanted(text)))?.did ?? null;
  const context = { companyName: house.name, companyIds: [companyUrn(house)], domain: house.id, now: new Date().toISOString(), resolvePartner };

  const { records, notices } = readFile({ bytes, kind, context });
  const prepared = await Promise.all(records.map((r) => ownRecord(house, r.kind, r.id, r.body)));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { stored, unchanged, duplicate } = await appendRecords(ctx.store, house.id, { records: prepared, file: { kind, sha256, name } });
  if (duplicate) throw new MadangError('import_duplicate', { values: { name: duplicate.name, at: duplicate.imported_at }, data: duplicate });
  for (const { id } of stored) ctx.changes.tell(house.id, { type: 'record', id });
  return { kind, file: name, stored: stored.length, unchanged: unchanged.length, ids: records.map(({ id }) => id), notices };
}

/** PACT wants company ids as URNs; a DID goes into one as its own value. */
export const companyUrn = (house: House): string => `urn:pact:company:customcode:supplier-id:${encodeURIComponent(house.did)}`;

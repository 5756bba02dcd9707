import { MadangError } from '@madang/core/error.ts';
import type { BomLine } from '@madang/core/footprint/bom.ts';
import type { Footprint } from '@madang/core/footprint/pact.ts';
import type { Item } from '@madang/core/item.ts';
import type { Text } from '@madang/core/text.ts';
import { bomRecord } from './bom.ts';
import type { ImportContext } from './column.ts';
import { readCsv } from './csv.ts';
import { ASSUMED_NOTICE, footprintRecord } from './footprint.ts';
import type { Grid } from './grid.ts';
import { itemRecord } from './item.ts';
import { readJson } from './json.ts';
import { fileTypeOf } from './kind.ts';
import { fileTooLarge, IMPORT_LIMITS } from './limits.ts';
import { type RowProblem, rejected } from './problem.ts';
import { type ReadRow, readRows } from './rows.ts';
import { type ImportKind, TABLES } from './tables.ts';
import { readXlsx } from './xlsx.ts';

export type ImportedRecord =
  | { readonly kind: 'item'; readonly id: string; readonly body: Item }
  | { readonly kind: 'bom-line'; readonly id: string; readonly body: BomLine }
  | { readonly kind: 'footprint'; readonly id: string; readonly body: Footprint };

export interface ImportResult {
  readonly kind: ImportKind;
  readonly records: readonly ImportedRecord[];
  /** What was read otherwise than a person may expect; nothing that must be corrected. */
  readonly notices: readonly Text[];
}

interface ImportFile {
  /** Bytes of the whole file, at most `IMPORT_LIMITS.fileBytes`. */
  readonly bytes: Uint8Array;
  readonly kind: ImportKind;
  readonly context: ImportContext;
}

/**
 * Reads a supplier's file, whole or not at all: XLSX, CSV, or for footprints PACT 3 JSON, told apart by content. Every row is checked
 * before anything is said, so one answer has all there is to correct.
 *
 * Errors, all with `data: Rejection` where a place in the file can be named: `import_rejected`, `import_merged_header`, `import_empty`,
 * `import_no_rows`, `import_file_type`, `import_encrypted`, `import_damaged`, `import_unpacked_too_large`, `import_too_many_rows`, `too_large`.
 */
export function readFile({ bytes, kind, context }: ImportFile): ImportResult {
  if (bytes.length > IMPORT_LIMITS.fileBytes) throw fileTooLarge();
  const type = fileTypeOf(bytes);
  if (type === 'json') {
    if (kind !== 'footprint') throw new MadangError('import_file_type', { values: { found: 'JSON' } });
    const { footprints, notices } = readJson(bytes, context);
    return { kind, records: footprints.map((body) => ({ kind: 'footprint', id: body.id, body })), notices };
  }
  const { sheet } = TABLES[kind];
  return readGrid(kind, type === 'xlsx' ? readXlsx(bytes, [sheet.ko, sheet.en]) : readCsv(bytes), context);
}

function readGrid(kind: ImportKind, grid: Grid, context: ImportContext): ImportResult {
  if (grid.rows.length === 0) throw new MadangError('import_empty');
  const { rows, notices, problems } = readRows(TABLES[kind], grid, context);
  const records: ImportedRecord[] = [];
  const found: RowProblem[] = [...problems];
  for (const row of rows) {
    const record = row.readable ? recordOf(kind, row, context) : [];
    if (Array.isArray(record)) found.push(...record);
    else records.push(record);
  }
  if (found.length > 0) throw rejected(found);
  if (rows.length === 0) throw new MadangError('import_no_rows');
  return { kind, records, notices: [...grid.notices, ...notices, ...(kind === 'footprint' ? [ASSUMED_NOTICE] : [])] };
}

function recordOf(kind: ImportKind, row: ReadRow, context: ImportContext): ImportedRecord | RowProblem[] {
  switch (kind) {
    case 'item': {
      const record = itemRecord(row, context);
      return Array.isArray(record) ? record : { kind, ...record };
    }
    case 'bom': {
      const record = bomRecord(row);
      return Array.isArray(record) ? record : { kind: 'bom-line', ...record };
    }
    case 'footprint': {
      const record = footprintRecord(row, context);
      return Array.isArray(record) ? record : { kind, ...record };
    }
  }
}

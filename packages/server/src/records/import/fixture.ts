import assert from 'node:assert/strict';
import { utils, write } from '@e965/xlsx';
import { MadangError } from '@madang/core/error.ts';
import type { ImportContext } from './column.ts';
import type { Rejection } from './problem.ts';
import { type ImportResult, readFile } from './read.ts';
import type { ImportKind } from './tables.ts';

/** The person's side of an import in tests: two partners are known. */
export const context: ImportContext = {
  companyName: '누리들셀',
  companyIds: ['urn:pact:nurideul.example:supplier-id:1'],
  domain: 'nurideul.example',
  now: '2026-11-24T00:00:00Z',
  resolvePartner: (text) => ({ 'partner:daon': 'did:web:daon.example', 다온양극: 'did:web:daon.example' })[text] ?? null,
};

export const read = (kind: ImportKind, bytes: Uint8Array | string): ImportResult =>
  readFile({ kind, context, bytes: typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes });

/** The refusal of a file. */
export function refusal(kind: ImportKind, bytes: Uint8Array | string): MadangError {
  try {
    read(kind, bytes);
  } catch (error) {
    assert.ok(error instanceof MadangError, String(error));
    return error;
  }
  assert.fail('the file was read');
}

export const rejection = (kind: ImportKind, bytes: Uint8Array | string): Rejection => refusal(kind, bytes).data as Rejection;

/** Row, column, cell and found of each problem, as short text. */
export const places = (kind: ImportKind, bytes: Uint8Array | string): string[] =>
  rejection(kind, bytes).errors.map((e) => `${e.row} ${e.column} ${e.cell ?? '-'} ${e.found}`);

/** Cells and other parts of a sheet by their key in the library: `G2`, `!merges`. */
export type SheetChange = Readonly<Record<string, unknown>>;

/** An XLSX with one sheet, some of whose cells or other parts are replaced. */
export function xlsxOf(rows: unknown[][], change: SheetChange = {}, name = 'Sheet1'): Uint8Array {
  const sheet = Object.assign(utils.aoa_to_sheet(rows), change);
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet, name);
  return new Uint8Array(write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) as Buffer);
}

export const BOM_HEADINGS = [
  '제품 ID',
  '행',
  '구분',
  '이름',
  '부품 ID',
  '공급사',
  '수량',
  '단위',
  '단계',
  '배출계수',
  '자료 구분',
  '출처',
  '상태',
  '비고',
];
export const BOM_ROW = [
  'cell-250',
  '10',
  '부품',
  '양극재',
  'cam-811',
  'partner:daon',
  '0.3644',
  'kg',
  '원료',
  '28.706',
  '2차',
  'DB 2025',
  '보도·간접 확인',
  '',
];

/** A CSV of bill-of-materials rows, each the right row with some columns changed by heading. */
export function bomCsv(...changes: Record<string, string>[]): string {
  const rows = changes.map((change, i) =>
    BOM_HEADINGS.map((heading, c) => change[heading] ?? (heading === '행' ? String(10 * (i + 1)) : BOM_ROW[c]!)),
  );
  return [BOM_HEADINGS, ...rows].map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(',')).join('\n');
}

export const FOOTPRINT_HEADINGS = [
  'product id',
  'product name',
  'declared unit',
  'declared amount',
  'mass per unit (kg)',
  'period start',
  'period end',
  'country',
  'footprint (kg CO2e)',
  'standard',
  'source',
  'status',
];
export const FOOTPRINT_ROW = [
  'cam-811',
  'NMC811 cathode',
  'kg',
  '1',
  '1',
  '2025-01-01',
  '2025-12-31',
  'KR',
  '28.706',
  'ISO 14067',
  'own',
  'verified',
];

export function footprintCsv(change: Record<string, string> = {}): string {
  const headings = [...new Set([...FOOTPRINT_HEADINGS, ...Object.keys(change)])];
  const row = headings.map((heading, c) => change[heading] ?? FOOTPRINT_ROW[c] ?? '');
  return [headings, row].map((cells) => cells.map((text) => `"${text}"`).join(',')).join('\r\n');
}

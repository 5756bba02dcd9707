import type { Table } from './column.ts';
import { BOM } from './table-bom.ts';
import { FOOTPRINT } from './table-footprint.ts';
import { ITEM } from './table-item.ts';

export const IMPORT_KINDS = ['item', 'bom', 'footprint'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** The sheets that a participant's people fill in: what `readFile` reads and `template` writes. */
export const TABLES: Readonly<Record<ImportKind, Table>> = { item: ITEM, bom: BOM, footprint: FOOTPRINT };

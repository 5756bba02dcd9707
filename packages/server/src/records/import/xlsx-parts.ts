import { CFB } from '@e965/xlsx';
import { MadangError } from '@madang/core/error.ts';
import { IMPORT_LIMITS, occurrences, tooManyRows } from './limits.ts';
import { unzip } from './zip.ts';

/** What a formula cell without a stored result is given, because the parser would report zero. */
export const UNCALCULATED = '#UNCALCULATED';

const UNCALCULATED_CELL =
  /<((?:\w+:)?)c((?: [^<>]*)?)>\s*(<(?:\w+:)?f\b[^<>]*(?:\/>|>[^<]*<\/(?:\w+:)?f>))\s*(?:<(?:\w+:)?v\s*\/>|<(?:\w+:)?v>\s*<\/(?:\w+:)?v>)?\s*<\/(?:\w+:)?c>/g;
/** `<c>`, `<v>` and their ends. */
const TAGS_PER_CELL = 4;
const TYPE = / t="(\w+)"/;
const UNUSED = /^xl\/(media|drawings|embeddings|charts|pivotCache|pivotTables|printerSettings|externalLinks|vbaProject)/;

/**
 * An XLSX repacked without compression and without pictures, drawings and macros, after the checks of `unzip`: the parser sees the very
 * bytes that were measured. Errors: those of `unzip`, `import_too_many_rows`, and `import_file_type` for another kind of ZIP file.
 */
export function repack(bytes: Uint8Array): Uint8Array {
  const parts = unzip(bytes, (name) => !UNUSED.test(name) && !name.endsWith('/'));
  if (![...parts.keys()].some((name) => /^xl\/workbook\w*\.xml$/.test(name))) {
    throw new MadangError('import_file_type', { values: { found: kindOfZip(parts) } });
  }
  const most = IMPORT_LIMITS.cells * TAGS_PER_CELL;
  const tags = [...parts.values()].reduce((sum, part) => sum + occurrences(part, '<', most), 0);
  if (tags >= most) throw tooManyRows();
  const container = CFB.utils.cfb_new();
  for (const [name, part] of parts) CFB.utils.cfb_add(container, name, markUncalculated(name, part), { unsafe: true });
  return CFB.write(container, { fileType: 'zip', type: 'buffer' });
}

function kindOfZip(parts: Map<string, Uint8Array>): string {
  if (parts.has('xl/workbook.bin')) return '.xlsb';
  if (parts.has('content.xml')) return '.ods';
  if (parts.has('word/document.xml')) return '.docx';
  return '.zip';
}

function markUncalculated(name: string, part: Uint8Array): Uint8Array {
  const bytes = Buffer.from(part.buffer, part.byteOffset, part.byteLength);
  if (!name.endsWith('.xml') || !bytes.includes('sheetData') || !/<(?:\w+:)?f[ >/]/.test(bytes.toString('latin1'))) return part;
  const marked = bytes.toString('latin1').replaceAll(UNCALCULATED_CELL, (cell, prefix: string, attributes: string, formula: string) => {
    const type = TYPE.exec(attributes)?.[1] ?? 'n';
    if (type !== 'n') return cell;
    return `<${prefix}c${attributes.replace(TYPE, '')} t="e">${formula}<${prefix}v>${UNCALCULATED}</${prefix}v></${prefix}c>`;
  });
  return Buffer.from(marked, 'latin1');
}

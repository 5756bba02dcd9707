import { errorOf } from '@madang/client/error.ts';
import type { StoredFile } from '@madang/core/api/views.ts';

/** Text is read up to here: some screens full. */
export const TEXT_BYTES = 64 * 1024;
/** Larger pictures are not drawn unasked. */
export const IMAGE_BYTES = 5_000_000;

export type PreviewKind = 'image' | 'table' | 'text' | 'large' | 'none';

const IMAGES = /^image\/(png|jpeg|gif|webp|avif|bmp|svg\+xml)$/;
const TEXTS = /^text\/|[/+](json|xml|yaml)$|^application\/(x-ndjson|ndjson|vnd\.madang\.records\+ndjson|x-yaml|javascript)$/;

/** How a file can be looked at here. */
export function previewKind({ mediaType, size }: Pick<StoredFile, 'mediaType' | 'size'>): PreviewKind {
  const type = mediaType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (IMAGES.test(type)) return size > IMAGE_BYTES ? 'large' : 'image';
  if (type === 'text/csv') return 'table';
  return TEXTS.test(type) ? 'text' : 'none';
}

/** Where the bytes of a file are; for links and pictures, too: the cookie goes along. */
export const contentAddress = (participant: string, sha256: string): string =>
  `/participants/${encodeURIComponent(participant)}/api/files/${sha256}/content`;

/** At most so many bytes of the beginning; asked for by a Range, so that of a large file no more is sent. Throws ApiError. */
export async function firstBytes(address: string, most: number, signal: AbortSignal): Promise<Uint8Array> {
  const answer = await fetch(address, { headers: { range: `bytes=0-${most - 1}` }, signal });
  if (!answer.ok) throw await errorOf(answer, address);
  return new Uint8Array(await answer.arrayBuffer()).subarray(0, most);
}

/** The first bytes of a file as text: UTF-8, else the encoding that Korean spreadsheets write. A letter cut off at the end is left out. */
export function textOf(bytes: Uint8Array): string {
  for (const encoding of ['utf-8', 'euc-kr']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    } catch {
      // Not this one.
    }
  }
  return new TextDecoder('utf-8').decode(bytes);
}

/** JSON laid out to be read, where the text is the whole of one; else as it is. */
export function laidOut(text: string, isWhole: boolean): string {
  if (!isWhole) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** The first rows of a CSV text; the separator is the one that the first line has most of. A row that was cut off is left out. */
export function rowsOf(text: string, most: number, isWhole: boolean): { rows: string[][]; isAll: boolean } {
  const body = text.replace(/^\uFEFF/, '');
  const head = body.split(/\r?\n/, 1)[0] ?? '';
  const separator = [',', ';', '\t'].reduce((best, s) => (head.split(s).length > head.split(best).length ? s : best), ',');
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endRow = () => {
    rows.push([...row, cell]);
    row = [];
    cell = '';
  };
  for (let i = 0; i < body.length; i += 1) {
    const letter = body[i] ?? '';
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (body[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else quoted = false;
    } else if (letter === '"' && cell === '') quoted = true;
    else if (letter === separator) {
      row.push(cell);
      cell = '';
    } else if (letter === '\n') {
      endRow();
      if (rows.length > most) return { rows: rows.slice(0, most), isAll: false };
    } else if (letter !== '\r') cell += letter;
  }
  if (isWhole && (cell !== '' || row.length > 0)) endRow();
  return { rows: rows.slice(0, most), isAll: isWhole && rows.length <= most };
}

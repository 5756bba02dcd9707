import { read, utils, type WorkBook, write } from '@e965/xlsx';

/**
 * A template of the server filled in as a clerk would in a spreadsheet: the example row written over by the rows of a CSV file, each value
 * under its heading, figures as numbers. The same input gives the same bytes.
 */
export function fillTemplate(template: Uint8Array, csv: string): Uint8Array<ArrayBuffer> {
  const [heads = [], ...rows] = cells(read(csv.replace(/^\uFEFF/, ''), { type: 'string', raw: true }));
  const book = read(template);
  const [wanted = []] = cells(book);
  const strange = heads.filter((head) => !wanted.includes(head));
  if (strange.length > 0) throw new RangeError(`the template has no column ${strange.join(', ')}`);
  const values = rows.map((row) => wanted.map((head) => typed(row[heads.indexOf(head)])));
  const sheet = first(book);
  for (const address of Object.keys(sheet)) if (/^[A-Z]+[1-9]/.test(address) && !/^[A-Z]+1$/.test(address)) delete sheet[address];
  utils.sheet_add_aoa(sheet, values, { origin: 'A2' });
  return new Uint8Array(write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) as Buffer);
}

const first = (book: WorkBook) => book.Sheets[book.SheetNames[0]!]!;
const cells = (book: WorkBook) => utils.sheet_to_json<string[]>(first(book), { header: 1, raw: false });

function typed(text: string | undefined): string | number | null {
  if (text === undefined || text === '') return null;
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

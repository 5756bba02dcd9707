import { Readable } from 'node:stream';
import type { RecordsView } from '@madang/core/api/views.ts';
import type { Context } from '../context.ts';
import type { House } from '../participants/houses.ts';
import { type ShownRecord, viewInParts } from '../records/views.ts';

/** Records, one a line: stored by another house as records, not as a file. */
export const RECORDS = 'application/vnd.madang.records+ndjson';
const NDJSON = 'application/x-ndjson';
const JSON_TYPE = 'application/json';

/** What goes out, at the pace of the one who reads. */
export interface Body {
  readonly type: string;
  readonly stream: Readable;
}

/** The form that was asked for first and is known; JSON if none is. */
function typeFor(accept: string | undefined): string {
  const asked = (accept ?? '').split(',').map((range) => range.split(';')[0]?.trim().toLowerCase() ?? '');
  return [RECORDS, NDJSON].find((type) => asked.includes(type)) ?? JSON_TYPE;
}

/**
 * A view of records in the form that was asked for. What hinders it before its first part is thrown; later it fails the stream.
 * @throws MadangError `record_missing`, `record_not_ours`, `view_incomplete`
 */
export async function recordsBody(ctx: Context, house: House, view: RecordsView, accept: string | undefined): Promise<Body> {
  const type = typeFor(accept);
  const parts = viewInParts(ctx, house.id, view);
  const first = await parts.next();
  const texts = type === JSON_TYPE ? asJson(first, parts) : asLines(first, parts);
  return { type, stream: Readable.from(texts, { objectMode: false }) };
}

type Parts = AsyncGenerator<ShownRecord[]>;
type First = IteratorResult<ShownRecord[]>;

async function* whole(first: First, parts: Parts): Parts {
  if (first.done) return;
  yield first.value;
  yield* parts;
}

async function* asJson(first: First, parts: Parts): AsyncGenerator<Buffer> {
  let before = '{"records":[';
  for await (const part of whole(first, parts)) {
    if (part.length === 0) continue;
    yield Buffer.from(before + part.map((record) => JSON.stringify(record)).join());
    before = ',';
  }
  yield Buffer.from(before === ',' ? ']}' : `${before}]}`);
}

async function* asLines(first: First, parts: Parts): AsyncGenerator<Buffer> {
  for await (const part of whole(first, parts)) yield Buffer.from(part.map((record) => `${JSON.stringify(record)}\n`).join(''));
}

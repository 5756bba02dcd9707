import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { constants, createGzip } from 'node:zlib';
import * as build from '@madang/core/dsp/build.ts';
import { checkOutgoing } from '@madang/core/dsp/message.ts';
import type { Evidence } from '@madang/core/policy/model.ts';
import type { Context } from '../context.ts';
import type { Reader } from '../db/store.ts';
import type { House } from '../participants/houses.ts';
import { toCursor } from './cursor.ts';
import { describe } from './describe.ts';
import { findPage, type Page, placeOf, type Wanted } from './page.ts';
import { entries } from './store.ts';

/** A page of the catalogue, ready to be sent: its head is decided, its datasets are still being read. */
export interface CatalogAnswer {
  /** Over what this partner sees of this page, and nothing else. */
  readonly etag: string;
  readonly link: string | undefined;
  /** Parts of one JSON text. Null when the partner has it already. */
  readonly parts: ReadableStream<string> | null;
}

/** Datasets that are read and sent at once: the first few soon. */
const FIRST = 10;
const REST = 50;

/**
 * Finds what the partner may see of a page, answers with the head of the page, and reads the datasets while they are sent; all from one
 * consistent state, and as fast as the database gives them, so that a slow reader holds nothing here but its own answer.
 * @param known the entity tags that the partner names
 */
export function openCatalog(ctx: Context, house: House, evidence: Evidence, wanted: Wanted, known: string): Promise<CatalogAnswer> {
  const head = Promise.withResolvers<CatalogAnswer>();
  const read = ctx.store.read(house.id, async (db) => {
    const page = await findPage(db, evidence, wanted);
    const { etag, link } = headOf(house, wanted, page);
    if (isKnown(known, etag)) return head.resolve({ etag, link, parts: null });
    const { readable, send, end, fail } = pipe();
    head.resolve({ etag, link, parts: readable });
    await sendPage(db, house, page, send).then(end, (error: unknown) => {
      ctx.log.error({ err: error }, 'catalogue');
      fail(error);
    });
  });
  read.catch(head.reject);
  return head.promise;
}

function headOf(house: House, { filter, after, before }: Wanted, { offers, more }: Page): { etag: string; link: string | undefined } {
  const [first, last] = [offers[0], offers.at(-1)];
  const rest = { ...filter, offset: 0 };
  const to = (rel: string, place: object) => `<${house.dsp}/catalog/request?page=${toCursor({ filter: rest, ...place })}>; rel="${rel}"`;
  const links = [
    ...(last && (before || more) ? [to('next', { after: placeOf(last) })] : []),
    ...(first && (before ? more : after || filter.offset > 0) ? [to('previous', { before: placeOf(first) })] : []),
  ];
  const link = links.length > 0 ? links.join(', ') : undefined;
  const seen = createHash('sha256').update(JSON.stringify([house.dsp, link, offers.map(({ id, mark }) => [id, mark])]));
  return { etag: `W/"${seen.digest('base64url').slice(0, 22)}"`, link };
}

/** `If-None-Match` (RFC 9110, 13.1.2): compared without regard to weakness. */
const isKnown = (given: string, etag: string): boolean =>
  given.trim() === '*' || given.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag.replace(/^W\//, ''));

async function sendPage(db: Reader, house: House, { offers }: Page, send: (part: string) => void): Promise<void> {
  const about = { id: `${house.dsp}/catalog`, participantId: house.did, services: [build.dataService(house.did, house.dsp)] };
  const empty = JSON.stringify(build.catalog({ ...about, datasets: [] }));
  if (offers.length === 0) return send(empty);
  send(`${empty.slice(0, -1)},"dataset":[`);
  const ids = offers.map(({ id }) => id);
  for (let at = 0; at < ids.length; at += at === 0 ? FIRST : REST) {
    const rows = await entries(db, ids.slice(at, at === 0 ? FIRST : at + REST));
    const { dataset = [] } = checkOutgoing(build.catalog({ ...about, datasets: rows.map((row) => describe(house, row)) }));
    send(`${at === 0 ? '' : ','}${JSON.stringify(dataset).slice(1, -1)}`);
  }
  send(']}');
}

function pipe() {
  let controller: ReadableStreamDefaultController<string>;
  let gone = false;
  const readable = new ReadableStream<string>({
    start: (c) => {
      controller = c;
    },
    cancel: () => {
      gone = true;
    },
  });
  return {
    readable,
    send: (part: string) => void (gone || controller.enqueue(part)),
    end: () => void (gone || controller.close()),
    // The answer breaks off: half a catalogue must not look like a whole one.
    fail: (error: unknown) => void (gone || controller.error(error)),
  };
}

/** The answer as bytes, packed when the partner takes that; each part leaves at once. */
export function bytesOf(parts: ReadableStream<string>, packed: boolean): ReadableStream {
  const bytes = parts.pipeThrough(new TextEncoderStream());
  if (!packed) return bytes;
  const gzip = createGzip({ flush: constants.Z_SYNC_FLUSH });
  return Readable.toWeb(
    Readable.fromWeb(bytes as never)
      .on('error', (error) => gzip.destroy(error))
      .pipe(gzip),
  ) as ReadableStream;
}

/** Whether gzip is among what a partner takes (RFC 9110, 12.5.3). */
export const takesGzip = (accepted: string): boolean => /(^|,)\s*(gzip|x-gzip|\*)\s*(;\s*q=(0\.\d*[1-9]|1)[\d.]*)?\s*(,|$)/i.test(accepted);

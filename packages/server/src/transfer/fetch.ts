import { MadangError } from '@madang/core/error.ts';
import type { Context } from '../context.ts';
import { openPartial, type PartialFile } from '../files/receive.ts';
import type { StreamAnswer, StreamRequest } from '../http/outbound-open.ts';
import type { ByteSink } from '../http/sink.ts';
import type { House } from '../participants/houses.ts';
import type { Exchange } from '../protocol/types.ts';
import { addressOf, canRenew } from './address.ts';
import { contentOf } from './content.ts';
import type { Flow } from './flows.ts';
import type { Gain } from './pull.ts';
import { refusal } from './refusal.ts';
import { arrivalRow, putArrival } from './store.ts';
import { ACCEPT, type Arriving, digestIn, isRecords, openEmpty, type Taken, takeFile, takeRecords } from './take.ts';

/** Bytes. For less it is not kept where it broke off: it comes whole again as fast. */
const WORTH_KEEPING = 256 * 1024;
/** Bytes of a refusal that are read. */
const READ_OF_REFUSAL = 16 * 1024;

interface More extends Partial<Pick<StreamRequest, 'method' | 'headers' | 'body'>> {
  /** Behind the endpoint: path and query. */
  readonly behind?: string;
}

/**
 * Asks the provider's data endpoint, with a token that holds; one that has run out on the way is renewed once. Eclipse EDC's endpoints want the token
 * alone, whatever `authType` says: one that cannot be renewed is shown that way too.
 * @throws MadangError as `addressOf`, `refusal`
 */
export async function askProvider(ctx: Context, house: House, exchange: Exchange, more: More, signal: AbortSignal): Promise<StreamAnswer> {
  const isForeign = !canRenew(exchange);
  for (let [anew, scheme] = [false, 'Bearer ']; ; ) {
    const { endpoint, token } = await addressOf(ctx, house, exchange, anew);
    const answer = await ctx.outbound.open(
      {
        method: more.method ?? 'GET',
        url: endpoint + (more.behind ?? ''),
        headers: { accept: ACCEPT, ...more.headers, authorization: scheme + token },
        ...(more.body === undefined ? {} : { body: more.body }),
      },
      signal,
    );
    if ([200, 206, 416].includes(answer.status)) return answer;
    const text = await readSome(answer);
    if (answer.status === 401 && !anew && !isForeign) anew = true;
    else if ([401, 403].includes(answer.status) && scheme !== '' && isForeign) scheme = '';
    else throw refusal(endpoint, answer.status, text);
  }
}

/** The text of an answer that is no data, as far as anybody would read it. */
export async function readSome({ body }: StreamAnswer): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > READ_OF_REFUSAL) break;
    }
  } catch {
    // What came of it is all there is.
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * Fetches the data of a pull: records, or a file, which goes on where an earlier try has broken off if it is still the same.
 * @throws MadangError as `askProvider`, `takeRecords`, `takeFile`
 */
export async function fetchData(
  ctx: Context,
  house: House,
  exchange: Exchange,
  flow: Flow,
  signal: AbortSignal,
  gain: Gain,
): Promise<Taken> {
  const arrival = await ctx.store.read(house.id, (db) => arrivalRow(db, exchange.id));
  const etag = arrival?.etag ?? undefined;
  let kept = etag === undefined ? undefined : await openPartial(ctx, house, exchange.id);
  let answer: StreamAnswer | undefined;
  try {
    const from = kept?.size ?? 0;
    const range: Record<string, string> = from > 0 ? { range: `bytes=${from}-`, 'if-range': etag ?? '' } : {};
    answer = await askProvider(ctx, house, exchange, { headers: range }, signal);
    checkIsData(answer);
    const place = goesOn(answer, from, etag);
    let partial = kept;
    if (!place) {
      kept = undefined;
      await partial?.discard();
      if (answer.status !== 200) throw again(exchange, `HTTP ${answer.status}`);
      if (isRecords(answer)) return await takeRecords(ctx, house, exchange, { headers: answer.headers, stream: answer.body }, flow);
      partial = undefined;
    } else if (place === 'whole') {
      answer.body.destroy();
      answer = await askProvider(ctx, house, exchange, { headers: { range: 'bytes=0-0', 'if-range': etag ?? '' } }, signal);
      if (answer.status !== 206 || answer.headers.etag !== etag) throw again(exchange, `HTTP ${answer.status}`);
    }
    kept = undefined;
    partial ??= await openEmpty(ctx, house, exchange.id);
    const total = totalOf(answer, partial);
    flow.expect(total, partial.size);
    const { headers } = answer;
    const arriving = place === 'whole' ? { headers, stream: nothing() } : { headers, stream: answer.body, into: answer.into };
    return await receive(ctx, house, exchange, arriving, { flow, partial, total, gain });
  } finally {
    answer?.body.destroy();
    await kept?.close();
  }
}

interface Receiving {
  readonly flow: Flow;
  readonly partial: PartialFile;
  readonly total: number | null;
  readonly gain: Gain;
}

async function receive(ctx: Context, house: House, exchange: Exchange, arriving: Arriving, r: Receiving): Promise<Taken> {
  const { flow, partial, total, gain } = r;
  const begun = partial.size;
  const tag = strongTag(arriving);
  const keeps = tag !== undefined && (total === null || total > WORTH_KEEPING);
  if (begun === 0 && keeps) await putArrival(ctx.store, house.id, { transfer: exchange.id, etag: tag });
  const short = () => total !== null && partial.size < total;
  const stream = whole(exchange, arriving.stream, short);
  const { into } = arriving;
  const wholeInto = into && {
    async into(sink: ByteSink) {
      await into(sink);
      if (short()) throw again(exchange, 'END');
    },
  };
  try {
    return await takeFile(exchange, { headers: arriving.headers, stream, ...wholeInto }, flow, partial);
  } catch (error) {
    // What a full disk did not take has not come.
    gain.moved = keeps && partial.size > begun && !(error instanceof MadangError && error.code === 'disk_full');
    // Pieces that do not fit together: once more from the beginning.
    if (error instanceof MadangError && error.code === 'file_differs' && begun > 0) throw again(exchange, 'SHA-256');
    throw error;
  }
}

/** A stream that ends before its time is one that broke. */
async function* whole(exchange: Exchange, stream: AsyncIterable<Uint8Array>, short: () => boolean): AsyncGenerator<Uint8Array> {
  yield* stream;
  if (short()) throw again(exchange, 'END');
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** What may be otherwise at the next try. */
export const again = (exchange: Exchange, why: string) =>
  new MadangError('outbound_unreachable', { values: { url: originOf(exchange), why } });

/** The provider's, for a sentence about it. */
export const originOf = (exchange: Exchange): string => URL.parse(contentOf(exchange).dataAddress?.endpoint ?? '')?.origin ?? '–';

/** A page for people where data should be: a login, a proxy's own error. A dataset that is a page says more about itself. */
function checkIsData({ status, headers }: StreamAnswer): void {
  const packed = headers['content-encoding'] ?? 'identity';
  // It was asked for as it is: ranges and hashes of another form fit nothing.
  if (packed !== 'identity') throw new MadangError('pull_unreadable', { values: { why: `content-encoding: ${packed}` } });
  const isPage = /^text\/html\b/i.test(headers['content-type'] ?? '');
  if (status === 200 && isPage && digestIn(headers) === undefined && headers['content-disposition'] === undefined)
    throw new MadangError('pull_unreadable', { values: { why: 'text/html' } });
}

const strongTag = ({ headers }: Arriving): string | undefined =>
  headers.etag !== undefined && /^"[^"]*"$/.test(headers.etag) && headers.etag.length < 500 ? headers.etag : undefined;

/** `on`: the answer goes on where we are; `whole`: there is nothing more. */
function goesOn(answer: StreamAnswer, from: number, etag: string | undefined): 'on' | 'whole' | undefined {
  const { status, headers } = answer;
  const range = headers['content-range'] ?? '';
  if (status === 416) return from > 0 && range === `bytes */${from}` && headers.etag === etag ? 'whole' : undefined;
  return status === 206 && range.startsWith(`bytes ${from}-`) && headers.etag === etag ? 'on' : undefined;
}

function totalOf({ headers }: StreamAnswer, { size }: PartialFile): number | null {
  const inRange = /\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1];
  const length = headers['content-length'];
  if (inRange !== undefined) return Number(inRange);
  return length === undefined ? null : size + Number(length);
}

import type { IncomingHttpHeaders } from 'node:http';
import { MadangError } from '@madang/core/error.ts';
import type { Context } from '../context.ts';
import { mediaTypeOf } from '../files/name.ts';
import { openPartial, type PartialFile } from '../files/receive.ts';
import { type ByteSink, pour } from '../http/sink.ts';
import type { House } from '../participants/houses.ts';
import type { Exchange } from '../protocol/types.ts';
import { append, type VersionRef } from '../records/records.ts';
import type { TransferContent } from './content.ts';
import type { Flow } from './flows.ts';
import { linesOf } from './lines.ts';
import { RECORDS } from './media.ts';
import { readLine, received, shownRecord } from './records.ts';

/** What we ask for: records as such, all else as it is. */
export const ACCEPT = `${RECORDS}, */*;q=0.8`;

/** Data as they come, over whatever connection. */
export interface Arriving {
  readonly headers: IncomingHttpHeaders;
  readonly stream: AsyncIterable<Uint8Array>;
  /** The same in the way for large ones, where there is one. */
  readonly into?: (sink: ByteSink) => Promise<void>;
}
export type Taken = Pick<TransferContent, 'received' | 'file'>;

/** Records in one transaction; and of how many it is kept with the transfer which they were. */
const BATCH = 300;
const MOST_NAMED = 10_000;

export const isRecords = ({ headers }: Pick<Arriving, 'headers'>): boolean =>
  headers['content-type']?.split(';')[0]?.trim().toLowerCase() === RECORDS;

/**
 * Stores records as they come, some hundred at a time, under the agreement.
 * @throws MadangError `pull_unreadable`, those of the kind's checker
 */
export async function takeRecords(ctx: Context, house: House, exchange: Exchange, { stream }: Arriving, flow: Flow): Promise<Taken> {
  const refs: VersionRef[] = [];
  for await (const lines of linesOf(stream, flow.count)) {
    const given = lines.filter((line) => line !== '');
    for (let i = 0; i < given.length; i += BATCH) {
      const part = given.slice(i, i + BATCH).map((line) => readLine(line, shownRecord));
      const { stored, unchanged } = await append(ctx, house, await Promise.all(part.map((record) => received(exchange, record))));
      refs.push(...[...stored, ...unchanged].slice(0, MOST_NAMED - refs.length));
    }
  }
  return { received: refs };
}

/**
 * Stores what comes as a file under the agreement. `partial` may hold its beginning already; it is closed when this throws, with all that came.
 * @throws MadangError `pull_unreadable`, `file_differs`, `disk_full`
 */
export async function takeFile(exchange: Exchange, { headers, stream, into }: Arriving, flow: Flow, partial: PartialFile): Promise<Taken> {
  const sha256 = digestIn(headers);
  try {
    const sink: ByteSink = {
      room: partial.room,
      filled(bytes) {
        flow.count(bytes);
        return partial.filled(bytes);
      },
    };
    if (into) await into(sink);
    else for await (const chunk of stream) await pour(sink, chunk);
    if (partial.size === 0 && sha256 === undefined) throw new MadangError('pull_unreadable', { values: { why: 'empty' } });
  } catch (error) {
    await partial.close();
    throw error;
  }
  const name = nameIn(headers) ?? exchange.title;
  const stored = await partial.finish({
    name,
    mediaType: mediaTypeOf(name, headers['content-type']),
    receivedFrom: exchange.peer,
    ...(exchange.agreement === null ? {} : { agreement: exchange.agreement }),
    transfer: exchange.id,
    ...(sha256 === undefined ? {} : { sha256 }),
  });
  return { file: stored.sha256 };
}

/** An empty place for a file, whatever an earlier try has left there. */
export async function openEmpty(ctx: Context, house: House, key: string): Promise<PartialFile> {
  const partial = await openPartial(ctx, house, key);
  if (partial.size === 0) return partial;
  await partial.discard();
  return openPartial(ctx, house, key);
}

/** RFC 9530; hexadecimal digits. */
export function digestIn(headers: IncomingHttpHeaders): string | undefined {
  const [, base64] = /(?:^|[,\s])sha-256=:([A-Za-z0-9+/]{43}=):/.exec(String(headers['repr-digest'] ?? '')) ?? [];
  return base64 === undefined ? undefined : Buffer.from(base64, 'base64').toString('hex');
}

/** RFC 6266: the name in all its letters before the plain one. */
function nameIn(headers: IncomingHttpHeaders): string | undefined {
  const header = headers['content-disposition'] ?? '';
  const [, full] = /;\s*filename\*=UTF-8''([^;\s]+)/i.exec(header) ?? [];
  const [, quoted, bare] = /;\s*filename=(?:"((?:[^"\\]|\\.)*)"|([^;\s"]+))/i.exec(header) ?? [];
  try {
    if (full !== undefined) return decodeURIComponent(full);
  } catch {
    // Then the plain one.
  }
  return quoted?.replace(/\\(.)/g, '$1') ?? bare;
}

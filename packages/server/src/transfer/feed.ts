import { Readable } from 'node:stream';
import type { RecordsView } from '@madang/core/api/views.ts';
import { MadangError } from '@madang/core/error.ts';
import type { Context as Http } from 'hono';
import type { Context } from '../context.ts';
import { isStoreAway } from '../db/errors.ts';
import { sendStream } from '../http/bytes.ts';
import type { House } from '../participants/houses.ts';
import { reasonOf } from '../protocol/reasons.ts';
import type { Exchange } from '../protocol/types.ts';
import { type FeedLine, linesAfter, snapshot } from '../records/feed.ts';
import type { Flow } from './flows.ts';
import { endWith } from './guard.ts';
import { RECORDS } from './media.ts';

/** After so long without a line an empty one is sent, so that a reader can tell a quiet provider from a dead one. */
const SIGN_OF_LIFE_MS = 10_000;
/** New versions are told of at once; this is for what was not heard of. */
const LOOK_MS = 4_000;

/**
 * What a view of records shows, then every version of it as it is committed: lines of JSON without an end. `?after=`: where the reader stands;
 * 0 or nothing begins with what is there now.
 * @throws MadangError `bad_request`
 */
export async function serveFeed(
  ctx: Context,
  house: House,
  exchange: Exchange,
  view: RecordsView,
  http: Http,
  flow: Flow,
): Promise<Response> {
  const text = http.req.query('after') ?? '0';
  if (!/^\d{1,15}$/.test(text)) throw new MadangError('bad_request', { values: { why: 'after: a number' } });
  const lines = tellAll(ctx, house, exchange, view, Number(text), flow);
  const body = Readable.from(lines, { objectMode: false });
  return sendStream(http, { status: 200, headers: { 'content-type': RECORDS, 'cache-control': 'no-store' }, body, signal: flow.signal });
}

async function* tellAll(
  ctx: Context,
  house: House,
  exchange: Exchange,
  view: RecordsView,
  after: number,
  flow: Flow,
): AsyncGenerator<Buffer> {
  try {
    yield* tell(ctx, house, view, after, flow);
  } catch (error) {
    // A version that may not or cannot be shown ends the subscription, with the reason; a store that is away only the connection.
    if (error instanceof MadangError && !isStoreAway(error) && !flow.signal.aborted)
      await endWith(ctx, house, exchange.id, [reasonOf(error)]);
    throw error;
  }
}

async function* tell(ctx: Context, house: House, view: RecordsView, after: number, flow: Flow): AsyncGenerator<Buffer> {
  const ids = new Set(view.ids);
  using alarm = openAlarm(flow.signal);
  using _ = ctx.changes.listen(house.id, ({ type, id }) => {
    if (type === 'record' && ids.has(id)) alarm.ring();
  });
  let at = after;
  if (at === 0) {
    const parts = snapshot(ctx, house.id, view);
    for (let part = await parts.next(); ; part = await parts.next()) {
      if (part.done) {
        at = part.value;
        break;
      }
      yield toBytes(part.value, flow);
    }
  }
  for (let spoken = Date.now(); !flow.signal.aborted; ) {
    alarm.reset();
    const found = await linesAfter(ctx, house.id, view, ids, at);
    at = found.at;
    if (found.lines.length > 0) {
      yield toBytes(found.lines, flow);
      spoken = Date.now();
    }
    if (found.more) continue;
    if (Date.now() - spoken >= SIGN_OF_LIFE_MS) {
      yield Buffer.from('\n');
      spoken = Date.now();
    }
    await alarm.wait(LOOK_MS);
  }
}

function toBytes(lines: readonly FeedLine[], flow: Flow): Buffer {
  flow.told(lines.length);
  return Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}

/** Wakes one who waits, or who is about to. */
function openAlarm(signal: AbortSignal) {
  let rung = Promise.withResolvers<void>();
  const ring = () => rung.resolve();
  signal.addEventListener('abort', ring);
  return {
    ring,
    reset() {
      rung = Promise.withResolvers<void>();
      if (signal.aborted) rung.resolve();
    },
    async wait(ms: number): Promise<void> {
      const timer = setTimeout(ring, ms);
      await rung.promise;
      clearTimeout(timer);
    },
    [Symbol.dispose]: () => signal.removeEventListener('abort', ring),
  };
}

import { MadangError } from '@madang/core/error.ts';
import { z } from 'zod';
import type { Context } from '../context.ts';
import type { House } from '../participants/houses.ts';
import type { Exchange } from '../protocol/types.ts';
import { type NewRecord, REMOVED, receive } from '../records/records.ts';
import { again, askProvider } from './fetch.ts';
import type { Flow } from './flows.ts';
import { linesOf } from './lines.ts';
import type { Gain } from './pull.ts';
import { readLine, received, receivedId, removedRecord, shownRecord, underAgreement } from './records.ts';
import { arrivalRow } from './store.ts';
import { isRecords } from './take.ts';

/** Versions in one transaction. */
const BATCH = 300;
/** A connection that held so long was a good one: after it the next is tried at once. */
const HELD_MS = 5_000;

const seq = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const line = z.union([z.object({ seq, record: shownRecord }), z.object({ seq, removed: removedRecord })]);

/**
 * Stores each version of a subscription as it comes, together with how far it has come: after any break it goes on from there. Returns only when the
 * transfer no longer runs.
 * @throws MadangError `outbound_unreachable` (also for a stream that has ended), `pull_unreadable`, those of `askProvider` and the kind's checker
 */
export async function subscribe(
  ctx: Context,
  house: House,
  exchange: Exchange,
  flow: Flow,
  signal: AbortSignal,
  gain: Gain,
): Promise<void> {
  const since = Date.now();
  let at = (await ctx.store.read(house.id, (db) => arrivalRow(db, exchange.id)))?.position ?? 0;
  const answer = await askProvider(ctx, house, exchange, { behind: `?after=${at}` }, signal);
  using _ = { [Symbol.dispose]: () => void answer.body.destroy() };
  if (answer.status !== 200 || !isRecords(answer))
    throw new MadangError('pull_unreadable', { values: { why: answer.headers['content-type'] ?? 'content-type' } });
  try {
    for await (const lines of linesOf(answer.body, flow.count)) {
      const given = lines.filter((text) => text !== '');
      for (let i = 0; i < given.length; i += BATCH) {
        const part = given.slice(i, i + BATCH).map((text) => readLine(text, line));
        const position = lastOf(part, at);
        const records = await Promise.all(part.map((one) => toRecord(exchange, one)));
        const outcome = await receive(ctx, house, { transfer: exchange.id, after: at, position, records });
        if (outcome === 'stopped') return;
        if (outcome === 'stale') throw again(exchange, 'position');
        at = position;
        gain.moved = true;
        flow.told(part.length);
      }
    }
  } finally {
    gain.moved ||= Date.now() - since > HELD_MS;
  }
  throw again(exchange, 'END');
}

type Line = z.infer<typeof line>;

/** Where we stand after these lines. What goes back would come twice, or be lost. */
function lastOf(lines: readonly Line[], before: number): number {
  let at = before;
  for (const { seq: next } of lines) {
    if (next < at || (next === at && at > 0)) throw new MadangError('pull_unreadable', { values: { why: `seq ${next} after ${at}` } });
    at = next;
  }
  return at;
}

async function toRecord(exchange: Exchange, one: Line): Promise<NewRecord> {
  if ('record' in one) return received(exchange, one.record);
  const { kind, id } = one.removed;
  return { kind, id: receivedId(exchange.peer, id), hash: REMOVED, body: null, ...underAgreement(exchange) };
}

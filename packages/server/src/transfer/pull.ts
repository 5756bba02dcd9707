import { RECORD_KINDS } from '@madang/core/api/views.ts';
import { contentHash } from '@madang/core/canonical.ts';
import type { DataAddress } from '@madang/core/dsp/types.ts';
import { MadangError } from '@madang/core/error.ts';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { isStoreAway } from '../db/errors.ts';
import { parseJson } from '../http/json.ts';
import type { Deliver } from '../jobs/delivery.ts';
import type { House } from '../participants/houses.ts';
import { findExchange } from '../protocol/find.ts';
import { perform } from '../protocol/perform.ts';
import { reasonOf } from '../protocol/reasons.ts';
import type { Exchange } from '../protocol/types.ts';
import { checkBody } from '../records/check.ts';
import { append, type NewRecord } from '../records/records.ts';
import { sendCompletion } from './complete.ts';
import { contentOf } from './content.ts';
import { sendTermination } from './terminate.ts';

/** About an hour, as long as a token of ours is good. */
const MOST_TRIES = 18;
const LIMIT = 64 * 1024 * 1024;

const shown = z.object({
  records: z
    .array(
      z.object({
        kind: z.enum(RECORD_KINDS),
        id: z.string().min(1).max(500),
        version: z.number().int(),
        hash: z.string(),
        body: z.unknown(),
      }),
    )
    .max(10_000),
});

/** Fetches the data of a started transfer, stores them as received under the agreement, and completes. Stored again, nothing changes. */
export const pullDelivery =
  (context: () => Context): Deliver =>
  async (house, out) => {
    const ctx = context();
    const exchange = await findExchange(ctx, house, out.exchange);
    if (exchange?.state !== 'STARTED') return { result: 'done' };
    try {
      const { stored, unchanged } = await append(ctx, house, await fetchRecords(ctx, exchange));
      await perform(ctx, house, exchange, { ...sendCompletion(exchange), content: { received: [...stored, ...unchanged] } });
    } catch (error) {
      if (!(error instanceof MadangError) || isStoreAway(error)) throw error;
      // It was moved on meanwhile, from either side: what was fetched is kept, there is nothing to complete.
      if (error.code === 'conflict') return { result: 'done' };
      if (error.code === 'outbound_unreachable' && out.tries < MOST_TRIES) return { result: 'again', error: error.text };
      await end(ctx, house, exchange, error);
    }
    return { result: 'done' };
  };

async function end(ctx: Context, house: House, exchange: Exchange, why: MadangError): Promise<void> {
  try {
    await perform(ctx, house, exchange, sendTermination(exchange, [reasonOf(why)]));
  } catch (error) {
    if (!(error instanceof MadangError && error.code === 'conflict')) throw error;
  }
}

/** Records of a partner keep its ids behind its DID, so that two partners' records never meet. */
export const receivedId = (peer: string, id: string): string => `${peer}#${id}`;

async function fetchRecords(ctx: Context, exchange: Exchange): Promise<NewRecord[]> {
  const { endpoint, token } = addressOf(contentOf(exchange).dataAddress);
  const answer = await ctx.outbound.send({
    method: 'GET',
    url: endpoint,
    headers: { authorization: `Bearer ${token}` },
    maxBytes: LIMIT,
    timeout: 60_000,
  });
  if (answer.status >= 500)
    throw new MadangError('outbound_unreachable', { values: { url: new URL(endpoint).origin, why: `HTTP ${answer.status}` } });
  if (answer.status !== 200)
    throw new MadangError('pull_refused', { values: { status: answer.status }, data: answer.text.slice(0, 2_000) });
  const json = parseJson(answer.text);
  if (json.why !== undefined) throw new MadangError('pull_unreadable', { values: { why: `JSON: ${json.why}` } });
  const parsed = shown.safeParse(json.value);
  if (!parsed.success) throw new MadangError('pull_unreadable', { values: { why: parsed.error.issues[0]?.message ?? '' } });
  return Promise.all(
    parsed.data.records.map(async ({ kind, id, hash, body }) => {
      if (body === undefined || (await contentHash(body)) !== hash)
        throw new MadangError('pull_unreadable', { values: { why: `hash of ${id}` } });
      const record = {
        kind,
        id: receivedId(exchange.peer, id),
        hash,
        body: checkBody(kind, body, 'received'),
        writtenBy: exchange.peer,
        receivedFrom: exchange.peer,
      };
      return exchange.agreement === null ? record : { ...record, agreement: exchange.agreement };
    }),
  );
}

function addressOf(address: DataAddress | undefined): { endpoint: string; token: string } {
  const property = (name: string) => address?.endpointProperties?.find((p) => p.name === name)?.value;
  const token = property('authorization')?.replace(/^Bearer\s+/i, '');
  // What else a header cannot carry would not even be sent.
  if (address?.endpoint === undefined || token === undefined || !/^[!-~]+$/.test(token))
    throw new MadangError('pull_unreadable', { values: { why: 'dataAddress' } });
  return { endpoint: address.endpoint, token };
}

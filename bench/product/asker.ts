import { fetchDataset } from '@madang/server/catalog/fetch.ts';
import { toConfig } from '@madang/server/config/config.ts';
import { readEnvironment } from '@madang/server/config/env.ts';
import { requestNegotiation } from '@madang/server/negotiation/request.ts';
import { getPartner } from '@madang/server/participants/partners.ts';
import { startServer } from '@madang/server/server.ts';
import { type Run, repeat } from '../rounds.ts';

/** What the parent asks for: to be ready to wish for something, then negotiations about it. */
export type ToAsker =
  | { readonly house: string; readonly wish: Parameters<typeof requestNegotiation>[2] }
  | { readonly count: number; readonly atOnce: number };
export type FromAsker = { readonly ready: true } | Run;

/**
 * The product's server in a process that also asks for negotiations when its parent says so: with the dataset at hand and without a call over HTTP,
 * hence timed from the request on, as in the floor.
 */
const server = await startServer(toConfig(readEnvironment(process.env)));
const { context } = server;
let negotiate: () => Promise<number>;

process.on('message', (order: ToAsker) => void obey(order));
process.once('SIGTERM', () => void server[Symbol.asyncDispose]().then(() => process.exit()));
process.once('disconnect', () => process.exit());
process.stdout.write('ready\n');

async function obey(order: ToAsker): Promise<void> {
  if ('wish' in order) {
    negotiate = await prepare(order.house, order.wish);
    tell({ ready: true });
  } else tell(await repeat(negotiate, order.count, order.atOnce));
}

/** What resolves with the milliseconds of one negotiation: the provider is FINALIZED before it tells the consumer so, hence the consumer's end is the end of both. */
async function prepare(id: string, wish: Parameters<typeof requestNegotiation>[2]): Promise<() => Promise<number>> {
  const house = context.houses.get(id);
  const dataset = await fetchDataset(context, house, await getPartner(context, id, wish.partner), wish.dataset, wish.purpose);
  const ends = new Map<string, (state: string) => void>();
  context.changes.listen(id, (change) => {
    if (change.type === 'exchange' && (change.state === 'FINALIZED' || change.state === 'TERMINATED')) ends.get(change.id)?.(change.state);
  });
  return async () => {
    const began = performance.now();
    const exchange = await requestNegotiation(context, house, wish, dataset);
    const end = Promise.withResolvers<string>();
    ends.set(exchange, end.resolve);
    const state = await end.promise;
    ends.delete(exchange);
    if (state !== 'FINALIZED') throw new Error(`${exchange} is ${state}`);
    return performance.now() - began;
  };
}

function tell(message: FromAsker): void {
  process.send?.(message);
}

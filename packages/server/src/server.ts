import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { MadangError } from '@madang/core/error.ts';
import type { Text } from '@madang/core/text.ts';
import { pino } from 'pino';
import { startKeeper } from './catalog/keeper.ts';
import type { Config } from './config/config.ts';
import { readSecrets } from './config/secrets.ts';
import type { Context } from './context.ts';
import { openStore } from './db/open.ts';
import { startFileSweep } from './files/sweep.ts';
import { createApp } from './http/app.ts';
import { type Address, listen } from './http/listen.ts';
import { openOutbound } from './http/outbound.ts';
import { openKeys } from './identity/keys.ts';
import { openResolver } from './identity/resolver.ts';
import { openWallet } from './identity/wallet.ts';
import { openChanges } from './jobs/changes.ts';
import { messageDelivery } from './jobs/delivery.ts';
import { openDispatcher } from './jobs/dispatcher.ts';
import { startSweeper } from './jobs/sweeper.ts';
import { reactToNegotiation } from './negotiation/react.ts';
import { openHouses } from './participants/houses.ts';
import { openReaches } from './participants/reach.ts';
import { openOpenings } from './protocol/openings.ts';
import type { Reactions } from './protocol/reactions.ts';
import { openRecent } from './protocol/recent.ts';
import { openFlows } from './transfer/flows.ts';
import { pullDelivery } from './transfer/pull.ts';
import { pushDelivery } from './transfer/push.ts';
import { reactToTransfer } from './transfer/react.ts';

export interface Running extends AsyncDisposable {
  readonly url: string;
  readonly context: Context;
}

interface Options {
  readonly onProgress?: (text: Text) => void;
  /** Other behaviour than the product's own, for a test that plays a script. */
  readonly reactions?: Partial<Reactions>;
}

/** Starts everything in order; disposing stops it in the opposite order. */
export async function startServer(config: Config, { onProgress, reactions }: Options = {}): Promise<Running> {
  await using stack = new AsyncDisposableStack();
  const log = pino({ level: config.log }, pino.destination({ dest: 2, sync: true }));
  const { server, address } = stack.use(await openPort(config));
  const publicUrl = config.publicUrl ?? `http://localhost:${address.port}`;

  const secrets = readSecrets(config);
  const store = stack.use(
    await openStore({
      alone: true,
      ...(config.databaseUrl ? { databaseUrl: config.databaseUrl } : {}),
      dataFolder: config.dataFolder,
      ...(onProgress ? { onProgress } : {}),
    }),
  );
  const houses = await openHouses(store, publicUrl);
  const outbound = stack.use(openOutbound(config.outbound, config.upstreams));
  const resolver = openResolver(outbound);
  const keys = openKeys(store, secrets.master);
  // With another master key nothing could be signed: better not to start.
  for (const { id } of houses.all().slice(0, 1)) await keys.signing(id);
  const wallet = openWallet(store, resolver);
  const changes = openChanges();
  const recent = openRecent();
  const reaches = openReaches(store, changes, log);
  const own: Reactions = { negotiation: reactToNegotiation, transfer: reactToTransfer, pull: pullDelivery(() => context), ...reactions };
  const flows = stack.use(openFlows({ store, changes, log }));
  const deliver = { message: messageDelivery({ outbound, keys, wallet }), pull: own.pull, push: pushDelivery(() => context) };
  const dispatcher = stack.use(openDispatcher({ store, hold: store.hold, recent, changes, reaches, log, deliver }));
  const context: Context = {
    config,
    secrets,
    publicUrl,
    log,
    store,
    houses,
    outbound,
    resolver,
    keys,
    wallet,
    changes,
    reaches,
    dispatcher,
    recent,
    openings: openOpenings(store),
    flows,
    reactions: own,
  };
  stack.use(startSweeper(context));
  stack.use(startKeeper(context));
  stack.use(startFileSweep(context));

  const answer = getRequestListener(createApp(context).fetch);
  server.removeAllListeners('request').on('request', (request, response) => void answer(request, response));
  const resume = () => void dispatcher.resume(houses).catch((error: unknown) => log.error({ err: error }, 'resume'));
  resume();
  // Another program may have left something in the outbox meanwhile.
  store.hold.onAgain(resume);
  // What is still under way when we stop fails because we stop: nobody has to hear of it.
  stack.defer(() => {
    log.level = 'silent';
  });
  const all = stack.move();
  return { url: publicUrl, context, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

/** Bytes. A request between participants carries the sender's credentials in its token: twenty of them come to some 20 KB. */
const HEADERS = 64 * 1024;

/** Milliseconds. A file may come over a slow line; what is short is bounded where it is read (`http/body.ts`). */
const REQUEST_TIME = 24 * 3_600_000;

/** The port is taken first: a second start in the same place ends here, before it touches the data. Until all is ready a caller is asked to come again. */
async function openPort(config: Config): Promise<AsyncDisposable & { server: Server; address: Address }> {
  const server = createServer({ keepAliveTimeout: 65_000, maxHeaderSize: HEADERS, requestTimeout: REQUEST_TIME }, askToComeAgain);
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  try {
    return { server, address: await listen(server, config), [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

function askToComeAgain(_: IncomingMessage, answer: ServerResponse): void {
  const { status, body } = new MadangError('unavailable');
  answer
    .writeHead(status, { 'content-type': 'application/json', 'retry-after': '1', connection: 'close' })
    .end(JSON.stringify({ error: body }));
}

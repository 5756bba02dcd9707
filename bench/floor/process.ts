import { randomUUID } from 'node:crypto';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { repeat } from '../rounds.ts';
import { build, type Message, STEPS, type Word } from './messages.ts';
import { openPost } from './post.ts';
import { type FloorDatabase, openStore } from './store.ts';
import { openSigner, openVerifier, type Verify } from './token.ts';
import type { FromHouse, Peer, ToHouse } from './wire.ts';

/**
 * One side of the floor, a process of its own, told what to do by its parent.
 * A message is verified, stored by one call, answered after the commit; the message that follows is sent at once from memory.
 */
const [me = '', them = '', database = '{}'] = process.argv.slice(2);
const store = openStore(JSON.parse(database) as FloorDatabase, me);
const signer = await openSigner(me);
const outward = openPost();
const ends = new Map<string, () => void>();
let peer: Peer;
let verify: Verify;
let address = '';
/** Exchanges of two messages: the second one ends them. */
let half = false;

const app = new Hono();
app.post('/negotiations/:word', async (http) => {
  const word = http.req.param('word') as Word;
  await verify(http.req.header('authorization'));
  const message = (await http.req.json()) as Message;
  const id = (me === 'provider' ? message.providerPid : message.consumerPid) ?? randomUUID();
  const peerPid = (me === 'provider' ? message.consumerPid : message.providerPid) as string;
  const { next: following, ...step } = STEPS[word];
  const next = half && word === 'agreement' ? undefined : following;
  const out = next && outgoing(next, id, peerPid);
  await store.step({ ...step, id, peerPid, message: word, out });
  if (out) send(out);
  else ends.get(id)?.();
  return http.json({ providerPid: me === 'provider' ? id : peerPid, consumerPid: me === 'provider' ? peerPid : id, state: step.to });
});

function outgoing(message: Word, mine: string, theirs?: string) {
  const id = randomUUID();
  const pids = me === 'provider' ? { providerPid: mine, consumerPid: theirs } : { consumerPid: mine, providerPid: theirs };
  return { id, message, body: build(message, id, pids, address) };
}

function send({ id, message, body }: ReturnType<typeof outgoing>): void {
  const delivery = signer.sign(them).then((token) => outward.post(`${peer.address}/negotiations/${message}`, token, body));
  delivery.then(
    () => store.sent(id),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
}

/** One exchange, from nothing to its last message; resolves with its milliseconds. */
async function negotiate(): Promise<number> {
  const began = performance.now();
  const id = randomUUID();
  const end = Promise.withResolvers<void>();
  ends.set(id, end.resolve);
  const out = outgoing('request', id);
  await store.step({ id, from: null, to: 'REQUESTED', seq: 1, message: 'request', out });
  send(out);
  await end.promise;
  ends.delete(id);
  return performance.now() - began;
}

// Its turns lie further apart than Node would keep a connection.
const serverOptions = { keepAliveTimeout: 65_000 };
const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1', serverOptions }, ({ port }) => {
  address = `http://127.0.0.1:${port}`;
  tell({ address, publicKey: signer.publicKey });
});

process.on('message', (order: ToHouse) => void obey(order));
process.once('disconnect', () => void stop());

async function obey(order: ToHouse): Promise<void> {
  if ('peer' in order) {
    peer = order.peer;
    verify = await openVerifier(them, peer.publicKey, me);
    tell({ ready: true });
  } else {
    half = order.half === true;
    tell(await repeat(negotiate, order.count, order.atOnce));
  }
}

async function stop(): Promise<void> {
  server.close();
  await store[Symbol.asyncDispose]();
  process.exit();
}

function tell(message: FromHouse): void {
  process.send?.(message);
}

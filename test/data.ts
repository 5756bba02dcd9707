import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect, createServer, type Socket } from 'node:net';
import type { ExchangeDetail, Format, OfferView, View } from '@madang/core/api/views.ts';
import { append, ownRecord } from '@madang/server/records/records.ts';
import { agree, introduce, type Member, type Network, type NetworkOptions, openNetwork, reaches } from './network.ts';
import { freePort } from './process.ts';

/** A provider and a consumer, each on a server of its own. */
export interface Two extends AsyncDisposable {
  readonly provider: Member;
  readonly consumer: Member;
  readonly at: { readonly provider: Network; readonly consumer: Network };
}

export async function openTwo(more: Partial<Record<'provider' | 'consumer', Partial<NetworkOptions>>> = {}): Promise<Two> {
  await using stack = new AsyncDisposableStack();
  const at = {
    provider: stack.use(await openNetwork({ participants: ['supplier'], ...more.provider })),
    consumer: stack.use(await openNetwork({ participants: ['maker'], ...more.consumer })),
  };
  const [provider, consumer] = [at.provider.member('supplier'), at.consumer.member('maker')];
  await introduce(provider, [consumer]);
  await introduce(consumer, [provider]);
  const all = stack.move();
  return { provider, consumer, at, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

/** Bytes that do not repeat, by a seed. */
export function bytesOf(size: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(size);
  let x = seed;
  for (let i = 0; i + 4 <= size; i += 4) {
    x = (Math.imul(x, 1_664_525) + 1_013_904_223) >>> 0;
    bytes.writeUInt32LE(x, i);
  }
  return bytes;
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Stores a file at a participant, as its owner does. Returns its SHA-256. */
export async function upload(member: Pick<Member, 'management' | 'key'>, bytes: Buffer<ArrayBuffer>, name = 'data.bin'): Promise<string> {
  const answer = await fetch(`${member.management}/files?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${member.key}` },
    body: bytes,
  });
  if (answer.status !== 200) throw new Error(`upload: ${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as { sha256: string }).sha256;
}

export async function download(member: Pick<Member, 'management' | 'key'>, hash: string): Promise<Buffer> {
  const answer = await fetch(`${member.management}/files/${hash}/content`, { headers: { authorization: `Bearer ${member.key}` } });
  return Buffer.from(await answer.arrayBuffer());
}

export const offerView = ({ client }: Pick<Member, 'client'>, view: View, contract: object = {}): Promise<OfferView> =>
  client.call('createOffer', {
    body: { title: 'Data', view: view as never, access: { choices: {} }, contract: { choices: contract }, answer: 'auto' },
  });

/** Records of a kind of ours, written one by one; returns their ids. */
export async function writeItems({ client }: Pick<Member, 'client'>, count: number, value = '1'): Promise<string[]> {
  const ids = Array.from({ length: count }, () => `item-${randomUUID()}`);
  for (const id of ids) await writeItemOf({ client }, id, value);
  return ids;
}

/** Many items at once; returns their ids. */
export async function storeItems(network: Network, participant: string, count: number): Promise<string[]> {
  const { context } = network.server;
  const house = context.houses.get(participant);
  const ids = Array.from({ length: count }, () => `item-${randomUUID()}`);
  await append(context, house, await Promise.all(ids.map((id) => ownRecord(house, 'item', id, itemOf(id, '1', 'Part')))));
  return ids;
}

const itemOf = (id: string, massPerUnit: string, name: string) => ({
  id,
  productIds: [`urn:test:${id}`],
  name: { ko: name, en: name },
  declaredUnit: 'kilogram',
  massPerUnit,
});

/** A version of an item: `massPerUnit` tells which. */
export const writeItemOf = ({ client }: Pick<Member, 'client'>, id: string, massPerUnit: string, name = 'Part') =>
  client.call('writeRecord', { params: { kind: 'item', id }, body: itemOf(id, massPerUnit, name) });

/** An agreement about an offer. */
export async function agreed({ provider, consumer }: Pick<Two, 'provider' | 'consumer'>, offer: OfferView): Promise<{ agreement: string }> {
  const { agreement } = await agree(consumer, provider, offer);
  return { agreement: agreement ?? '' };
}

/** Agrees on an offer and asks for its data; both ends' ids of the transfer once it has one of the states. */
export async function transferOf(
  { provider, consumer }: Pick<Two, 'provider' | 'consumer'>,
  offer: OfferView,
  format: Format = 'HttpData-PULL',
  ...states: readonly string[]
): Promise<{ readonly mine: string; readonly theirs: string }> {
  const { agreement } = await agreed({ provider, consumer }, offer);
  const { id } = await consumer.client.call('transfer', { body: { agreement, format } });
  await reaches(consumer, id, ...(states.length > 0 ? states : ['STARTED', 'COMPLETED']));
  const { exchanges } = await provider.client.call('exchanges', { query: { protocol: 'transfer' } });
  return { mine: id, theirs: exchanges.find(({ dataset }) => dataset === offer.dataset)?.id ?? '' };
}

/** Looks until it is so; fails after 20 s with what was seen last. */
export async function until<T>(look: () => Promise<T>, isSo: (seen: T) => boolean): Promise<T> {
  for (const end = Date.now() + 20_000; ; await new Promise((resolve) => setTimeout(resolve, 20))) {
    const seen = await look();
    if (isSo(seen)) return seen;
    if (Date.now() > end) throw new Error(`it did not come: ${JSON.stringify(seen)?.slice(0, 2_000)}`);
  }
}

export const detail = ({ client }: Pick<Member, 'client'>, id: string): Promise<ExchangeDetail> =>
  client.call('exchange', { params: { id } });

/** A reader that takes its time: it reads nothing more than what it is given time for. */
export interface SlowReader {
  readonly status: number;
  /** Bytes so far. */
  readonly read: number;
  /** Takes from now on all that comes, and resolves when that has ended; true when the answer was whole. */
  rest(): Promise<boolean>;
  close(): void;
}

export async function readSlowly(url: string, headers: Record<string, string>, bytesEach100Ms = 200_000): Promise<SlowReader> {
  const asked = request(url, { headers, agent: false })
    .on('error', () => {})
    .end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  let read = 0;
  const timer = setInterval(() => {
    for (let left = bytesEach100Ms; left > 0; ) {
      const chunk = answer.read(Math.min(left, answer.readableLength)) as Buffer | null;
      if (!chunk || chunk.length === 0) return;
      read += chunk.length;
      left -= chunk.length;
    }
  }, 100);
  const ended = new Promise<boolean>((resolve) => {
    answer.on('error', () => {});
    answer.on('close', () => resolve(answer.complete));
  }).finally(() => clearInterval(timer));
  return {
    status: answer.statusCode ?? 0,
    get read() {
      return read;
    },
    rest() {
      clearInterval(timer);
      answer.resume();
      return ended;
    },
    close: () => asked.destroy(),
  };
}

/** Passes bytes on to a port of this machine, and cuts each connection when told. */
export interface Cutter extends AsyncDisposable {
  readonly port: number;
  readonly cuts: number;
  /** Bytes of answers so far. */
  readonly bytes: number;
}

interface Cutting {
  /** Bytes that may pass over a connection, both ways, before it is cut; no limit when undefined. Called once for each connection. */
  readonly most?: () => number | undefined;
  /** Bytes that a connection brings in 10 ms at most. */
  readonly pace?: number;
}

export async function openCutter(target: number, { most = () => undefined, pace }: Cutting): Promise<Cutter> {
  const sockets = new Set<Socket>();
  let cuts = 0;
  let bytes = 0;
  const server = createServer((from) => {
    const onward = connect(target, '127.0.0.1');
    const limit = most();
    let passed = 0;
    const isOver = () => {
      if (limit === undefined || passed <= limit) return false;
      if (!from.destroyed) cuts++;
      from.destroy();
      return true;
    };
    for (const socket of [from, onward]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        from.destroy();
        onward.destroy();
      });
    }
    from.on('data', (chunk: Buffer) => {
      passed += chunk.length;
      if (isOver()) return;
      if (!onward.write(chunk)) {
        from.pause();
        onward.once('drain', () => from.resume());
      }
    });
    onward.on('data', (chunk: Buffer) => {
      passed += chunk.length;
      bytes += chunk.length;
      if (isOver()) return;
      const isFull = !from.write(chunk);
      if (pace !== undefined) {
        onward.pause();
        setTimeout(() => onward.resume(), (chunk.length / pace) * 10);
      } else if (isFull) {
        onward.pause();
        from.once('drain', () => onward.resume());
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as { port: number }).port,
    get cuts() {
      return cuts;
    },
    get bytes() {
      return bytes;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** Two houses of which one is reached through a cutter. */
export interface TwoApart extends AsyncDisposable {
  readonly two: Two;
  readonly cutter: Cutter;
  /** What may pass over each connection from now on, as `most` of a cutter; nothing is cut without it. */
  cutAfter(most?: () => number | undefined): void;
}

export async function openTwoApart(behind: 'provider' | 'consumer'): Promise<TwoApart> {
  await using stack = new AsyncDisposableStack();
  let limit: (() => number | undefined) | undefined;
  const port = await freePort();
  const cutter = stack.use(await openCutter(port, { most: () => limit?.() }));
  const settings = { MADANG_PORT: String(port), MADANG_PUBLIC_URL: `http://localhost:${cutter.port}` };
  const two = stack.use(await openTwo({ [behind]: { settings } }));
  const all = stack.move();
  return {
    two,
    cutter,
    cutAfter(most) {
      limit = most;
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

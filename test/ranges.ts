import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import * as build from '@madang/core/dsp/build.ts';
import { newUrn } from '@madang/core/id.ts';
import { apply } from '@madang/server/protocol/apply.ts';
import type { Network } from './network.ts';
import type { Heard, Reply, Stranger } from './stranger.ts';

/** How a server of another make answers one request for a file. */
export interface FileAnswer {
  readonly status?: number;
  readonly bytes?: Buffer;
  readonly etag?: string;
  /** The connection breaks after so many bytes of the file, counted from its beginning. */
  readonly cutAfter?: number;
  readonly noRanges?: boolean;
  /** Gives the range that was asked for, whatever If-Range says. */
  readonly always?: boolean;
  /** Gives a range that begins later than the one that was asked for. */
  readonly shifted?: number;
  /** Says that it is so long. */
  readonly length?: number;
  /** Says that it is this. */
  readonly digest?: Buffer;
}

/** A file server of another make, which answers as a test says, one request after the other. */
export interface Ranges extends AsyncDisposable {
  /** For a stranger that this belongs to. */
  readonly acknowledge: (heard: Heard) => Reply;
  /** Answers not asked for yet. */
  readonly left: number;
  /** Has the maker of a network pull from here; returns the maker's id of the transfer. */
  plays(answers: readonly FileAnswer[], network: Network, stranger: Stranger): Promise<string>;
}

export async function openRanges(): Promise<Ranges> {
  let queue: FileAnswer[] = [];
  const server = createServer((req, res) => {
    const next = queue.shift();
    if (next) respond(next, req, res);
    else res.writeHead(500).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };

  return {
    acknowledge: ({ path, body }) =>
      path === '/transfers/request'
        ? { status: 200, json: build.transferProcess({ consumerPid: body.consumerPid, providerPid: body.agreementId, state: 'REQUESTED' }) }
        : { status: 200 },
    get left() {
      return queue.length;
    },
    async plays(answers, network, stranger) {
      queue = [...answers];
      const maker = network.member('maker');
      const agreement = await agreementWith(network, stranger);
      const { id } = await maker.client.call('transfer', { body: { agreement } });
      const dataAddress = build.dataAddress('HTTP', `http://localhost:${port}/file`, { authorization: 'secret', authType: 'bearer' });
      const body = build.transferStart({ id: newUrn(), consumerPid: id, providerPid: agreement, dataAddress });
      const { status } = await stranger.signed(maker, { path: `/transfers/${id}/start`, body });
      if (status !== 200) throw new Error(`start: ${status}`);
      return id;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** An agreement in force, as if it had been negotiated before. */
async function agreementWith(network: Network, stranger: Stranger): Promise<string> {
  const { context } = network.server;
  const house = context.houses.get('maker');
  const id = newUrn();
  const timestamp = new Date().toISOString();
  const terms = { permission: [{ action: 'use' }] };
  const document = build.agreement({ id, target: id, assigner: stranger.did, assignee: house.did, timestamp }, terms);
  const about = { protocol: 'negotiation', role: 'consumer', peer: stranger.did, peerPid: newUrn(), peerAddress: stranger.dsp } as const;
  const move = { from: null, to: 'FINALIZED', message: 'seed', sender: 'me', agreement: { id, document, signedAt: timestamp } } as const;
  await apply(context, house, { create: { id: newUrn(), ...about, dataset: id, title: 'x', content: {} }, moves: [move] });
  return id;
}

function respond(a: FileAnswer, req: IncomingMessage, res: ServerResponse): void {
  const { bytes = Buffer.alloc(0), etag, noRanges = false, always = false, shifted = 0 } = a;
  if (a.status !== undefined) return void res.writeHead(a.status).end();
  const asked = Number(/^bytes=(\d+)-/.exec(req.headers.range ?? '')?.[1] ?? Number.NaN);
  const last = Number(/-(\d+)$/.exec(req.headers.range ?? '')?.[1] ?? bytes.length - 1);
  const applies =
    !noRanges && !Number.isNaN(asked) && (always || req.headers['if-range'] === undefined || req.headers['if-range'] === etag);
  const head = {
    ...(etag ? { etag } : {}),
    ...(a.digest ? { 'repr-digest': `sha-256=:${createHash('sha256').update(a.digest).digest('base64')}:` } : {}),
  };
  if (applies && asked >= bytes.length) return void res.writeHead(416, { ...head, 'content-range': `bytes */${bytes.length}` }).end();
  const from = applies ? asked + shifted : 0;
  const end = applies ? last + 1 : bytes.length;
  const length = (a.length ?? end) - from;
  res.writeHead(applies ? 206 : 200, {
    ...head,
    'content-length': length,
    ...(applies ? { 'content-range': `bytes ${from}-${end - 1}/${bytes.length}` } : {}),
  });
  const stop = a.cutAfter ?? (a.length === undefined ? undefined : bytes.length);
  res.write(bytes.subarray(from, stop ?? end), () => {
    // What was written shall have arrived before the connection goes.
    if (stop === undefined) res.end();
    else setTimeout(() => res.destroy(), 50);
  });
}

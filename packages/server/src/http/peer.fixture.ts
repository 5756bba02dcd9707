import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTcp, type Server, type Socket } from 'node:net';
import type { ByteSink } from './sink.ts';

type Answer = (req: IncomingMessage, res: ServerResponse) => void;

export interface Peer extends Disposable {
  readonly base: string;
  /** A path of its own that answers so. */
  readonly at: (answer: Answer) => string;
  /** An address without HTTP rules, where each request is answered with what is written. */
  readonly raw: (answer: (socket: Socket) => void) => Promise<string>;
}

export async function openPeer(): Promise<Peer> {
  const answers = new Map<string, Answer>();
  const bare: Server[] = [];
  const server = createServer((req, res) => answers.get(req.url ?? '')?.(req, res));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const portOf = (of: Server) => (of.address() as { port: number }).port;
  const base = `http://localhost:${portOf(server)}`;
  return {
    base,
    at(answer) {
      const path = `/${answers.size + 1}`;
      answers.set(path, answer);
      return base + path;
    },
    async raw(answer) {
      const peer = createTcp((socket) => {
        socket.on('error', () => {});
        socket.once('data', () => answer(socket));
      });
      bare.push(peer);
      peer.listen(0, '127.0.0.1');
      await once(peer, 'listening');
      peer.unref();
      return `http://127.0.0.1:${portOf(peer)}/`;
    },
    [Symbol.dispose]() {
      server.closeAllConnections();
      server.close();
      for (const peer of bare) peer.close();
    },
  };
}

export const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A sink with rooms of odd sizes that now and then makes the sender wait, and fails when the sender does not. */
export function hashing(slow = true): ByteSink & { readonly size: number; readonly digest: () => string } {
  const hash = createHash('sha256');
  let size = 0;
  let turn = 0;
  let waits = false;
  let room = Buffer.alloc(1);
  const ready = () => {
    if (waits) throw new Error('the sender did not wait');
  };
  return {
    get size() {
      return size;
    },
    room() {
      ready();
      return room;
    },
    filled(bytes) {
      ready();
      hash.update(room.subarray(0, bytes));
      size += bytes;
      room = Buffer.alloc([100_000, 7, 65_536, 1][++turn % 4] ?? 1);
      if (!slow || turn % 5 !== 0) return undefined;
      waits = true;
      return new Promise((resolve) => {
        setTimeout(() => {
          waits = false;
          resolve();
        }, 1);
      });
    },
    digest: () => hash.digest('hex'),
  };
}

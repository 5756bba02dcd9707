import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** What is wrong with the way between two houses. */
export interface Fault {
  /** Bytes a second that come from the server, all connections together. */
  readonly rate?: number;
  /** Every connection is cut each time that so many bytes have come from the server, until it was cut `cuts` times. */
  readonly every?: number;
  readonly cuts?: number;
}

/** A way to a server over which bytes pass as they are, except for what is wrong with it now. */
export interface Link extends AsyncDisposable {
  /** From now on. */
  set(fault: Fault): void;
  /** Bytes that came from the server, and how often it was cut, since it was set. */
  readonly passed: { readonly bytes: number; readonly cuts: number };
}

/** `port`: where it listens; `to`: the server's port, on this machine. */
export async function openLink(port: number, to: number): Promise<Link> {
  const sockets = new Set<Socket>();
  let fault: Fault = {};
  let passed = { bytes: 0, cuts: 0 };
  let began = performance.now();

  const cut = () => {
    passed.cuts += 1;
    for (const socket of sockets) socket.destroy();
  };
  function count(bytes: number): void {
    // What was not used of the rate is gone.
    began += Math.max(0, -ahead());
    passed.bytes += bytes;
    const { every = Number.POSITIVE_INFINITY, cuts = 0 } = fault;
    if (passed.cuts < cuts && passed.bytes >= every * (passed.cuts + 1)) cut();
  }
  /** Milliseconds until so many bytes may have passed. */
  const ahead = () => (fault.rate ? began + (1000 * passed.bytes) / fault.rate - performance.now() : 0);

  const server = createServer((near) => {
    const far = connect({ port: to, host: '127.0.0.1' });
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.setNoDelay().on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    near.pipe(far);
    far.on('end', () => near.end());
    far.on('data', (bytes: Buffer) => {
      const isFull = !near.write(bytes);
      count(bytes.length);
      const wait = ahead();
      if (!isFull && wait < 1) return;
      far.pause();
      const go = () => setTimeout(() => far.resume(), Math.max(0, ahead()));
      if (isFull) near.once('drain', go);
      else go();
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');

  return {
    set(next) {
      fault = next;
      passed = { bytes: 0, cuts: 0 };
      began = performance.now();
    },
    get passed() {
      return passed;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

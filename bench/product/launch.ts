import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Bench } from '../bench.ts';
import { type Orders, openOrders } from '../proc/orders.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ASKER = fileURLToPath(import.meta.resolve('./asker.ts'));
const HOST_SECRET = 'host-secret-of-the-benchmark';

/** A Madang server, a process of its own. Ends with the bench, or when disposed before. */
export interface Server extends AsyncDisposable {
  readonly url: string;
  readonly hostKey: string;
  readonly pid: number;
  readonly dataFolder: string;
  /** Milliseconds from the start of the program to its word that it is ready. */
  readonly readyAfter: number;
  /** Only for `asks`. */
  readonly orders: Orders;
}

export interface LaunchOptions {
  readonly dataFolder: string;
  readonly port: number;
  /** Without it the server starts its own database. */
  readonly databaseUrl?: string;
  /** The same server in a program that negotiates and so on when it is told to: see `asker.ts`. */
  readonly asks?: boolean;
  /** Where others reach it, if not at its port: through a proxy. */
  readonly publicUrl?: string;
}

/** Starts the program as its launcher does, on the same Node, empty. Resolves when it says that it is ready; throws when it ends before. */
export async function launch(
  bench: Bench,
  { dataFolder, port, databaseUrl = '', asks = false, publicUrl = '' }: LaunchOptions,
): Promise<Server> {
  const began = performance.now();
  const env = {
    ...process.env,
    MADANG_DATA: dataFolder,
    MADANG_PORT: String(port),
    MADANG_HOST_KEY: HOST_SECRET,
    MADANG_OUTBOUND: 'loopback',
    MADANG_LOG: 'error',
    DATABASE_URL: databaseUrl,
    MADANG_PUBLIC_URL: publicUrl,
    NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/compile'),
  };
  const program = asks ? [ASKER] : ['packages/server/src/main.ts', 'start', '--json', '--no-example'];
  const words = ['--disable-warning=ExperimentalWarning', ...program];
  const child = spawn(process.execPath, words, { env, cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const [stdout, stderr] = [child.stdout as Readable, child.stderr as Readable];
  // What it says on the way to being ready is of interest only when it does not get there.
  let said = '';
  const keep = (text: Buffer) => {
    said += text;
  };
  stderr.on('data', keep);
  const ended = once(child, 'exit');
  const server = bench.use({
    url: `http://localhost:${port}`,
    hostKey: `host.${HOST_SECRET}`,
    pid: child.pid as number,
    dataFolder,
    readyAfter: 0,
    orders: openOrders(child, 'the server'),
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await ended;
    },
  });
  const ready = once(stdout, 'data');
  await Promise.race([
    ready,
    ended.then(([code]) => Promise.reject(new Error(`the server ended with ${code} before it was ready: ${said}`))),
  ]);
  stderr.off('data', keep).pipe(process.stderr, { end: false });
  return Object.assign(server, { readyAfter: performance.now() - began });
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

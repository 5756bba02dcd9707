import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { type Link, openLink } from './link.ts';

const BODY = randomBytes(600_000);
const server = http.createServer((_, res) => res.writeHead(200, { 'content-length': BODY.length }).end(BODY));
let link: Link;
let url: string;
before(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const free = http.createServer().listen(0, '127.0.0.1');
  await once(free, 'listening');
  const { port } = free.address() as AddressInfo;
  free.close();
  await once(free, 'close');
  link = await openLink(port, (server.address() as AddressInfo).port);
  url = `http://127.0.0.1:${port}/`;
});
after(async () => {
  await link[Symbol.asyncDispose]();
  server.close();
  server.closeAllConnections();
});

async function get(): Promise<{ body: Buffer; broken: boolean }> {
  const [answer] = (await once(http.get(url, { agent: false }), 'response')) as [http.IncomingMessage];
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    return { body: Buffer.concat(chunks), broken: false };
  } catch {
    return { body: Buffer.concat(chunks), broken: true };
  }
}

test('bytes pass as they are, and are counted', async () => {
  link.set({});
  assert.ok((await get()).body.equals(BODY));
  assert.ok(link.passed.bytes > BODY.length && link.passed.bytes < BODY.length + 1000);
});

test('a rate is not passed', async () => {
  link.set({ rate: 2_000_000 });
  const began = performance.now();
  assert.ok((await get()).body.equals(BODY));
  assert.ok(performance.now() - began > 200, '600 kB at 2 MB/s');
});

test('it is cut as often as said, never more', async () => {
  link.set({ rate: 5_000_000, every: 200_000, cuts: 2 });
  const first = await get();
  assert.deepEqual([first.broken, first.body.length < BODY.length], [true, true]);
  assert.equal((await get()).broken, true);
  assert.equal((await get()).broken, false);
  assert.equal(link.passed.cuts, 2);
});

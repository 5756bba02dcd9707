import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTcp } from 'node:net';
import { after, test } from 'node:test';
import { openOutbound } from './outbound.ts';

const door = openOutbound('loopback');
const answers = new Map<string, (req: IncomingMessage, res: ServerResponse) => void>();
const seen: string[] = [];
const server = createServer((req, res) => {
  seen.push(`${req.method} ${req.url}`);
  answers.get(req.url ?? '')?.(req, res);
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const base = `http://localhost:${(server.address() as { port: number }).port}`;
after(() => {
  door[Symbol.dispose]();
  server.closeAllConnections();
  server.close();
});

let count = 0;
/** A path of its own that answers so. */
function at(answer: (req: IncomingMessage, res: ServerResponse) => void): string {
  const path = `/${++count}`;
  answers.set(path, answer);
  return base + path;
}
const get = (url: string, more: object = {}) => door.send({ method: 'GET', url, ...more });

test('a redirect is the answer and is not followed', async () => {
  const target = at((_, res) => res.end('reached'));
  for (const status of [301, 302, 303, 307, 308]) {
    const answer = await get(at((_, res) => res.writeHead(status, { location: target }).end()));
    assert.deepEqual([answer.status, answer.headers.location], [status, target]);
  }
  assert.equal(seen.includes(`GET ${new URL(target).pathname}`), false);
});

test('an answer of exactly the limit is taken, one byte more is not, declared or not', async () => {
  for (const declared of [true, false]) {
    const bytes = (size: number) =>
      at((_, res) => {
        if (declared) res.setHeader('content-length', size);
        res.end(Buffer.alloc(size, 'x'));
      });
    assert.equal((await get(bytes(5_000), { maxBytes: 5_000 })).text.length, 5_000);
    await assert.rejects(get(bytes(5_001), { maxBytes: 5_000 }), { code: 'outbound_too_large' });
  }
});

test('text of many bytes that arrives in pieces stays whole', async () => {
  const bytes = Buffer.from('가나다라');
  const url = at((_, res) => {
    let sent = 0;
    const next = () => {
      if (sent === bytes.length) res.end();
      else res.write(bytes.subarray(sent, ++sent), () => setTimeout(next, 1));
    };
    next();
  });
  assert.equal((await get(url)).text, '가나다라');
});

test('the time is for the whole answer: one that trickles ends too', async () => {
  const url = at((_, res) => {
    const drip = setInterval(() => res.write('x'), 10);
    res.on('close', () => clearInterval(drip));
  });
  const began = performance.now();
  await assert.rejects(get(url, { timeout: 120 }), { code: 'outbound_unreachable' });
  assert.ok(performance.now() - began < 1_500);
});

test('a head that comes a byte at a time ends too', async () => {
  const peer = createTcp((socket) => {
    socket.on('error', () => {}).write('HTTP/1.1 200 OK\r\nx: ');
    const drip = setInterval(() => socket.write('x'), 10);
    socket.on('close', () => clearInterval(drip));
  });
  peer.listen(0, '127.0.0.1');
  await once(peer, 'listening');
  const { port } = peer.address() as { port: number };
  await assert.rejects(get(`http://127.0.0.1:${port}/`, { timeout: 120 }), { code: 'outbound_unreachable' });
  await new Promise((resolve) => peer.close(resolve));
});

test('a request on a kept connection that the peer has closed meanwhile goes out again', async () => {
  let tries = 0;
  const closing = at((req, res) => {
    if (++tries > 1) return void res.end('second');
    // The connection was used before, by `warm`: it is cut without an answer.
    req.socket.resetAndDestroy();
  });
  const warm = at((_, res) => res.end('ok'));
  assert.equal((await get(warm)).text, 'ok');
  assert.equal((await door.send({ method: 'POST', url: closing, body: '{}' })).text, 'second');
  assert.equal(tries, 2);
});

test('a peer that cuts every kept connection at the last moment gains no more time', async () => {
  const warm = at((_, res) => setTimeout(() => res.end('ok'), 50));
  await Promise.all(Array.from({ length: 6 }, () => get(warm)));
  const late = at((req) => setTimeout(() => req.socket.resetAndDestroy(), 120));
  const began = performance.now();
  await assert.rejects(get(late, { timeout: 300 }), { code: 'outbound_unreachable' });
  assert.ok(performance.now() - began < 1_500, `${performance.now() - began} ms`);
});

test('a new connection that is cut is no reason to send twice', async () => {
  const fresh = openOutbound('loopback');
  let tries = 0;
  const url = at((req) => {
    tries++;
    req.socket.resetAndDestroy();
  });
  await assert.rejects(fresh.send({ method: 'POST', url, body: '{}' }), { code: 'outbound_unreachable' });
  assert.equal(tries, 1);
  fresh[Symbol.dispose]();
});

import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { after, test } from 'node:test';
import { openOutbound } from './outbound.ts';
import type { StreamRequest } from './outbound-open.ts';
import { hashing, openPeer, sha } from './peer.fixture.ts';

const never = new AbortController().signal;
const door = openOutbound('loopback');
const peer = await openPeer();
const { at, raw, base } = peer;
after(() => {
  door[Symbol.dispose]();
  peer[Symbol.dispose]();
});
const get = (url: string, more: Partial<StreamRequest> = {}) => door.open({ method: 'GET', url, ...more }, never);

test('a broken answer is an error, however it is read', async () => {
  const cut = (chunked: boolean) =>
    at((_, res) => {
      if (!chunked) res.setHeader('content-length', 5_000_000);
      res.write(Buffer.alloc(2_000_000), () => setTimeout(() => res.destroy(), 20));
    });
  for (const chunked of [true, false]) {
    await assert.rejects((await get(cut(chunked))).into(hashing(false)), { code: 'outbound_unreachable' });
    const { body } = await get(cut(chunked));
    await assert.rejects(body.toArray());
  }
  const short = await raw((socket) => socket.end(`HTTP/1.1 200 OK\r\ncontent-length: 3000000\r\n\r\n${'x'.repeat(100_000)}`));
  await assert.rejects((await get(short)).into(hashing(false)), { code: 'outbound_unreachable' });
});

test('the request may be a stream; its error ends the request', async () => {
  const url = at((req, res) => {
    const hash = createHash('sha256');
    req.on('data', (chunk) => hash.update(chunk)).on('end', () => res.end(hash.digest('hex')));
  });
  const bytes = randomBytes(3_000_000);
  const pieces = [bytes.subarray(0, 10), bytes.subarray(10, 1_000_000), bytes.subarray(1_000_000)];
  const { body } = await get(url, { method: 'POST', body: Readable.from(pieces, { objectMode: false }) });
  assert.equal((await body.toArray()).join(''), sha(bytes));
  assert.equal((await (await get(url, { method: 'POST', body: '가' })).body.toArray()).join(''), sha(Buffer.from('가')));
  const broken = Readable.from(
    (async function* () {
      yield bytes.subarray(0, 100_000);
      throw Object.assign(new Error('disk'), { code: 'EIO' });
    })(),
    { objectMode: false },
  );
  await assert.rejects(get(url, { method: 'POST', body: broken }), { code: 'outbound_unreachable' });
});

test('who stays silent is left, before the answer, in its head and in its midst; who trickles is not', async () => {
  const idle = 200;
  await assert.rejects(
    get(
      at(() => {}),
      { idle },
    ),
    { code: 'outbound_unreachable' },
  );
  const midst = at((_, res) => res.writeHead(200, { 'content-length': 2_000_000 }).write(Buffer.alloc(1_500_000)));
  await assert.rejects((await get(midst, { idle })).into(hashing(false)), /TIMEOUT/);
  const { body } = await get(midst, { idle });
  await assert.rejects(body.toArray(), /TIMEOUT/);

  // A byte of the head at a time would keep the connection alive for hours.
  const head = await raw((socket) => {
    socket.write('HTTP/1.1 200 OK\r\nx: ');
    const drip = setInterval(() => socket.write('x'), 20);
    socket.on('close', () => clearInterval(drip));
  });
  const began = performance.now();
  await assert.rejects(get(head, { idle }), { code: 'outbound_unreachable' });
  assert.ok(performance.now() - began < 5_000);

  const trickle = at((_, res) => {
    let left = 20;
    const drip = setInterval(() => {
      if (left-- > 0) return void res.write('x');
      clearInterval(drip);
      res.end();
    }, 40);
  });
  assert.equal((await (await get(trickle, { idle: 400 })).body.toArray()).join('').length, 20);
});

test('an abort ends it at once, before and within the answer', async () => {
  const stop = new AbortController();
  const waiting = door.open({ method: 'GET', url: at(() => {}) }, stop.signal);
  stop.abort();
  await assert.rejects(waiting, { code: 'outbound_unreachable' });
  for (const way of ['into', 'body'] as const) {
    const later = new AbortController();
    let closed = false;
    const url = at((_, res) => {
      res.writeHead(200, { 'content-length': 9_000_000 }).write(Buffer.alloc(2_000_000));
      res.on('close', () => {
        closed = true;
      });
    });
    const answer = await door.open({ method: 'GET', url }, later.signal);
    const reading = way === 'into' ? answer.into(hashing(false)) : answer.body.toArray();
    setTimeout(() => later.abort(), 50);
    await assert.rejects(reading);
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.ok(closed, way);
  }
});

test('the same guards as for messages: addresses, schemes, redirects', async () => {
  const shut = openOutbound('public');
  for (const url of [
    `${base}/`,
    'http://127.0.0.1/',
    'http://[::1]/',
    'http://10.0.0.1/',
    'http://169.254.169.254/latest',
    'file:///etc/passwd',
    'x',
  ]) {
    await assert.rejects(shut.open({ method: 'GET', url }, never), { code: 'outbound_forbidden' }, url);
    await assert.rejects(shut.open({ method: 'GET', url, upstream: true }, never), { code: 'upstream_forbidden' }, url);
  }
  shut[Symbol.dispose]();
  const target = at((_, res) => res.end('reached'));
  const { status, headers, body } = await get(at((_, res) => res.writeHead(302, { location: target }).end()));
  assert.deepEqual([status, headers.location, (await body.toArray()).join('')], [302, target, '']);
});

test('an upstream that is named may be inside, for requests to upstreams alone', async () => {
  const url = at((_, res) => res.end('inner'));
  const named = openOutbound('public', [new URL(base).origin]);
  const { body } = await named.open({ method: 'GET', url, upstream: true }, never);
  assert.equal((await body.toArray()).join(''), 'inner');
  await named.checkUpstream(url);
  // The connection to it that is kept now serves no other request.
  await assert.rejects(named.open({ method: 'GET', url }, never), { code: 'outbound_forbidden' });
  await assert.rejects(named.send({ method: 'GET', url }), { code: 'outbound_forbidden' });
  for (const other of [
    'http://localhost:1/',
    url.replace('localhost', '127.0.0.1'),
    url.replace('http:', 'https:'),
    `http://localhost.evil.example/`,
  ])
    await assert.rejects(named.open({ method: 'GET', url: other, upstream: true }, never), /forbidden|unreachable/, other);
  await assert.rejects(named.checkUpstream(url.replace('localhost', '127.0.0.1')), { code: 'upstream_forbidden' });
  named[Symbol.dispose]();
});

test('streams that last take no connection from messages, nor from each other', async () => {
  const open: ServerResponse[] = [];
  const lasting = at((_, res) => {
    res.writeHead(200).write('x');
    open.push(res);
  });
  const streams = await Promise.all(Array.from({ length: 200 }, () => get(lasting)));
  assert.equal(streams.length, 200);
  assert.equal((await door.send({ method: 'GET', url: at((_, res) => res.end('ok')) })).text, 'ok');
  for (const res of open) res.end();
  for (const { body } of streams) assert.equal((await body.toArray()).join(''), 'x');
});

test('a peer that is gone while nobody reads yet does not end the process', async () => {
  const url = at((_, res) => res.writeHead(200, { 'content-length': 10 }).write('x', () => res.destroy()));
  const { into } = await get(url);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await assert.rejects(into(hashing(false)), { code: 'outbound_unreachable' });
});

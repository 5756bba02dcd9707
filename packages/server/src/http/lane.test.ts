import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, test } from 'node:test';
import { openOutbound } from './outbound.ts';
import type { StreamRequest } from './outbound-open.ts';
import { hashing, openPeer, sha } from './peer.fixture.ts';

const never = new AbortController().signal;
const door = openOutbound('loopback');
const peer = await openPeer();
const { at, raw } = peer;
after(() => {
  door[Symbol.dispose]();
  peer[Symbol.dispose]();
});
const get = (url: string, more: Partial<StreamRequest> = {}) => door.open({ method: 'GET', url, ...more }, never);

test('an answer arrives whole in a sink, whatever its size and its pieces, declared or not', async () => {
  for (const size of [0, 1, 65_536, 1_048_575, 1_048_576, 3_000_001])
    for (const [declared, piece] of [
      [true, 1_000_000],
      [true, 70_001],
      [false, 200_000],
    ] as const) {
      const bytes = randomBytes(size);
      const url = at((_, res) => {
        if (declared) res.setHeader('content-length', size);
        for (let i = 0; i < size; i += piece) res.write(bytes.subarray(i, i + piece));
        res.end();
      });
      const sink = hashing();
      const { into } = await get(url);
      await new Promise((resolve) => setTimeout(resolve, 5));
      await into(sink);
      assert.deepEqual([sink.size, sink.digest()], [size, sha(bytes)], `${size} ${declared} ${piece}`);
    }
});

test('nothing is read that the sink has no room for', async () => {
  let sent = 0;
  const url = at((_, res) => {
    res.writeHead(200, { 'content-length': 200_000_000 });
    const more = () => {
      while (!res.destroyed && res.write(Buffer.alloc(65_536))) sent += 65_536;
      sent += 65_536;
      res.once('drain', more);
    };
    more();
  });
  const { into } = await get(url);
  const stuck = Promise.withResolvers<void>();
  let taken = 0;
  const room = Buffer.alloc(65_536);
  const reading = into({
    room: () => room,
    filled(bytes) {
      taken += bytes;
      return taken > 1_000_000 ? stuck.promise : undefined;
    },
  });
  await new Promise((resolve) => setTimeout(resolve, 300));
  const before = taken;
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.equal(taken, before);
  assert.ok(sent < 30_000_000, `${sent} bytes sent`);
  stuck.reject(new Error('no more'));
  await assert.rejects(reading, /no more/);
});

test('what a peer sends after the declared end is no part of the answer', async () => {
  const bytes = randomBytes(2_000_000);
  const url = await raw((socket) => {
    socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${bytes.length}\r\n\r\n`);
    socket.write(bytes);
    socket.write(Buffer.alloc(500_000, 'x'));
  });
  const sink = hashing();
  await (await get(url)).into(sink);
  assert.deepEqual([sink.size, sink.digest()], [bytes.length, sha(bytes)]);
});

test('a reader that takes its time is no silence of the peer', async () => {
  const url = at((_, res) => res.end(Buffer.alloc(3_000_000)));
  const { body } = await get(url, { idle: 100 });
  await new Promise((resolve) => setTimeout(resolve, 400));
  assert.equal(Buffer.concat(await body.toArray()).length, 3_000_000);
  const { into } = await get(url, { idle: 100 });
  let waited = false;
  const room = Buffer.alloc(65_536);
  let taken = 0;
  await into({
    room: () => room,
    filled(bytes) {
      taken += bytes;
      if (waited || taken < 1_500_000) return undefined;
      waited = true;
      return new Promise((resolve) => setTimeout(resolve, 400));
    },
  });
  assert.ok(waited);
  assert.equal(taken, 3_000_000);
});

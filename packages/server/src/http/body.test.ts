import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { after, test } from 'node:test';
import { getRequestListener } from '@hono/node-server';
import { MadangError } from '@madang/core/error.ts';
import { Hono } from 'hono';
import { MESSAGE_LIMIT, readBytes, readJson, readStream } from './body.ts';

const LIMIT = 100_000;
const app = new Hono();
app.onError((error, http) =>
  error instanceof MadangError ? http.json(error.body, error.status as 400) : http.json({ code: 'unknown' }, 500),
);
app.post('/bytes', async (http) => http.json({ size: (await readBytes(http, LIMIT)).length }));
app.post('/json', async (http) => http.json({ value: await readJson(http) }));
app.post('/stream', async (http) => {
  let size = 0;
  for await (const chunk of readStream(http, 150)) {
    size += chunk.length;
    if (http.req.query('slow')) await new Promise((resolve) => setTimeout(resolve, 300));
  }
  return http.json({ size });
});
const broken: unknown[] = [];
app.post('/broken', async (http) => {
  try {
    for await (const _ of readStream(http, 150));
  } catch (error) {
    broken.push((error as MadangError).code);
  }
  return http.json({});
});
app.post('/message', async (http) => http.json({ value: await readJson(http, MESSAGE_LIMIT) }));
const listener = getRequestListener(app.fetch);
const server = createServer((req, res) => void listener(req, res));
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as { port: number };
after(() => {
  server.closeAllConnections();
  server.close();
});

/** Posts bytes with their size declared, or in pieces without it. */
async function post(
  path: string,
  bytes: Uint8Array | string,
  declared = true,
): Promise<{ status: number; body: { code?: string; text?: { en: string }; size?: number; value?: unknown } }> {
  const call = request({ port, path, method: 'POST', headers: declared ? { 'content-length': Buffer.byteLength(bytes) } : {} });
  const answered = once(call, 'response');
  call.end(bytes);
  const [answer] = (await answered) as [import('node:http').IncomingMessage];
  return { status: answer.statusCode ?? 0, body: JSON.parse((await answer.toArray()).join('')) };
}

test('the limit is for what is declared and for what comes', async () => {
  for (const declared of [true, false]) {
    for (const size of [0, 1, LIMIT]) assert.deepEqual(await post('/bytes', Buffer.alloc(size), declared), { status: 200, body: { size } });
    for (const size of [LIMIT + 1, 20 * LIMIT]) {
      const { status, body } = await post('/bytes', Buffer.alloc(size), declared);
      assert.deepEqual([status, body.code], [413, 'too_large'], `${size} ${declared}`);
      assert.match(body.text?.en ?? '', /97 KB/);
    }
  }
});

test('a request without a body, and one that is not from a socket', async () => {
  assert.equal((await post('/bytes', '', false)).body.size, 0);
  const answer = await app.request('/bytes', { method: 'POST', body: 'abc' });
  assert.deepEqual(await answer.json(), { size: 3 });
  assert.equal((await app.request('/bytes', { method: 'POST', body: 'x'.repeat(LIMIT + 1) })).status, 413);
  assert.deepEqual(await (await app.request('/bytes', { method: 'POST' })).json(), { size: 0 });
});

test('JSON in UTF-8, and nothing that could not be kept', async () => {
  assert.deepEqual((await post('/json', '{"a":"가"}')).body.value, { a: '가' });
  for (const bytes of ['', '{', "{'a':1}", 'NaN', '{"a":1}x', Buffer.from([0x22, 0xff, 0x22]), Buffer.from('"가"', 'utf16le')]) {
    assert.equal((await post('/json', bytes)).body.code, 'bad_json', String(bytes));
  }
  for (const text of [
    '"\\u0000"',
    '{"\\u0000":1}',
    '"\\ud800"',
    '1e999',
    '['.repeat(200) + ']'.repeat(200),
    '['.repeat(1_000_000) + ']'.repeat(1_000_000),
  ]) {
    const { status, body } = await post('/json', text);
    assert.ok([400].includes(status) && ['bad_request', 'bad_json'].includes(body.code ?? ''), text.slice(0, 20));
  }
});

test('a protocol message is small', async () => {
  const text = (size: number) => JSON.stringify('x'.repeat(size - 2));
  assert.equal((await post('/message', text(MESSAGE_LIMIT))).status, 200);
  const { status, body } = await post('/message', text(MESSAGE_LIMIT + 1));
  assert.deepEqual([status, body.code], [413, 'too_large']);
  assert.match(body.text?.en ?? '', /256 KB/);
});

test('a stream has no limit of its own, and waits for its reader', async () => {
  for (const declared of [true, false])
    assert.deepEqual((await post('/stream', Buffer.alloc(9_000_000), declared)).body, { size: 9_000_000 });
  assert.deepEqual((await post('/stream?slow=1', Buffer.alloc(300_000))).body, { size: 300_000 });
  assert.deepEqual((await post('/stream', '')).body, { size: 0 });
});

test('a sender that stays silent or leaves ends it', async () => {
  for (const leave of [false, true]) {
    broken.length = 0;
    const call = request({ port, path: '/broken', method: 'POST', headers: { 'content-length': 1_000 } });
    call.on('error', () => {});
    call.write('x');
    if (leave) setTimeout(() => call.destroy(), 50);
    const began = performance.now();
    while (broken.length === 0 && performance.now() - began < 5_000) await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual(broken, ['body_broken'], String(leave));
  }
});

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { contentHash } from '@madang/core/canonical.ts';
import {
  bytesOf,
  detail,
  download,
  offerView,
  openTwo,
  readSlowly,
  sha256,
  storeItems,
  type Two,
  transferOf,
  until,
  upload,
  writeItems,
} from './data.ts';

/** What is behind a token, in each form; nothing is fetched by itself, so that the transfers stay open. */
let two: Two;
let upstream: { readonly url: string; readonly seen: string[]; close(): void };
before(async () => {
  const seen: string[] = [];
  const answer = async (req: IncomingMessage, res: ServerResponse) => {
    const body = (await req.toArray()).join('');
    seen.push(`${req.method} ${req.url} ${req.headers['x-api-key'] ?? ''} ${body}`);
    if (req.url === '/inner/slow') return void res.writeHead(200, { 'content-type': 'text/plain' }).write('x');
    res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ part: req.url, body }));
  };
  const server = createServer((req, res) => void answer(req, res)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  upstream = {
    url,
    seen,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  two = await openTwo({ consumer: { reactions: { pull: async () => ({ result: 'done' }) } } });
});
after(async () => {
  await two?.[Symbol.asyncDispose]();
  upstream?.close();
});

const addressOf = (id: string) => two.consumer.client.call('dataAddress', { params: { id } });
async function open(view: Parameters<typeof offerView>[1], format: 'HttpData-PULL' | 'HttpStream-PULL' = 'HttpData-PULL') {
  const ids = await transferOf(two, await offerView(two.provider, view), format, 'STARTED');
  return { ...ids, ...(await addressOf(ids.mine)) };
}

describe('records', () => {
  test('as JSON, as lines, as lines of ours: the same records with hashes that hold', async () => {
    const ids = await storeItems(two.at.provider, 'supplier', 250);
    const { endpoint, authorization } = await open({ kind: 'item', ids, fields: 'whole' });
    const ask = (accept?: string) => fetch(endpoint, { headers: { authorization, ...(accept ? { accept } : {}) } });
    const json = await ask();
    assert.equal(json.headers.get('content-type'), 'application/json');
    const { records } = (await json.json()) as { records: { id: string; hash: string; body: unknown }[] };
    assert.deepEqual(new Set(records.map(({ id }) => id)), new Set(ids));
    for (const { hash, body } of records.slice(0, 5)) assert.equal(await contentHash(body), hash);
    for (const [accept, type] of [
      ['application/x-ndjson', 'application/x-ndjson'],
      ['application/vnd.madang.records+ndjson, */*;q=0.8', 'application/vnd.madang.records+ndjson'],
      ['text/html, */*', 'application/json'],
    ]) {
      const answer = await ask(accept);
      assert.equal(answer.headers.get('content-type'), type);
      if (type === 'application/json') continue;
      const lines = (await answer.text()).trim().split('\n');
      assert.deepEqual(
        lines.map((line) => JSON.parse(line)),
        records,
      );
    }
    const head = await fetch(endpoint, { method: 'POST', headers: { authorization } });
    assert.equal(head.status, 404);
    assert.equal((await fetch(`${endpoint}/more`, { headers: { authorization } })).status, 404);
  });

  test('a record that was removed is told before anything is sent; a subscription tells of it', async () => {
    const [id = ''] = await writeItems(two.provider, 1);
    const pull = await open({ kind: 'item', ids: [id], fields: 'whole' });
    const stream = await open({ kind: 'item', ids: [id], fields: 'whole' }, 'HttpStream-PULL');
    const lines: Record<string, unknown>[] = [];
    const end = new AbortController();
    const answer = await fetch(`${stream.endpoint}?after=0`, { headers: { authorization: stream.authorization }, signal: end.signal });
    const reading = (async () => {
      let rest = '';
      for await (const text of answer.body!.pipeThrough(new TextDecoderStream())) {
        const parts = (rest + text).split('\n');
        rest = parts.pop() ?? '';
        lines.push(...parts.filter((line) => line !== '').map((line) => JSON.parse(line)));
      }
    })().catch(() => {});
    await until(
      async () => lines.length,
      (n) => n === 1,
    );
    const { context } = two.at.provider.server;
    const removal = { kind: 'item', id, hash: 'removed', body: null, writtenBy: two.provider.did };
    await context.store.call('record_append', 'supplier', { records: [removal] });
    context.changes.tell('supplier', { type: 'record', id });
    await until(
      async () => lines.length,
      (n) => n === 2,
    );
    end.abort();
    await reading;
    assert.deepEqual(lines[1]?.['removed'], { kind: 'item', id, version: 2 });
    assert.ok(Number(lines[1]?.['seq']) > Number(lines[0]?.['seq']));
    const refused = await fetch(pull.endpoint, { headers: { authorization: pull.authorization } });
    assert.deepEqual([refused.status, ((await refused.json()) as { error: { code: string } }).error.code], [422, 'record_missing']);
    assert.equal((await fetch(`${stream.endpoint}?after=x`, { headers: { authorization: stream.authorization } })).status, 400);
  });
});

test('a file with its name, hash and ranges', async () => {
  const bytes = bytesOf(300_000) as Buffer<ArrayBuffer>;
  const hash = await upload(two.provider, bytes, '도면.pdf');
  const { endpoint, authorization } = await open({ kind: 'file', sha256: hash });
  const ask = (headers: Record<string, string> = {}, method = 'GET') => fetch(endpoint, { method, headers: { authorization, ...headers } });
  const whole = await ask();
  const digest = `sha-256=:${Buffer.from(hash, 'hex').toString('base64')}:`;
  assert.deepEqual(
    ['content-type', 'content-length', 'etag', 'repr-digest', 'accept-ranges'].map((name) => whole.headers.get(name)),
    ['application/pdf', '300000', `"sha256-${hash}"`, digest, 'bytes'],
  );
  assert.equal(sha256(new Uint8Array(await whole.arrayBuffer())), hash);
  const part = await ask({ range: 'bytes=1000-1999' });
  assert.deepEqual([part.status, part.headers.get('content-range')], [206, 'bytes 1000-1999/300000']);
  assert.deepEqual(Buffer.from(await part.arrayBuffer()), bytes.subarray(1000, 2000));
  assert.equal((await ask({ range: 'bytes=300000-' })).status, 416);
  assert.equal((await ask({ range: 'bytes=5-', 'if-range': '"other"' })).status, 200);
  assert.equal((await ask({}, 'HEAD')).headers.get('content-length'), '300000');
  assert.equal((await ask({}, 'POST')).status, 404);
});

describe('a service', () => {
  test('is called through the token, as far as it is open; its credentials stay with the provider; an answer can be kept', async () => {
    await two.provider.client.call('putService', {
      params: { id: 'parts' },
      body: {
        title: 'Parts',
        base: `${upstream.url}/inner`,
        methods: ['GET', 'POST'],
        paths: ['/parts/*', '/slow'],
        query: ['lang'],
        headers: { 'x-api-key': 'inside' },
      },
    } as never);
    const t = await open({ kind: 'service', id: 'parts' });
    const call = (path: string, init: RequestInit = {}) =>
      fetch(t.endpoint + path, { ...init, headers: { authorization: t.authorization } });
    const answer = await call('/parts/a%20b?lang=ko');
    assert.deepEqual([answer.status, await answer.json()], [200, { part: '/inner/parts/a%20b?lang=ko', body: '' }]);
    assert.equal(upstream.seen.at(-1), 'GET /inner/parts/a%20b?lang=ko inside ');
    assert.deepEqual(await (await call('/parts/1', { method: 'POST', body: '{"q":1}' })).json(), {
      part: '/inner/parts/1',
      body: '{"q":1}',
    });
    const before = upstream.seen.length;
    for (const path of ['/secret', '/parts/1?x=1', '/parts/..%2f..%2fadmin', '/parts/1/2', ''])
      assert.equal((await call(path)).status, 403, path);
    assert.equal(upstream.seen.length, before);
    assert.equal((await fetch(`${t.endpoint}/parts/1`)).status, 401);

    const file = await two.consumer.client.call('fetchService', {
      params: { id: t.mine },
      body: { path: '/parts/7', query: { lang: 'en' }, name: 'part-7.json' },
    });
    assert.deepEqual(
      [file.name, file.mediaType, file.transfer, file.receivedFrom?.did],
      ['part-7.json', 'application/json', t.mine, two.provider.did],
    );
    assert.match((await download(two.consumer, file.sha256)).toString(), /inner\/parts\/7\?lang=en/);
    await assert.rejects(two.consumer.client.call('fetchService', { params: { id: t.mine }, body: { path: '/secret' } }), {
      code: 'service_not_allowed',
    });
    assert.equal((await detail(two.consumer, t.mine)).transfer?.kind, 'service');
  });

  test('an answer of it that is under way is cut off with the transfer', async () => {
    const t = await open({ kind: 'service', id: 'parts' });
    const reader = await readSlowly(`${t.endpoint}/slow`, { authorization: t.authorization });
    assert.equal(reader.status, 200);
    await two.provider.client.call('act', { params: { id: t.theirs }, body: { action: 'suspend' } });
    assert.equal(await reader.rest(), false);
  });
});

import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { ChangeEvent } from '@madang/core/api/views.ts';
import { ApiError, createClient, participantOf } from './client.ts';
import { dataLines } from './events.ts';

/** What the last request was, and what to answer the next with. */
let asked: { method: string; url: string; headers: IncomingMessage['headers']; body: string };
let answer: (res: ServerResponse) => void;
const server = createServer((req, res) => {
  const chunks: Buffer[] = [];
  req.on('data', (chunk: Buffer) => chunks.push(chunk));
  req.on('end', () => {
    asked = { method: req.method!, url: req.url!, headers: req.headers, body: Buffer.concat(chunks).toString() };
    answer(res);
  });
});
let url: string;
const json = (status: number, value: unknown) => (res: ServerResponse) =>
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => server.close());

const garam = () => createClient({ url: `${url}/`, key: 'garam.secret' });

test('the participant is known from the key, the path from the table', async () => {
  answer = json(200, { records: [] });
  assert.deepEqual(await garam().call('records', { params: { kind: 'item' }, query: { q: '셀 팩', limit: 5 } }), { records: [] });
  assert.equal(asked.method, 'GET');
  assert.equal(asked.url, '/participants/garam/api/records/item?q=%EC%85%80+%ED%8C%A9&limit=5');
  assert.equal(asked.headers.authorization, 'Bearer garam.secret');
  assert.equal(participantOf('host.x'), undefined);
  await assert.rejects(async () => createClient({ url, key: 'host.x' }).call('me'), RangeError);
});

test('identifiers in paths are encoded; a missing one is told before anything is sent', async () => {
  answer = json(200, {});
  await garam().call('record', { params: { kind: 'footprint', id: 'urn:uuid:1/2' } });
  assert.equal(asked.url, '/participants/garam/api/records/footprint/urn%3Auuid%3A1%2F2');
  await assert.rejects(async () => garam().call('record', { params: { kind: 'footprint', id: '' } }), RangeError);
});

test('a body goes as JSON, a file as its bytes, a download comes as bytes', async () => {
  answer = json(200, {});
  await garam().call('transfer', { body: { agreement: 'urn:a' } });
  assert.deepEqual([asked.headers['content-type'], asked.body], ['application/json', '{"agreement":"urn:a"}']);
  await garam().call('importFile', { query: { kind: 'bom', name: '자재.csv' }, body: new TextEncoder().encode('a,b') });
  assert.deepEqual([asked.headers['content-type'], asked.body], ['application/octet-stream', 'a,b']);
  answer = (res) => res.end(Buffer.from([1, 2, 255]));
  assert.deepEqual([...(await garam().call('template', { params: { kind: 'bom' } }))], [1, 2, 255]);
});

test('without a key the cookie speaks, and every request carries the header that a foreign page cannot send', async () => {
  let init: RequestInit | undefined;
  const client = createClient({
    participant: 'garam',
    fetch: async (_, given) => {
      init = given;
      return Response.json({ ok: true });
    },
  });
  await client.call('signOut');
  assert.equal(init?.credentials, 'same-origin');
  assert.deepEqual(init?.headers, { 'x-madang': '1' });
});

test('the error of the server arrives whole', async () => {
  const text = { ko: '없습니다', en: 'none' };
  answer = json(404, { error: { code: 'not_found', status: 404, text, data: { what: 'x' } } });
  await assert.rejects(garam().call('me'), (e: unknown) => {
    assert.ok(e instanceof ApiError);
    assert.deepEqual([e.code, e.status, e.text, e.data], ['not_found', 404, text, { what: 'x' }]);
    return true;
  });
});

test('an answer that is not of Madang, a server that is not there, one that is silent, a call given up', async () => {
  answer = (res) => res.writeHead(502).end('<h1>Bad Gateway</h1>');
  await assert.rejects(garam().call('me'), { code: 'bad_answer' });
  answer = (res) => res.end('<html>');
  await assert.rejects(garam().call('me'), { code: 'bad_answer' });
  await assert.rejects(
    createClient({ url: 'http://127.0.0.1:1', key: 'a.b' }).call('me'),
    (e: ApiError) => e.code === 'unreachable' && e.text.en.includes('http://127.0.0.1:1/'),
  );
  answer = () => undefined;
  const reason = new Error('given up');
  await assert.rejects(garam().call('me', { signal: AbortSignal.timeout(50) }), { name: 'TimeoutError' });
  await assert.rejects(garam().call('me', { signal: AbortSignal.abort(reason) }), reason);
});

test('events: parts of any size, comments passed over, opened again after a break, ended by the signal', async () => {
  const pieces = [': hi\n\ndata: {"type":"re', 'cord","id":"1"}\r\n', '\r\nevent: x\ndata: {"type":\n', 'data: "offer","id":"2"}\n\n'];
  const stream = new ReadableStream({
    start(c) {
      for (const p of pieces) c.enqueue(new TextEncoder().encode(p));
      c.close();
    },
  });
  const lines: string[] = [];
  for await (const line of dataLines(new Response(stream))) lines.push(line);
  assert.deepEqual(lines, ['{"type":"record","id":"1"}', '{"type":\n"offer","id":"2"}']);

  let opened = 0;
  answer = (res) => {
    opened += 1;
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    res.end(`data: {"type":"record","id":"${opened}"}\n\n`);
  };
  const stop = new AbortController();
  const seen: ChangeEvent[] = [];
  await garam().events(
    (change) => {
      if (seen.push(change) === 2) stop.abort();
    },
    stop.signal,
    () => undefined,
  );
  assert.deepEqual(
    seen.map((c) => c.id),
    ['1', '2'],
  );

  answer = json(401, { error: { code: 'unauthorized', status: 401, text: { ko: '가', en: 'a' } } });
  await assert.rejects(
    garam().events(() => undefined, new AbortController().signal),
    { code: 'unauthorized' },
  );
});

test('the types of a call come from the table', () => {
  const client = garam();
  const never = () => {
    void client.call('collectFootprints', { body: { item: 'x' } });
    // @ts-expect-error a body is needed
    void client.call('collectFootprints');
    // @ts-expect-error no such field
    void client.call('transfer', { body: { contract: 'x' } });
    // @ts-expect-error the kind of file is needed
    void client.call('importFile', { query: { name: 'x' }, body: new Blob() });
    // @ts-expect-error no such call
    void client.call('delete');
    void client
      .host('passport', { params: { participant: 'garam', id: 'x' } })
      .then((p) => p.footprint?.total satisfies string | undefined);
  };
  assert.equal(typeof never, 'function');
});

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { after, before, test } from 'node:test';
import { createClient } from './client.ts';

const FILE = Buffer.from(Array.from({ length: 300_000 }, (_, i) => i % 251));
const SHA = createHash('sha256').update(FILE).digest('hex');
let answer: (req: IncomingMessage, res: ServerResponse) => void;
const server = createServer((req, res) => answer(req, res));
let url: string;
before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => {
  server.close();
  server.closeAllConnections();
});
const garam = () => createClient({ url, key: 'garam.secret' });

const refuse = (status: number, code: string) => (_: IncomingMessage, res: ServerResponse) =>
  res.writeHead(status).end(JSON.stringify({ error: { code, status, text: { ko: '가', en: 'a' } } }));
const asFile =
  (from: number, status = 206) =>
  (_: IncomingMessage, res: ServerResponse) =>
    res
      .writeHead(status, { etag: '"e"', 'content-range': `bytes ${from}-${FILE.length - 1}/${FILE.length}`, 'content-type': 'text/plain' })
      .end(FILE.subarray(from));

async function read(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of bytes) parts.push(part);
  return Buffer.concat(parts);
}

test('an upload goes out as it is read, with its size where it is known, and tells how far it is', async () => {
  let seen: { headers: IncomingMessage['headers']; sha: string } | undefined;
  answer = (req, res) => {
    const hash = createHash('sha256');
    req.on('data', (part: Buffer) => hash.update(part));
    req.on('end', () => {
      seen = { headers: req.headers, sha: hash.digest('hex') };
      res.end('{}');
    });
  };
  const pieces = () => Readable.from([FILE.subarray(0, 100_000), FILE.subarray(100_000)]);
  for (const [body, length] of [
    [pieces(), undefined],
    [new Blob([FILE]), '300000'],
    [new Uint8Array(FILE), '300000'],
  ] as const) {
    const told: number[] = [];
    await garam().call('putFile', { query: { name: 'f.bin' }, body, onProgress: (bytes) => told.push(bytes) });
    assert.deepEqual([seen!.sha, seen!.headers['content-length'], seen!.headers.authorization], [SHA, length, 'Bearer garam.secret']);
    assert.equal(told.at(-1), FILE.length);
    assert.deepEqual(
      told,
      told.toSorted((a, b) => a - b),
    );
  }
  await garam().call('putFile', { query: { name: 'f.bin' }, body: pieces(), size: FILE.length });
  assert.equal(seen!.headers['content-length'], '300000');
});

test('an upload that is refused, aborted, or fails where it is read from', async () => {
  answer = refuse(507, 'storage_full');
  await assert.rejects(garam().call('putFile', { query: { name: 'f' }, body: new Uint8Array(10) }), { code: 'storage_full', status: 507 });
  answer = (req) => void req.resume();
  const given = new Error('given up');
  const stop = new AbortController();
  const waiting = garam().call('putFile', { query: { name: 'f' }, body: new Uint8Array(10), signal: stop.signal });
  stop.abort(given);
  await assert.rejects(waiting, given);
  async function* broken() {
    yield FILE;
    throw Object.assign(new Error('the disk'), { code: 'EIO' });
  }
  await assert.rejects(garam().call('putFile', { query: { name: 'f' }, body: broken() }), /EIO|the disk/);
});

test('a download comes as it is read, from any byte on', async () => {
  answer = (req, res) => (req.headers.range ? asFile(200_000)(req, res) : res.writeHead(200, { 'content-length': FILE.length }).end(FILE));
  const whole = await garam().download('fileContent', { params: { sha256: SHA } });
  assert.deepEqual([whole.from, whole.size], [0, FILE.length]);
  assert.ok((await read(whole.bytes)).equals(FILE));
  let asked: IncomingMessage['headers'] = {};
  answer = (req, res) => {
    asked = req.headers;
    asFile(200_000)(req, res);
  };
  const rest = await garam().download('fileContent', { params: { sha256: SHA }, from: 200_000, etag: '"e"' });
  assert.deepEqual([asked.range, asked['if-range']], ['bytes=200000-', '"e"']);
  assert.deepEqual([rest.from, rest.size, rest.etag, rest.mediaType], [200_000, FILE.length, '"e"', 'text/plain']);
  assert.ok((await read(rest.bytes)).equals(FILE.subarray(200_000)));
});

test('a download of other content begins anew; another part than was asked for is no answer', async () => {
  answer = (_, res) => res.end(FILE);
  assert.equal((await garam().download('fileContent', { params: { sha256: SHA }, from: 5 })).from, 0);
  answer = asFile(4);
  await assert.rejects(garam().download('fileContent', { params: { sha256: SHA }, from: 5 }), { code: 'bad_answer' });
  answer = refuse(416, 'range_beyond');
  await assert.rejects(garam().download('fileContent', { params: { sha256: SHA }, from: 5 }), {
    code: 'range_beyond',
    text: { ko: '가', en: 'a' },
  });
});

test('a download that breaks gives what came, then tells', async () => {
  answer = (_, res) => {
    res.writeHead(200, { 'content-length': FILE.length });
    res.write(FILE.subarray(0, 1000), () => res.destroy());
  };
  const { bytes } = await garam().download('fileContent', { params: { sha256: SHA } });
  let came = 0;
  await assert.rejects(
    async () => {
      for await (const part of bytes) came += part.length;
    },
    { code: 'unreachable' },
  );
  assert.equal(came, 1000);
});

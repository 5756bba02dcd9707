import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StoredFile } from '@madang/core/api/views.ts';
import { type Network, openNetwork } from './network.ts';

// Files of a participant over the management interface: any size, any type, by the hash of their content.

let network: Network;
before(async () => {
  network = await openNetwork({ participants: ['maker', 'other'] });
});
after(() => network?.[Symbol.asyncDispose]());

const sha = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');
const ask = (path: string, init: RequestInit & { as?: string } = {}) => {
  const { as = 'maker', headers, ...rest } = init;
  const { key } = network.member(as);
  return fetch(`${network.url}/participants/${as}/api${path}`, { ...rest, headers: { authorization: `Bearer ${key}`, ...headers } });
};
async function put(name: string, body: Uint8Array<ArrayBuffer> | string, headers: Record<string, string> = {}): Promise<StoredFile> {
  const answer = await ask(`/files?name=${encodeURIComponent(name)}`, { method: 'POST', body, headers });
  const file = (await answer.json()) as StoredFile;
  assert.equal(answer.status, 200, JSON.stringify(file));
  return file;
}
const content = (sha256: string, headers: Record<string, string> = {}, more: RequestInit = {}) =>
  ask(`/files/${sha256}/content`, { headers, ...more });
const listed = async (query = '') => (await (await ask(`/files${query}`)).json()) as { files: StoredFile[]; next: string | null };
const folder = (participant = 'maker') => join(network.environment['MADANG_DATA'] ?? '', 'files', participant);
const blob = (sha256: string, participant?: string) => join(folder(participant), sha256.slice(0, 2), sha256);
const partials = () => readdirSync(join(folder(), 'partial'));

describe('what is stored comes back', () => {
  for (const size of [0, 1, 65_536, 1_048_576, 3_333_333])
    test(`${size} bytes, under their hash`, async () => {
      const bytes = randomBytes(size);
      const file = await put('측정.bin', bytes, { 'content-type': 'application/x-measure' });
      const { storedAt, ...rest } = file;
      assert.ok(Math.abs(Date.parse(storedAt) - Date.now()) < 60_000);
      assert.deepEqual(rest, {
        sha256: sha(bytes),
        name: '측정.bin',
        mediaType: 'application/x-measure',
        size,
        receivedFrom: null,
        agreement: null,
        transfer: null,
      });
      assert.deepEqual(await (await ask(`/files/${file.sha256}`)).json(), file);
      const answer = await content(file.sha256);
      assert.ok(bytes.equals(Buffer.from(await answer.arrayBuffer())));
      assert.equal(answer.headers.get('content-length'), String(size));
      assert.equal(answer.headers.get('repr-digest'), `sha-256=:${Buffer.from(sha(bytes), 'hex').toString('base64')}:`);
      assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
      assert.match(
        answer.headers.get('content-disposition') ?? '',
        /^attachment; filename="__\.bin"; filename\*=UTF-8''%EC%B8%A1%EC%A0%95\.bin$/,
      );
    });

  test('the type is asked for, else sent, else told by the name', async () => {
    const typed = await ask('/files?name=a.pdf&type=text/plain', { method: 'POST', body: 'typed' });
    assert.equal(((await typed.json()) as StoredFile).mediaType, 'text/plain');
    assert.equal((await put('a.pdf', randomBytes(5), { 'content-type': 'application/octet-stream' })).mediaType, 'application/pdf');
    assert.equal((await put('a', randomBytes(5), { 'content-type': '' })).mediaType, 'application/octet-stream');
  });

  test('the same content twice is one file, under the name it was given last', async () => {
    const bytes = randomBytes(1_000);
    const first = await put('old.csv', bytes);
    const again = await put('new.csv', bytes);
    assert.equal(again.sha256, first.sha256);
    assert.equal(again.name, 'new.csv');
    const { files } = await listed(`?q=${first.sha256}`);
    assert.deepEqual(files, [again]);
  });

  test('many at once, some of them the same', async () => {
    const contents = Array.from({ length: 30 }, (_, i) => `file ${i % 10} ${'x'.repeat(i % 10)}`);
    const files = await Promise.all(contents.map((text, i) => put(`${i}.txt`, text)));
    assert.deepEqual(
      files.map(({ sha256 }) => sha256),
      contents.map(sha),
    );
    for (const { sha256 } of files) assert.equal((await content(sha256)).status, 200);
    assert.deepEqual(partials(), []);
  });
});

describe('parts and conditions', () => {
  const bytes = randomBytes(700_000);
  const etag = `"sha256-${sha(bytes)}"`;
  before(() => put('parts.bin', bytes));
  const part = async (headers: Record<string, string>, more?: RequestInit) => {
    const answer = await content(sha(bytes), headers, more);
    return {
      status: answer.status,
      range: answer.headers.get('content-range'),
      etag: answer.headers.get('etag'),
      body: Buffer.from(await answer.arrayBuffer()),
    };
  };

  test('one range', async () => {
    for (const [range, start, end] of [
      ['bytes=0-0', 0, 0],
      ['bytes=100-', 100, 699_999],
      ['bytes=-5', 699_995, 699_999],
      ['bytes=600000-9999999', 600_000, 699_999],
      ['bytes=1-650000', 1, 650_000],
    ] as const)
      assert.deepEqual(
        await part({ range }),
        { status: 206, range: `bytes ${start}-${end}/700000`, etag, body: bytes.subarray(start, end + 1) },
        range,
      );
  });

  test('beyond the end, several, or none that can be read', async () => {
    for (const range of ['bytes=700000-', 'bytes=-0', 'bytes=800000-900000']) {
      const { status, range: told, body } = await part({ range });
      assert.deepEqual([status, told, body.length], [416, 'bytes */700000', 0], range);
    }
    for (const range of ['bytes=0-1,5-6', 'bytes=5-1', 'pages=1-2', 'x'])
      assert.deepEqual(await part({ range }), { status: 200, range: null, etag, body: bytes }, range);
  });

  test('If-Range: the part only of the same file', async () => {
    assert.equal((await part({ range: 'bytes=5-9', 'if-range': etag })).status, 206);
    for (const condition of [`W/${etag}`, '"other"', 'Tue, 24 Nov 2026 10:00:00 GMT'])
      assert.equal((await part({ range: 'bytes=5-9', 'if-range': condition })).status, 200, condition);
  });

  test('If-None-Match, and HEAD', async () => {
    for (const tags of [etag, `"x", W/${etag}`, '*']) {
      const { status, body } = await part({ 'if-none-match': tags });
      assert.deepEqual([status, body.length], [304, 0], tags);
    }
    assert.equal((await part({ 'if-none-match': '"x"' })).status, 200);
    const head = await content(sha(bytes), { range: 'bytes=1-2' }, { method: 'HEAD' });
    assert.deepEqual([head.status, head.headers.get('content-length'), head.headers.get('etag')], [200, '700000', etag]);
    assert.equal((await part({})).status, 200);
  });

  test('a reader who leaves in the midst', async () => {
    const stop = new AbortController();
    const answer = await content(sha(bytes), {}, { signal: stop.signal });
    stop.abort();
    await assert.rejects(answer.arrayBuffer());
    assert.equal((await part({ range: 'bytes=0-1' })).status, 206);
  });
});

describe('one participant, one address', () => {
  test('what another participant stores does not exist for this one, though the content is known', async () => {
    const bytes = randomBytes(2_000);
    const { sha256 } = await put('secret.bin', bytes);
    for (const path of [`/files/${sha256}`, `/files/${sha256}/content`]) assert.equal((await ask(path, { as: 'other' })).status, 404);
    assert.equal((await ask(`/files/${sha256}`, { as: 'other', method: 'DELETE' })).status, 404);
    const stored = await ask('/files?name=mine.bin', { as: 'other', method: 'POST', body: bytes });
    assert.equal(stored.status, 200);
    assert.equal((await ask(`/files/${sha256}`, { method: 'DELETE' })).status, 200);
    assert.ok(!existsSync(blob(sha256)) && existsSync(blob(sha256, 'other')));
    assert.equal((await ask(`/files/${sha256}/content`, { as: 'other' })).status, 200);
  });

  test('no id leads out of the folder', async () => {
    for (const id of [
      '..',
      '%2e%2e',
      '..%2f..%2fmaster.key',
      '%2e%2e%2f%2e%2e%2fmaster.key',
      'partial',
      `${'a'.repeat(62)}%2f.`,
      'A'.repeat(64),
      'a'.repeat(64),
    ])
      for (const method of ['GET', 'DELETE'])
        assert.equal((await ask(`/files/${id}${method === 'GET' ? '/content' : ''}`, { method })).status, 404, `${method} ${id}`);
    assert.ok(existsSync(join(folder(), '..', '..', 'files')));
  });

  test('a name that leads elsewhere is a name only', async () => {
    const file = await put('../../../tmp/evil\r\nx: y.html', randomBytes(10));
    assert.equal(file.name, 'evilx: y.html');
    const answer = await content(file.sha256);
    assert.equal(answer.headers.get('x'), null);
    assert.match(answer.headers.get('content-disposition') ?? '', /^attachment;/);
  });
});

describe('what ends early', () => {
  test('an upload whose sender leaves is forgotten', async () => {
    const call = request(`${network.url}/participants/maker/api/files?name=half.bin`, {
      method: 'POST',
      headers: { authorization: `Bearer ${network.member('maker').key}`, 'content-length': 5_000_000 },
    });
    call.on('error', () => {});
    call.write(randomBytes(2_000_000));
    for (let i = 0; i < 100 && partials().length === 0; i++) await sleep(20);
    assert.equal(partials().length, 1);
    call.destroy();
    for (let i = 0; i < 200 && partials().length > 0; i++) await sleep(20);
    assert.deepEqual(partials(), []);
    assert.deepEqual((await listed('?q=half.bin')).files, []);
  });

  test('a body larger than the disk is refused before it is sent', async () => {
    const call = request(`${network.url}/participants/maker/api/files?name=huge.bin`, {
      method: 'POST',
      headers: { authorization: `Bearer ${network.member('maker').key}`, 'content-length': 1e15 },
    });
    call.flushHeaders();
    const [answer] = (await once(call, 'response')) as [import('node:http').IncomingMessage];
    assert.equal(answer.statusCode, 507);
    call.on('error', () => {}).destroy();
  });
});

test('the list is paged, newest first, and searched', async () => {
  const names = Array.from({ length: 7 }, (_, i) => `paged-${i}.csv`);
  for (const name of names) await put(name, `${name} ${Math.random()}`);
  const seen: string[] = [];
  let after: string | null = '';
  do {
    const page: Awaited<ReturnType<typeof listed>> = await listed(`?q=PAGED-&limit=3${after ? `&after=${encodeURIComponent(after)}` : ''}`);
    seen.push(...page.files.map(({ name }) => name));
    after = page.next;
  } while (after !== null);
  assert.deepEqual(seen, names.toReversed());
  assert.equal((await ask('/files?after=x')).status, 400);
});

test('a file that an open offer shows is kept until the offer is withdrawn', async () => {
  const { client } = network.member('maker');
  const { sha256 } = await put('offered.csv', 'a,b\n1,2\n');
  const anyone = { choices: {} };
  const body = { title: 'File', view: { kind: 'file' as const, sha256 }, access: anyone, contract: anyone, answer: 'auto' as const };
  const offer = await client.call('createOffer', { body });
  const refused = await ask(`/files/${sha256}`, { method: 'DELETE' });
  assert.deepEqual([refused.status, ((await refused.json()) as { error: { code: string } }).error.code], [409, 'file_in_use']);
  assert.equal((await content(sha256)).status, 200);
  await client.call('withdrawOffer', { params: { id: offer.id } });
  assert.equal((await ask(`/files/${sha256}`, { method: 'DELETE' })).status, 200);
  assert.deepEqual(
    [existsSync(blob(sha256)), (await content(sha256)).status, (await ask(`/files/${sha256}`, { method: 'DELETE' })).status],
    [false, 404, 404],
  );
});

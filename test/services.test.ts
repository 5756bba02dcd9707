import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { after, before, test } from 'node:test';
import type { ServiceDetail } from '@madang/core/api/views.ts';
import type { Context } from '@madang/server/context.ts';
import { toMadangError } from '@madang/server/http/error.ts';
import type { House } from '@madang/server/participants/houses.ts';
import { forward, type ServiceCall } from '@madang/server/services/forward.ts';
import { getService } from '@madang/server/services/services.ts';
import { pino } from 'pino';
import { type Network, openNetwork } from './network.ts';

// An HTTP service behind a participant: what of it is opened, what its credentials do, and what never comes out.

const SECRET = 'sk-inner-4711';
let network: Network;
let ctx: Context;
let house: House;
let inner: Server;
let origin: string;
let answer: (req: IncomingMessage, res: ServerResponse) => void;
let seen: { url: string | undefined; key: unknown }[] = [];

before(async () => {
  inner = createServer((req, res) => {
    seen.push({ url: req.url, key: req.headers['x-api-key'] });
    answer(req, res);
  });
  inner.listen(0, '127.0.0.1');
  await once(inner, 'listening');
  origin = `http://localhost:${(inner.address() as { port: number }).port}`;
  const settings = { MADANG_OUTBOUND: 'public', MADANG_UPSTREAMS: ` ${origin} , http://10.9.8.7:80/ ` };
  network = await openNetwork({ participants: ['plant', 'other'], settings });
  ctx = network.server.context;
  house = ctx.houses.get('plant');
});
after(async () => {
  await network?.[Symbol.asyncDispose]();
  inner?.closeAllConnections();
  inner?.close();
});

const ask = (method: string, path: string, body?: object, as = 'plant') =>
  fetch(`${network.url}/participants/${as}/api${path}`, {
    method,
    headers: { authorization: `Bearer ${network.member(as).key}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
const basic = () => ({
  title: 'Measurements',
  base: `${origin}/base`,
  methods: ['GET', 'POST'],
  paths: ['/lots/*', '/lots/*/values', '/'],
  query: ['from', 'to'],
  headers: { 'X-Api-Key': SECRET },
});
async function put(more: object = {}, id = 'measure'): Promise<{ status: number; code?: string; text: string; service: ServiceDetail }> {
  const response = await ask('PUT', `/services/${id}`, { ...basic(), ...more });
  const text = await response.text();
  const json = JSON.parse(text);
  return { status: response.status, code: json.error?.code, text, service: json };
}
async function call(more: Partial<ServiceCall> = {}, signal = new AbortController().signal, id = 'measure') {
  seen = [];
  const given = { method: 'GET', path: '/lots/7', query: new URLSearchParams(), ...more };
  const { status, headers, body } = await forward(ctx, house, id, given, signal);
  return { status, headers, text: (await body.toArray()).join('') };
}

test('it is set, shown without its secrets, changed and removed', async () => {
  const { status, service, text } = await put();
  assert.equal(status, 200);
  assert.deepEqual(service, {
    id: 'measure',
    title: 'Measurements',
    base: `${origin}/base`,
    methods: ['GET', 'POST'],
    paths: ['/lots/*', '/lots/*/values', '/'],
    query: ['from', 'to'],
    headers: ['X-Api-Key'],
    maxBytes: 67_108_864,
    timeout: 30,
  });
  assert.ok(!text.includes(SECRET));
  assert.deepEqual(await getService(ctx, house, 'measure'), service);
  assert.ok(!(await (await ask('GET', '/services')).text()).includes(SECRET));
  await assert.rejects(getService(ctx, ctx.houses.get('other'), 'measure'), { code: 'not_found' });
  assert.deepEqual(await (await ask('GET', '/services', undefined, 'other')).json(), { services: [] });
  assert.equal((await ask('DELETE', '/services/measure', undefined, 'other')).status, 404);
  assert.equal((await ask('DELETE', '/services/measure')).status, 200);
  assert.equal((await ask('DELETE', '/services/measure')).status, 404);
});

test('in the database the secrets are sealed, to their place', async () => {
  await put();
  const rows = await ctx.store.read('plant', (db) => db<{ all: string; sealed: Buffer }[]>`select s::text as all, sealed from service s`);
  assert.ok(rows.length > 0 && rows.every(({ all, sealed }) => !all.includes(SECRET) && !sealed.includes(SECRET)));
  await ctx.store.write('plant', (db) => db`update service set id = 'moved' where id = 'measure'`);
  await assert.rejects(call({}, undefined, 'moved'), { code: 'wrong_master_key' });
  await ask('DELETE', '/services/moved');
});

test('what is open goes through, with the credentials; of the answer what a reader needs', async () => {
  await put();
  answer = (req, res) => {
    res.writeHead(200, {
      'content-type': 'text/csv',
      etag: '"1"',
      'set-cookie': 'a=b',
      server: 'inner/1.2',
      'x-inner': 'host17',
      location: 'http://inner',
    });
    res.end(`${req.method} ${req.headers['accept']} ${req.headers['x-forwarded-for']}`);
  };
  const { status, headers, text } = await call({
    path: '/lots/%EA%B0%80',
    query: new URLSearchParams('from=1&to=2&from=3'),
    accept: 'text/csv',
  });
  assert.deepEqual([status, headers, text], [200, { 'content-type': 'text/csv', etag: '"1"' }, 'GET text/csv undefined']);
  assert.deepEqual(seen, [{ url: '/base/lots/%EA%B0%80?from=1&to=2&from=3', key: SECRET }]);
  await call({ path: '' });
  assert.equal(seen[0]?.url, '/base');
  answer = (req, res) => void req.toArray().then((parts) => res.end(`${req.headers['content-type']} ${parts.join('')}`));
  const posted = { method: 'POST', contentType: 'application/json' };
  assert.equal((await call({ ...posted, body: '{"a":1}' })).text, 'application/json {"a":1}');
  const pieces = (async function* () {
    yield Buffer.from('{"b"');
    yield Buffer.from(':2}');
  })();
  assert.equal((await call({ ...posted, body: pieces })).text, 'application/json {"b":2}');
});

test('what is not open does not reach the service', async () => {
  await put();
  answer = (_, res) => res.end('reached');
  const attacks: Partial<ServiceCall>[] = [
    { method: 'DELETE' },
    { method: 'get' },
    { method: 'CONNECT' },
    ...[
      '/admin',
      '/lots',
      '/lots/',
      '/lots/7/',
      '/lots/7/values/x',
      '/lots/../admin',
      '/lots/%2e%2e',
      '/lots/..;/values',
      '/lots/%252e%252e/values',
      '/lots/7%2f..%2fadmin',
      '/lots//values',
      '//evil.example/lots/7',
      '/LOTS/7',
      '/lots/7?from=1',
      '/lots/7#x',
      'lots/7',
      '@evil.example/',
      '.evil.example',
      '/lots/7%0d%0aX-A:b',
      '/lots/\\..\\admin',
    ].map((path) => ({ path })),
    ...['admin=1', 'from=1&Admin=2', 'from[]=1', '%66rom%00=1', 'FROM=1'].map((query) => ({ query: new URLSearchParams(query) })),
  ];
  for (const attack of attacks) {
    await assert.rejects(call(attack), { code: 'service_not_allowed', status: 403 }, JSON.stringify(attack));
    assert.deepEqual(seen, []);
  }
});

test('a failure tells its status at most, never what the service said, and logs no secret', async () => {
  await put();
  const lines: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line) => lines.push(line) });
  const inside = `stack trace with ${SECRET} at db17.inner`;
  for (const [status, code] of [
    [500, 'service_failed'],
    [503, 'service_failed'],
    [301, 'service_failed'],
    [304, 'service_failed'],
    [401, 'service_failed'],
    [403, 'service_failed'],
    [407, 'service_failed'],
  ] as const) {
    answer = (_, res) =>
      res.writeHead(status, { location: 'http://169.254.169.254/', 'www-authenticate': 'Basic realm=inner' }).end(inside);
    await assert.rejects(call(), (error: Error & { code: string; status: number }) => {
      assert.deepEqual([error.code, error.status, error.message.includes('inner')], [code, 502, false]);
      toMadangError(error, log);
      return true;
    });
    assert.equal(seen.length, 1);
  }
  for (const status of [400, 404, 409, 422, 429]) {
    answer = (_, res) => res.writeHead(status, { 'x-inner': '1' }).end(inside);
    const refused = await call();
    assert.deepEqual(
      [refused.status, refused.headers, JSON.parse(refused.text).error.code],
      [status, { 'content-type': 'application/json' }, 'service_refused'],
    );
    assert.ok(!refused.text.includes('inner'));
  }
  answer = (req) => req.socket.destroy();
  await assert.rejects(
    call(),
    (error: Error & { code: string }) => error.code === 'service_unreachable' && !error.message.includes('localhost'),
  );
});

test('too much is cut: declared, in pieces, and without an end', async () => {
  await put({ maxBytes: 100_000 });
  answer = (_, res) => res.end(Buffer.alloc(100_000));
  assert.equal((await call()).text.length, 100_000);
  answer = (_, res) => res.end(Buffer.alloc(100_001));
  await assert.rejects(call(), { code: 'service_too_large' });
  let closed = false;
  answer = (_, res) => {
    const more = () => void (res.destroyed || res.write(Buffer.alloc(10_000), () => setImmediate(more)));
    res.on('close', () => {
      closed = true;
    });
    more();
  };
  await assert.rejects(call(), { code: 'service_too_large' });
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.ok(closed);
});

test('too slow is cut: no answer, and a byte at a time', async () => {
  await put({ timeout: 1 });
  answer = () => {};
  await assert.rejects(call(), { code: 'service_unreachable' });
  answer = (_, res) => {
    const drip = setInterval(() => res.write('x'), 100);
    res.on('close', () => clearInterval(drip));
  };
  const began = performance.now();
  await assert.rejects(call(), { code: 'service_unreachable' });
  assert.ok(performance.now() - began < 10_000);
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 100);
  await assert.rejects(call({}, stop.signal), { code: 'service_unreachable' });
});

test('an address inside is for the host to allow, when it is set and at each call', async () => {
  for (const base of [
    'http://127.0.0.1:1/',
    'http://10.0.0.1/',
    'http://169.254.169.254/latest',
    'http://[::1]/',
    'http://2130706433/',
    'http://[::ffff:10.0.0.1]/',
    `${origin.replace('localhost', '127.0.0.1')}/`,
    'http://localhost:1/',
    'http://10.9.8.7:81/',
    'https://10.9.8.7:80/',
    network.url,
  ])
    assert.deepEqual([(await put({ base })).code, base], ['upstream_forbidden', base]);
  assert.equal((await put({ base: 'http://10.9.8.7/x' }, 'named')).status, 200);
  for (const base of [`${origin}/?a=1`, `${origin}/#a`, origin.replace('//', '//user:pw@'), `${origin}/a%2fb`, 'ftp://x.example/', 'x'])
    assert.ok(['service_invalid', 'bad_request'].includes((await put({ base })).code ?? ''), base);
  // Written past the door, as by a host that has since taken the permission back.
  await put();
  await ctx.store.write('plant', (db) => db`update service set base = ${`${network.url}/x`} where id = 'measure'`);
  await assert.rejects(call(), { code: 'service_unreachable' });
});

test('a kept header value stays with its address', async () => {
  await put();
  const kept = await put({ headers: { 'X-Api-Key': true, 'X-More': 'plain' }, base: `${origin}/elsewhere` });
  assert.deepEqual([kept.status, kept.service.headers], [200, ['X-Api-Key', 'X-More']]);
  answer = (req, res) => res.end(String(req.headers['x-more']));
  assert.equal((await call()).text, 'plain');
  assert.equal(seen[0]?.key, SECRET);
  assert.equal((await put({ headers: { 'X-Api-Key': true }, base: 'http://10.9.8.7/' })).code, 'service_headers_again');
  assert.equal((await put({ headers: { 'X-Api-Key': true, 'X-Other': true } })).code, 'service_headers_again');
  assert.equal((await put({ headers: { 'X-Api-Key': true } }, 'new')).code, 'service_headers_again');
  for (const headers of [
    { Host: 'x' },
    { 'content-length': '1' },
    { 'Transfer-Encoding': 'chunked' },
    { Connection: 'close' },
    { 'X-A': `${SECRET}\r\nX-B: c` },
    { 'X-A': '1', 'x-a': '2' },
  ]) {
    const { code, text } = await put({ headers });
    assert.equal(code, 'service_invalid', text);
    assert.ok(!text.includes(SECRET));
  }
});

test('paths are patterns of whole segments', async () => {
  for (const path of ['/a*', '/**', '/../x', '/a//b', '/%2e%2e', '/a%2fb'])
    assert.equal((await put({ paths: [path] })).code, 'service_invalid', path);
});

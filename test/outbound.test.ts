import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { mayReach } from '@madang/server/http/addresses.ts';
import { openOutbound } from '@madang/server/http/outbound.ts';
import { introduce, openNetwork } from './network.ts';
import { openStranger } from './stranger.ts';

// The one door through which requests leave: where they may go, and what may come back.

const INNER = [
  '0.0.0.0',
  '10.0.0.1',
  '10.255.255.255',
  '100.64.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.8',
  '192.0.2.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.51.100.7',
  '203.0.113.9',
  '224.0.0.1',
  '239.255.255.250',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'febf::1',
  'fec0::1',
  'ff02::1',
  '2001:db8::1',
  '64:ff9b::a00:1',
  '64:ff9b:1::1',
  '2002:a00:1::',
  '2001:0:a00::1',
  '100::1',
  '3fff::1',
  '::ffff:10.0.0.1',
  '::ffff:a00:1',
  '::ffff:169.254.169.254',
  '::ffff:a9fe:a9fe',
  '::10.0.0.1',
  '::a00:1',
  'fe80::1%eth0',
];
const LOOPBACK = ['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1'];
const OUTER = [
  '8.8.8.8',
  '1.1.1.1',
  '172.15.255.255',
  '172.32.0.1',
  '100.63.255.255',
  '100.128.0.1',
  '192.169.0.1',
  '2606:4700::1111',
  '2a00:1450::1',
  '2404:6800::1',
];

test('public: what is on the public internet, and nothing of this machine or network', () => {
  for (const address of [...INNER, ...LOOPBACK]) assert.equal(mayReach('public', address), false, address);
  for (const address of OUTER) assert.equal(mayReach('public', address), true, address);
});

test('loopback: this machine too, in every spelling, and no other inner address', () => {
  for (const address of INNER) assert.equal(mayReach('loopback', address), false, address);
  for (const address of [...OUTER, ...LOOPBACK]) assert.equal(mayReach('loopback', address), true, address);
});

test('what is no address is not reached', () => {
  for (const address of ['', 'localhost', '1.2.3', '::ffff:', 'x'.repeat(100)])
    for (const rule of ['public', 'loopback'] as const) assert.equal(mayReach(rule, address), false, address);
});

describe('a request through the door', () => {
  const seen: string[] = [];
  const server = createServer((req, res) => {
    seen.push(`${req.method} ${req.url} ${req.headers.host}`);
    if (req.url === '/moved') return void res.writeHead(302, { location: '/target' }).end();
    if (req.url === '/big') return void res.end(Buffer.alloc(100_000));
    if (req.url === '/endless') {
      const drip = setInterval(() => res.write('x'), 20);
      return void res.on('close', () => clearInterval(drip));
    }
    if (req.url === '/silent') return;
    if (req.url === '/cut') {
      res.writeHead(200, { 'content-length': '1000' });
      return void res.write('x', () => req.socket.destroy());
    }
    res.end('ok');
  });
  let port = 0;
  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as { port: number }).port;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const get = (path: string, more: object = {}, rule: 'public' | 'loopback' = 'loopback', host = 'localhost') => {
    const door = openOutbound(rule);
    return door.send({ method: 'GET', url: `http://${host}:${port}${path}`, ...more }).finally(() => door[Symbol.dispose]());
  };

  test('arrives, and a redirect is an answer like any other', async () => {
    assert.deepEqual([(await get('/x')).text, (await get('/moved')).status], ['ok', 302]);
    assert.equal(
      seen.some((line) => line.includes('/target')),
      false,
    );
  });

  test('under public does not leave: by address in any spelling, nor by a name that leads inside', async () => {
    const before = seen.length;
    for (const host of [
      '127.0.0.1',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      '2130706433',
      '0x7f.1',
      '0177.0.0.1',
      '127.1',
      '0',
      'localhost',
      'LOCALHOST',
      '10.0.0.1',
      '169.254.169.254',
    ])
      await assert.rejects(get('/x', {}, 'public', host), { code: 'outbound_forbidden', status: 403 }, host);
    for (const host of ['10.0.0.1', '[fe80::1]', '192.168.0.1'])
      await assert.rejects(get('/x', {}, 'loopback', host), { code: 'outbound_forbidden' }, host);
    assert.equal(seen.length, before);
  });

  test('goes to http and https addresses only', async () => {
    const door = openOutbound('any');
    for (const url of [
      'file:///etc/passwd',
      'ftp://example.com',
      'data:text/plain,x',
      'javascript:1',
      'nowhere',
      '',
      '//localhost',
      `ws://localhost:${port}`,
    ])
      await assert.rejects(door.send({ method: 'GET', url }), { code: 'outbound_forbidden' }, url);
    door[Symbol.dispose]();
  });

  test('ends when the answer is too large, too slow, cut off, or does not come', async () => {
    await assert.rejects(get('/big', { maxBytes: 1_000 }), { code: 'outbound_too_large', status: 502 });
    for (const path of ['/endless', '/silent']) {
      const began = Date.now();
      await assert.rejects(get(path, { timeout: 150 }), { code: 'outbound_unreachable', status: 502 }, path);
      assert.ok(Date.now() - began < 1_500, path);
    }
    await assert.rejects(get('/cut'), { code: 'outbound_unreachable' });
    await assert.rejects(openOutbound('loopback').send({ method: 'GET', url: 'http://localhost:1/' }), { code: 'outbound_unreachable' });
  });
});

test('a server that may reach the public internet only reaches no partner on this machine', async () => {
  await using stranger = await openStranger();
  await using network = await openNetwork({ participants: ['maker'], settings: { MADANG_OUTBOUND: 'public' } });
  const { client } = network.member('maker');
  const entry = { did: stranger.did, name: 'Inside', shortName: 'inside' };
  await assert.rejects(client.call('putPartner', { body: entry }), { code: 'outbound_forbidden' });
  await introduce(network.member('maker'), [stranger]);
  const { fetchedAt, problem } = await client.call('catalog', { body: { partner: stranger.did } });
  assert.deepEqual([fetchedAt, problem?.code], [null, 'outbound_forbidden']);
  const { status } = await client.call('obtain', { body: { partner: stranger.did, wait: 1 } }).then(
    (view) => view,
    (error: { code: string }) => ({ status: error.code }),
  );
  assert.ok(['unreachable', 'outbound_forbidden'].includes(status), status);
  assert.equal((await stranger.signed(network.member('maker'), { path: '/catalog/request', body: {} })).body.code, 'token_invalid');
  assert.deepEqual(stranger.heard, []);
});

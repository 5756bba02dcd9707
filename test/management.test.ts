import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { API } from '@madang/core/api/routes.ts';
import { type Member, type Network, openNetwork } from './network.ts';
import { type Ask, send } from './wire.ts';

// Who may use the management interface of a participant: the holder of its key, or of a session that was opened with it.

let network: Network;
let maker: Member;
let supplier: Member;
before(async () => {
  network = await openNetwork({ participants: ['maker', 'supplier'] });
  maker = network.member('maker');
  supplier = network.member('supplier');
});
after(() => network?.[Symbol.asyncDispose]());

const ask = (headers: Record<string, string>, more: Partial<Ask> = {}) => send(maker.management, { path: '/me', headers, ...more });
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

describe('a key', () => {
  test('of the participant opens its interface', async () => {
    const { status, body } = await ask(bearer(maker.key));
    assert.deepEqual([status, body.id], [200, 'maker']);
  });

  test('that is wrong opens nothing, whatever its form', async () => {
    const wrong = [
      '',
      'x',
      '.',
      'maker',
      'maker.',
      'maker.x',
      `${maker.key}x`,
      maker.key.slice(0, -1),
      maker.key.toUpperCase(),
      `nobody.${maker.key.split('.')[1]}`,
      `.${maker.key.split('.')[1]}`,
      `maker.${'x'.repeat(9_000)}`,
      network.hostKey,
      "maker.' or 1=1 --",
    ];
    for (const key of wrong) {
      const { status, body } = await ask(bearer(key));
      assert.deepEqual([key.slice(0, 30), status, body.error.code], [key.slice(0, 30), 401, 'unauthorized']);
      assert.ok(body.error.text.ko && body.error.text.en);
    }
    assert.equal((await ask({})).status, 401);
  });

  test('of another participant is forbidden here, on every call of the table', async () => {
    for (const [name, route] of Object.entries(API)) {
      const path = route.path.replaceAll(/:\w+/g, 'x');
      const { status, body } = await ask(bearer(supplier.key), {
        path,
        method: route.method,
        ...(route.method === 'GET' ? {} : { raw: '{}' }),
      });
      assert.deepEqual([name, status, body.error.code], [name, 403, 'forbidden']);
      assert.equal((await ask({}, { path, method: route.method, ...(route.method === 'GET' ? {} : { raw: '{}' }) })).status, 401, name);
    }
  });

  test('of a participant does not host others; the host’s key does not manage a participant', async () => {
    const create = (headers: Record<string, string>) =>
      send(network.url, { path: '/api/participants', body: { id: 'third', name: 'Third' }, headers });
    for (const headers of [{}, bearer(maker.key), bearer('host.'), bearer('host.wrong-wrong-wrong'), bearer('')])
      assert.equal((await create(headers)).status, 401);
    assert.equal((await create(bearer(network.hostKey))).status, 201);
  });
});

describe('a session', () => {
  const signIn = (key: string) => send(network.url, { path: '/api/session', body: { key } });
  const cookieOf = (headers: Headers) => headers.getSetCookie()[0]?.split(';')[0] ?? '';

  test('is opened by the key with a cookie that scripts and other sites do not get', async () => {
    const { status, headers, body } = await signIn(` ${maker.key}\n`);
    assert.deepEqual([status, body.id], [200, 'maker']);
    const [cookie = ''] = headers.getSetCookie();
    for (const word of ['HttpOnly', 'SameSite=Strict', 'Path=/', 'Max-Age=']) assert.match(cookie, new RegExp(word));
    assert.ok(!cookie.includes(maker.key));
    for (const key of ['x', supplier.key.replace('supplier', 'maker'), `${maker.key}x`])
      assert.deepEqual([(await signIn(key)).status, (await signIn(key)).headers.getSetCookie()], [401, []]);
  });

  test('reads with the cookie alone, changes only with X-Madang, and is its own participant’s', async () => {
    const cookie = cookieOf((await signIn(maker.key)).headers);
    assert.equal((await ask({ cookie })).status, 200);
    const change = { path: '/trust', method: 'PUT', body: { operators: [] } };
    assert.deepEqual([(await ask({ cookie }, change)).status, (await ask({ cookie }, change)).body.error.code], [403, 'forbidden']);
    assert.equal((await ask({ cookie, 'x-madang': '0' }, change)).status, 403);
    assert.equal((await ask({ cookie, 'x-madang': '1' }, change)).status, 200);
    assert.equal((await send(supplier.management, { path: '/me', headers: { cookie } })).status, 403);
    assert.equal((await send(network.url, { path: '/api/session', headers: { cookie } })).body.id, 'maker');
  });

  test('ends with the sign-out, for every copy of its cookie', async () => {
    const cookie = cookieOf((await signIn(maker.key)).headers);
    const other = cookieOf((await signIn(maker.key)).headers);
    assert.equal((await ask({ cookie }, { path: '/session', method: 'DELETE' })).status, 403, 'another site cannot sign anyone out');
    const { status, headers } = await ask({ cookie, 'x-madang': '1' }, { path: '/session', method: 'DELETE' });
    assert.equal(status, 200);
    assert.match(headers.getSetCookie()[0] ?? '', /madang_session=;/);
    assert.equal((await ask({ cookie })).status, 401);
    assert.equal((await send(network.url, { path: '/api/session', headers: { cookie } })).status, 401);
    assert.equal((await ask({ cookie: other })).status, 200);
  });

  test('is not made up', async () => {
    for (const value of ['', 'x', 'maker', 'maker.', 'maker.x', maker.key, 'nobody.x', '%00', 'maker.%00'])
      assert.equal((await ask({ cookie: `madang_session=${value}` })).status, 401, value);
    assert.equal((await send(network.url, { path: '/api/session' })).status, 401);
  });
});

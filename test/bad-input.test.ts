import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { HOST_API, ROUTES } from '@madang/core/api/routes.ts';
import { ENDPOINTS } from '@madang/core/dsp/path.ts';
import fc from 'fast-check';
import { agree, type Member, type Network, offerItem, openNetwork } from './network.ts';
import { isRefused, type Ledger, openLedger } from './refused.ts';
import { type Answer, type Ask, send } from './wire.ts';

// Whatever is sent to any address: the registry's error, never a fault of ours, and nothing stored in part.

let network: Network;
let maker: Member;
let supplier: Member;
let ledger: Ledger;
let ids: Readonly<Record<string, string>>;

before(async () => {
  network = await openNetwork({ participants: ['maker', 'supplier'] });
  maker = network.member('maker');
  supplier = network.member('supplier');
  const offer = await offerItem(supplier);
  await agree(maker, supplier, offer);
  const { id } = await agree(supplier, maker, await offerItem(maker));
  ids = { did: supplier.did, kind: 'item', exchange: id, item: 'x', participant: 'maker' };
  ledger = await openLedger(network);
});
after(async () => {
  await ledger?.[Symbol.asyncDispose]();
  await network?.[Symbol.asyncDispose]();
});

interface Target {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly hasBody: boolean;
  send(ask: Partial<Ask>): Promise<Answer>;
}

const fill = (path: string, values: Readonly<Record<string, string>> = {}) => path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(values[name] ?? ids[name] ?? 'x'));

/** Every address that is served: management, host, protocol. The stream of events has no end and takes no input. */
function targets(): Target[] {
  const key = { authorization: `Bearer ${maker.key}` };
  const management = ROUTES.filter(({ form }) => form !== 'events').map(({ name, method, path, body, form }) => ({
    name, method, path, hasBody: body !== undefined && form !== 'file',
    send: (ask: Partial<Ask>) => send(maker.management, { method, path: fill(path), headers: key, ...ask }),
  }));
  const host = Object.entries(HOST_API).map(([name, { method, path, body }]: [string, { method: string; path: string; body?: unknown }]) => ({
    name: `host ${name}`, method, path: `/api${path}`, hasBody: body !== undefined,
    send: (ask: Partial<Ask>) => send(network.url, { method, path: fill(`/api${path}`), headers: { authorization: `Bearer ${network.hostKey}` }, ...ask }),
  }));
  const protocol = ENDPOINTS.map(({ message, method, path }) => ({
    name: `${method} ${path}`, method, path, hasBody: message !== null,
    send: (ask: Partial<Ask>) => network.signed('supplier', 'maker', { method, path: fill(path, { pid: ids['exchange'] ?? '' }), ...ask }),
  }));
  return [...management, ...host, ...protocol];
}

/** Over a connection of its own: the answer comes before all is sent, and fetch would use such a connection again too early. */
async function upload(file: Uint8Array): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const url = `${maker.management}/imports?kind=item&name=x.csv`;
  const call = request(url, { method: 'POST', agent: false, headers: { authorization: `Bearer ${maker.key}` } }, (answer) => resolve(answer.resume().statusCode ?? 0));
  call.on('error', reject).end(file);
  return promise;
}

const deep = (levels: number, open = '[', close = ']', inside = '') => open.repeat(levels) + inside + close.repeat(levels);
const bytes = (...list: number[]) => new Uint8Array(list);
const RAW: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>> = {
  nothing: '',
  'half an object': '{"a":',
  'two values': '{} {}',
  'a comment': '{} // x',
  'single quotes': "{'a':1}",
  'no UTF-8': bytes(0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d),
  'an overlong sequence': bytes(0x22, 0xc0, 0xaf, 0x22),
  'UTF-16': new Uint8Array(Buffer.from('{"a":1}', 'utf16le')),
  'EUC-KR': bytes(0x7b, 0x22, 0xc0, 0xcc, 0xb8, 0xa7, 0x22, 0x3a, 0x31, 0x7d),
  null: 'null',
  'a text': '"text"',
  'a number': '5',
  'a list': '[{}]',
  'a list without end': deep(200_000),
  'objects without end': deep(50_000, '{"a":', '}', '1'),
  'a zero character': '{"title":"a\\u0000b","key":"a\\u0000b","@type":"\\u0000"}',
  'half a character': '{"title":"\\ud800","key":"\\udc00x","name":"\\ud800"}',
  'half a character as a name': '{"\\ud800":1}',
  'a number beyond numbers': '{"title":1e999,"key":-1e999}',
  'a prototype': '{"__proto__":{"id":"x"},"constructor":{"prototype":1}}',
};

describe('bodies that are no JSON, or JSON that cannot be kept', () => {
  test('are refused at every address, and nothing is stored', async () => {
    const before = await ledger.digest();
    let refusals = 0;
    for (const target of targets().filter(({ hasBody }) => hasBody)) {
      await Promise.all(
        Object.entries(RAW).map(async ([what, raw]) => {
          const answer = await target.send({ raw });
          assert.ok(isRefused(answer, `${target.name}: ${what}`), `${target.name} took ${what}: ${answer.status} ${answer.text.slice(0, 200)}`);
          refusals++;
        }),
      );
    }
    assert.ok(refusals > 700, `${refusals}`);
    assert.equal(await ledger.digest(), before);
  });

  test('too large are refused, declared or not', async () => {
    const before = await ledger.digest();
    const big = JSON.stringify({ title: 'x'.repeat(5 * 1024 * 1024) });
    for (const target of targets().filter(({ hasBody }) => hasBody)) {
      const answer = await target.send({ raw: big });
      assert.deepEqual([target.name, answer.status], [target.name, 413]);
      isRefused(answer, target.name);
    }
    const chunked = await fetch(`${maker.management}/offers`, {
      method: 'POST',
      headers: { authorization: `Bearer ${maker.key}` },
      body: new Blob([big]).stream(),
      duplex: 'half',
    } as RequestInit);
    assert.equal(chunked.status, 413);
    assert.equal(await upload(new Uint8Array(21 * 1024 * 1024)), 413);
    assert.equal(await ledger.digest(), before);
  });

  test('a body where none belongs is not read', async () => {
    for (const target of targets().filter(({ hasBody, method }) => !hasBody && method !== 'GET')) {
      if (target.name === 'signOut') continue;
      isRefused(await target.send({ raw: `{"x":` }), target.name);
    }
  });
});

test('random JSON at every address that takes JSON', async () => {
  for (const target of targets().filter(({ hasBody }) => hasBody)) {
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 4 }), async (raw) => {
        isRefused(await target.send({ raw }), `${target.name} ${raw}`);
      }),
      { numRuns: 15, endOnFailure: true },
    );
  }
});

describe('addresses', () => {
  const NAMES = ['x', '..', '.', '%00', '%zz', '%', '%E0%A4%A', '%ED%A0%80', '%2F', '%2e%2e%2f', 'a'.repeat(5_000), '한글', "'; drop table record; --", '$x', '\\', '😀'];
  test('with ids that are unknown or no ids at all', async () => {
    const before = await ledger.digest();
    for (const target of targets().filter(({ path, method }) => path.includes(':') && method !== 'DELETE'))
      for (const name of NAMES) {
        const path = target.path.replaceAll(/:\w+/g, name.startsWith('%') || name.startsWith('.') ? name : encodeURIComponent(name));
        const answer = await target.send({ path, ...(target.hasBody ? { raw: '{}' } : {}) });
        const known = target.method === 'PUT' || /template|coverage/.test(target.path);
        assert.ok(isRefused(answer, `${target.name} ${path}`) || known, `${target.name} took ${path}: ${answer.status} ${answer.text.slice(0, 200)}`);
      }
    assert.equal(await ledger.digest(), before);
  });

  test('with ids of another participant', async () => {
    const { exchanges } = await supplier.client.call('exchanges');
    const { offers } = await supplier.client.call('offers');
    for (const [name, params] of [['exchange', { id: exchanges[0]!.id }], ['offer', { id: offers[0]!.id }], ['previewOffer', { id: offers[0]!.id }], ['record', { kind: 'item', id: offers[0]!.view.ids[0]! }]] as const)
      await assert.rejects(maker.client.call(name, { params } as never), { status: 404, code: 'not_found' }, name);
    await assert.rejects(maker.client.call('withdrawOffer', { params: { id: offers[0]!.id } }), { status: 404 });
    await assert.rejects(maker.client.call('act', { params: { id: exchanges[0]!.id }, body: { action: 'terminate' } }), { status: 404 });
    const view = { kind: 'item' as const, ids: [...offers[0]!.view.ids], fields: 'whole' as const };
    await assert.rejects(maker.client.call('createOffer', { body: { title: 'x', view, access: { choices: {} }, contract: { choices: {} } } }), { code: 'record_missing' });
    assert.equal((await supplier.client.call('offer', { params: { id: offers[0]!.id } })).withdrawnAt, null);
  });

  test('asked with a method that they do not have', async () => {
    const all = targets();
    for (const path of new Set(all.map(({ path }) => path))) {
      const here = all.filter((target) => target.path === path);
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((m) => !here.some((target) => target.method === m || `${target.method}`.startsWith('GET') && m === 'HEAD'))) {
        const answer = await here[0]!.send({ method, path: fill(path), ...(method === 'GET' ? {} : { raw: '{}' }) });
        if (all.some((target) => target.method === method && target !== here[0] && new RegExp(`^${target.path.replaceAll(/:\w+/g, '[^/]+')}$`).test(fill(path)))) continue;
        assert.equal(answer.status, 404, `${method} ${path}: ${answer.text}`);
        isRefused(answer, `${method} ${path}`);
      }
    }
  });

  test('that do not exist', async () => {
    for (const path of ['/api/nothing', '/participants/maker', '/participants/maker/api/nothing', '/participants/maker/dsp/2025-1/nothing', '/participants/maker/dsp/0.8/catalog/request', '/participants//api/me', '/participants/%00/did.json', '/.well-known/nothing', '/api/passports/nobody/x', '/api/passports/maker/%00'])
      isRefused(await send(network.url, { path }), path) || assert.fail(path);
  });
});

test('questions (the part after ?) with unknown names and wrong values', async () => {
  const before = await ledger.digest();
  const WRONG = ['?x=1', '?limit=0', '?limit=-1', '?limit=x', '?limit=1e9', '?limit=', '?version=0', '?version=x', '?view=secret', '?kind=secret&name=x', '?kind=item', '?format=exe', '?lang=xx', '?partner=x', '?protocol=x', '?item=%00', '?q=%00', '?after=%00', '?%00=1', '?%', '?q=%ED%A0%80'];
  for (const { name, query, method, path } of ROUTES.filter(({ query, form }) => query && form !== 'events'))
    for (const wrong of WRONG) {
      const key = new URLSearchParams(wrong).keys().next().value ?? '';
      const shape = Object.keys((query as unknown as { shape: object }).shape);
      const answer = await send(maker.management, { method, path: fill(path) + wrong, headers: { authorization: `Bearer ${maker.key}` }, ...(method === 'GET' ? {} : { raw: 'x' }) });
      const refused = isRefused(answer, name + wrong);
      assert.ok(refused || shape.includes(key), `${name} took ${wrong}: ${answer.status}`);
    }
  assert.equal(await ledger.digest(), before);
});

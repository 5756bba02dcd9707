import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ROUTES } from '@madang/core/api/routes.ts';
import { type Member, type Network, offerItem, openNetwork, recordOf } from './network.ts';
import { isRefused, type Ledger, openLedger } from './refused.ts';
import { findTargets, type Targets } from './targets.ts';
import { send } from './wire.ts';

// Paths and questions that lead nowhere, at every address: the registry's error, and nothing stored.

let network: Network;
let maker: Member;
let supplier: Member;
let ledger: Ledger;
let targets: Targets;

before(async () => {
  network = await openNetwork({ participants: ['maker', 'supplier'] });
  maker = network.member('maker');
  supplier = network.member('supplier');
  await offerItem(supplier);
  targets = await findTargets(network);
  ledger = await openLedger(network);
});
after(async () => {
  await ledger?.[Symbol.asyncDispose]();
  await network?.[Symbol.asyncDispose]();
});

describe('addresses', () => {
  const NAMES = [
    'x',
    '..',
    '.',
    '%00',
    '%zz',
    '%',
    '%E0%A4%A',
    '%ED%A0%80',
    '%2F',
    '%2e%2e%2f',
    'a'.repeat(5_000),
    '한글',
    "'; drop table record; --",
    '$x',
    '\\',
    '😀',
  ];
  test('with ids that are unknown or no ids at all', async () => {
    const before = await ledger.digest();
    for (const target of targets.all.filter(({ path, method }) => path.includes(':') && method !== 'DELETE'))
      for (const name of NAMES) {
        const path = target.path.replaceAll(/:\w+/g, name.startsWith('%') || name.startsWith('.') ? name : encodeURIComponent(name));
        const answer = await target.send({ path, ...(target.hasBody ? { raw: '{}' } : {}) });
        const known = target.method === 'PUT' || /template|coverage/.test(target.path);
        assert.ok(
          isRefused(answer, `${target.name} ${path}`) || known,
          `${target.name} took ${path}: ${answer.status} ${answer.text.slice(0, 200)}`,
        );
      }
    assert.equal(await ledger.digest(), before);
  });

  test('with ids of another participant', async () => {
    const { exchanges } = await supplier.client.call('exchanges');
    const { offers } = await supplier.client.call('offers');
    for (const [name, params] of [
      ['exchange', { id: exchanges[0]!.id }],
      ['offer', { id: offers[0]!.id }],
      ['previewOffer', { id: offers[0]!.id }],
      ['record', { kind: 'item', id: recordOf(offers[0]!) }],
    ] as const)
      await assert.rejects(maker.client.call(name, { params } as never), { status: 404, code: 'not_found' }, name);
    await assert.rejects(maker.client.call('withdrawOffer', { params: { id: offers[0]!.id } }), { status: 404 });
    await assert.rejects(maker.client.call('act', { params: { id: exchanges[0]!.id }, body: { action: 'terminate' } }), { status: 404 });
    const view = { kind: 'item' as const, ids: [recordOf(offers[0]!)], fields: 'whole' as const };
    await assert.rejects(
      maker.client.call('createOffer', { body: { title: 'x', view, access: { choices: {} }, contract: { choices: {} } } }),
      { code: 'record_missing' },
    );
    assert.equal((await supplier.client.call('offer', { params: { id: offers[0]!.id } })).withdrawnAt, null);
  });

  test('asked with a method that they do not have', async () => {
    const { all, fill } = targets;
    const served = (method: string, path: string) =>
      all.some((target) => target.method === method && new RegExp(`^${target.path.replaceAll(/:\w+/g, '[^/]+')}$`).test(path));
    for (const { path, send: ask } of new Map(all.map((target) => [target.path, target])).values()) {
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((m) => !served(m, fill(path)))) {
        const answer = await ask({ method, path: fill(path), ...(method === 'GET' ? {} : { raw: '{}' }) });
        assert.equal(answer.status, 404, `${method} ${path}: ${answer.text}`);
        isRefused(answer, `${method} ${path}`);
      }
    }
  });

  test('that do not exist', async () => {
    for (const path of [
      '/api/nothing',
      '/participants/maker',
      '/participants/maker/api/nothing',
      '/participants/maker/dsp/2025-1/nothing',
      '/participants/maker/dsp/0.8/catalog/request',
      '/participants//api/me',
      '/participants/%00/did.json',
      '/.well-known/nothing',
      '/api/passports/nobody/x',
      '/api/passports/maker/%00',
    ])
      assert.ok(isRefused(await send(network.url, { path }), path), path);
  });
});

test('questions (the part after ?) with unknown names and wrong values', async () => {
  const before = await ledger.digest();
  const WRONG = [
    '?x=1',
    '?limit=0',
    '?limit=-1',
    '?limit=x',
    '?limit=1e9',
    '?limit=',
    '?version=0',
    '?version=x',
    '?view=secret',
    '?kind=secret&name=x',
    '?kind=item',
    '?format=exe',
    '?lang=xx',
    '?partner=x',
    '?protocol=x',
    '?item=%00',
    '?q=%00',
    '?after=%00',
    '?%00=1',
    '?%',
    '?q=%ED%A0%80',
  ];
  for (const { name, query, method, path } of ROUTES.filter(({ query, form }) => query && form !== 'events'))
    for (const wrong of WRONG) {
      const key = new URLSearchParams(wrong).keys().next().value ?? '';
      const shape = Object.keys((query as unknown as { shape: object }).shape);
      const answer = await send(maker.management, {
        method,
        path: targets.fill(path) + wrong,
        headers: { authorization: `Bearer ${maker.key}` },
        ...(method === 'GET' ? {} : { raw: 'x' }),
      });
      const refused = isRefused(answer, name + wrong);
      assert.ok(refused || shape.includes(key), `${name} took ${wrong}: ${answer.status}`);
    }
  assert.equal(await ledger.digest(), before);
});

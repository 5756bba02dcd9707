import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as build from '@madang/core/dsp/build.ts';
import { newUrn } from '@madang/core/id.ts';
import { introduce, type Member, type Network, offerItem, openNetwork, recordOf } from './network.ts';
import { isRefused } from './refused.ts';
import { openStranger, type Reply, type Stranger } from './stranger.ts';
import { send } from './wire.ts';

// The catalogue between houses, and what a partner whose server is not ours may answer instead of one.

let network: Network;
let maker: Member;
let supplier: Member;
let stranger: Stranger;
let reply: Reply = { status: 200 };
before(async () => {
  stranger = await openStranger({ answer: () => reply });
  network = await openNetwork({ participants: ['maker', 'supplier'] });
  maker = network.member('maker');
  supplier = network.member('supplier');
  await introduce(maker, [stranger]);
});
after(async () => {
  await network?.[Symbol.asyncDispose]();
  await stranger?.[Symbol.asyncDispose]();
});

test('an empty catalogue holds no list of datasets', async () => {
  const { status, body } = await network.signed('supplier', 'maker', { path: '/catalog/request', body: build.catalogRequest() });
  assert.deepEqual([status, 'dataset' in body, body.participantId], [200, false, maker.did]);
});

test('shows title, kind, product and terms of each offer', async () => {
  const offer = await offerItem(supplier, { contract: { purposes: ['battery-passport'] } });
  const { datasets, partner } = await maker.client.call('catalog', { body: { partner: supplier.did } });
  const found = datasets.find(({ id }) => id === offer.dataset);
  assert.ok(found);
  assert.deepEqual(
    [partner.did, found.title, found.kind, found.formats],
    [supplier.did, 'Part', 'item', ['HttpData-PULL', 'HttpData-PUSH', 'HttpStream-PULL']],
  );
  assert.ok(found.products.includes(`urn:test:product-id:${recordOf(offer)}`));
  assert.deepEqual(
    found.offers.map(({ id }) => id),
    [offer.id],
  );
  assert.match(found.offers[0]?.policy.sentence.ko ?? '', /배터리 여권/);
});

for (const [what, filter] of Object.entries({
  'an unknown property': { colour: 'red' },
  'an unknown kind': { kind: 'secret' },
  text: 'item',
  null: null,
  'a list': [],
  'an unknown property of a QuerySpec': { '@type': 'QuerySpec', colour: 'red' },
  'an operator that nobody knows': {
    '@type': 'QuerySpec',
    filterExpression: [{ '@type': 'Criterion', operandLeft: 'id', operator: '~', operandRight: 'x' }],
  },
  'an order between names': {
    '@type': 'QuerySpec',
    filterExpression: [{ '@type': 'Criterion', operandLeft: 'name', operator: '<', operandRight: 'x' }],
  },
}))
  test(`a filter that cannot be served is refused, never ignored: ${what}`, async () => {
    const { status, body } = await network.signed('maker', 'supplier', {
      path: '/catalog/request',
      body: build.catalogRequest([filter]),
    });
    assert.deepEqual([status, body['@type'], body.code], [400, 'CatalogError', 'filter_unsupported']);
  });

describe('a partner that answers otherwise', () => {
  const dataset = newUrn();
  const described = (id: string) =>
    build.dataset(id, [build.offer(newUrn(), { permission: [{ action: 'use' }] })], [build.distribution('HttpData-PULL', 'service')]);
  const ANSWERS: Record<string, [code: string, reply: Reply]> = {
    nothing: ['peer_unreadable', { status: 200 }],
    'a page': ['peer_unreadable', { status: 200, text: '<!doctype html>' }],
    null: ['peer_unreadable', { status: 200, text: 'null' }],
    'a list': ['peer_unreadable', { status: 200, json: [] }],
    'another message': ['peer_unreadable', { status: 200, json: build.catalogRequest() }],
    'another dataset': ['peer_unreadable', { status: 200, json: described(newUrn()) }],
    'text that cannot be kept': [
      'peer_unreadable',
      { status: 200, text: JSON.stringify(described(dataset)).replace('HttpData-PULL', '\\ud800') },
    ],
    'values nested without end': ['peer_unreadable', { status: 200, text: '['.repeat(100_000) + ']'.repeat(100_000) }],
    'a refusal without a body': ['peer_refused', { status: 403 }],
    'a refusal that is null': ['peer_refused', { status: 400, text: 'null' }],
    'a refusal with a number as code': ['peer_refused', { status: 400, json: { code: 5, reason: 'no' } }],
    'a refusal with anything as reason': [
      'peer_refused',
      { status: 400, json: { code: 'x', reason: [null, 1, { a: 1 }, [[]], { '@value': 5 }] } },
    ],
    'a redirect': ['peer_refused', { status: 307, headers: { location: 'http://127.0.0.1:1/' } }],
    'a fault': ['peer_refused', { status: 500, text: 'oops' }],
    'no answer': ['outbound_unreachable', 'close'],
  };
  for (const [what, [code, answer]] of Object.entries(ANSWERS))
    test(what, async () => {
      reply = answer;
      const headers = { authorization: `Bearer ${maker.key}` };
      const told = await send(maker.management, { path: '/negotiations', body: { partner: stranger.did, dataset }, headers });
      assert.ok(isRefused(told, what));
      assert.deepEqual([told.status, told.body.error.code], [502, code]);
      const { problem, fetchedAt, total } = await maker.client.call('catalog', { body: { partner: stranger.did, refresh: true } });
      assert.deepEqual([problem?.code, fetchedAt, total], [code, null, 0]);
      const obtained = await maker.client.call('obtain', { body: { partner: stranger.did, dataset, wait: 0 } }).then(
        ({ status }) => status,
        (error: { code: string }) => error.code,
      );
      assert.ok(['refused', 'unreachable', 'peer_unreadable'].includes(obtained), obtained);
      assert.equal((await maker.client.call('exchanges')).exchanges.length, 0);
    });
});

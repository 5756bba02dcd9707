import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ChangeEvent, Reach } from '@madang/core/api/views.ts';
import * as build from '@madang/core/dsp/build.ts';
import { CONTEXT } from '@madang/core/dsp/version.ts';
import { newUrn } from '@madang/core/id.ts';
import { type Counterparty, described, openCounterparty } from './counterparty.ts';
import { freePort } from './process.ts';
import type { Reply } from './stranger.ts';

// Whether partners answer, as messages both ways and a check by hand show it.

let party: Counterparty;
const news: ChangeEvent[] = [];
before(async () => {
  party = await openCounterparty();
  const { changes } = party.network.server.context;
  changes.listen('maker', (change) => void (change.type === 'partner' && news.push(change)));
});
after(() => party?.[Symbol.asyncDispose]());

const reach = async (): Promise<Reach | undefined> =>
  (await party.maker.client.call('partners')).partners.find(({ did }) => did === party.stranger.did)?.reach;

async function becomes(state: Reach['state']): Promise<Reach> {
  for (const end = Date.now() + 8_000; ; await new Promise((resolve) => setTimeout(resolve, 20))) {
    const now = await reach();
    if (now?.state === state && now.since !== null) return now;
    assert.ok(Date.now() < end, JSON.stringify(now));
  }
}
const check = () => party.maker.client.call('checkPartner', { params: { did: party.stranger.did } });
const version = (...names: string[]) => ({ protocolVersions: names.map((name) => ({ version: name, path: '/dsp', binding: 'HTTPS' })) });

test('unknown at first, and to who has not met it', async () => {
  const stored = { state: 'unknown', since: null, error: null };
  assert.deepEqual(await reach(), stored);
  const [other] = (await party.supplier.client.call('partners')).partners;
  assert.deepEqual(other?.reach, stored);
});

test('a check by hand finds the version document, wherever the root is', async () => {
  for (const at of ['/.well-known/dspace-version', '../.well-known/dspace-version']) {
    const root = at.startsWith('..');
    party.answer = ({ path }): Reply =>
      path === '/.well-known/dspace-version' && !root ? { status: 200, json: version('0.8', '2025-1') } : { status: 404 };
    if (root)
      party.answer = ({ path }) => (path === '/.well-known/dspace-version' ? { status: 200, json: version('2025-1') } : { status: 404 });
    const { reach: seen, versions, took } = await check();
    assert.deepEqual([seen.state, seen.error, versions.includes('2025-1'), took >= 0], ['reached', null, true, true]);
    assert.ok(seen.since);
  }
  assert.deepEqual(await reach(), (await check()).reach);
  assert.deepEqual(
    news.map(({ id }) => id),
    [party.stranger.did],
    'told once, when it changed',
  );
});

test('a check says why not', async () => {
  const cases: readonly [Reply, RegExp][] = [
    [{ status: 404 }, /버전 문서가 없습니다/],
    [{ status: 200, text: '<html>' }, /버전 문서가 없습니다/],
    [{ status: 200, json: { protocolVersions: [null, 5, { version: {} }] } }, /2025-1 판을 쓰지 않습니다/],
    [{ status: 200, json: version('0.8', '2024-1') }, /2025-1 판을 쓰지 않습니다\(0.8, 2024-1\)/],
    [{ status: 503 }, /HTTP 503/],
    ['close', /연결하지 못했습니다/],
  ];
  for (const [answer, why] of cases) {
    party.answer = () => answer;
    const { reach: seen } = await check();
    assert.deepEqual([seen.state, why.test(seen.error?.ko ?? '')], ['unreachable', true], JSON.stringify(seen));
    assert.match((await reach())?.error?.ko ?? '', why, 'the last reason, not the first');
  }
  await assert.rejects(party.maker.client.call('checkPartner', { params: { did: 'did:web:nobody.example' } }), { code: 'partner_unknown' });
});

test('messages show it: one that gets through, tries in vain, and what arrives', async () => {
  const dataset = newUrn();
  const providerPid = newUrn();
  let isAway = true;
  party.answer = ({ method, body }) => {
    if (method === 'GET') return { status: 200, json: described(dataset) };
    return isAway
      ? { status: 503 }
      : { status: 201, json: build.contractNegotiation({ consumerPid: body.consumerPid, providerPid, state: 'REQUESTED' }) };
  };
  const { id } = await party.maker.client.call('negotiate', { body: { partner: party.stranger.did, dataset } });
  const away = await becomes('unreachable');
  assert.match(away.error?.ko ?? '', /HTTP 503/);
  isAway = false;
  const back = await becomes('reached');
  assert.ok(Date.parse(back.since ?? '') >= Date.parse(away.since ?? ''));
  for (const end = Date.now() + 5_000; ; ) {
    const { steps } = await party.maker.client.call('exchange', { params: { id } });
    if (steps[0]?.pending === null) break;
    assert.ok(Date.now() < end);
  }
  // Another house of the same server has not met it, until it is written to.
  await party.stranger.signed(party.supplier, {
    path: '/catalog/request',
    body: { '@context': [CONTEXT], '@type': 'CatalogRequestMessage' },
  });
  const [other] = (await party.supplier.client.call('partners')).partners;
  assert.equal(other?.reach.state, 'reached');
});

test('a partner keeps what is known of it when it is changed, and is found away by its port', async () => {
  const dsp = `http://localhost:${await freePort()}/dsp`;
  const { did } = party.stranger;
  const before = await reach();
  const changed = await party.maker.client.call('putPartner', {
    body: { did, dsp, name: 'S', shortName: 'stranger-2', relation: 'other', groups: [] },
  });
  assert.deepEqual(changed.reach, before);
  const { reach: seen } = await check();
  assert.equal(seen.state, 'unreachable');
  assert.match(seen.error?.en ?? '', /ECONNREFUSED/);
});

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { parseMessage } from '@madang/core/dsp/message.ts';
import { CONTEXT } from '@madang/core/dsp/version.ts';
import { offerItem } from '../../network.ts';
import { CASES, DISABLED, READS, SIDES } from './cases.ts';
import { openStand, run, type Stand } from './stand.ts';

// The tests of the official Dataspace Protocol test kit over real HTTP, with a stand-in for the kit.

let stand: Stand;
before(async () => {
  stand = await openStand();
});
after(() => stand?.[Symbol.asyncDispose]());

test('the table holds each test of the kit once', () => {
  const ids = [...READS, ...CASES.map(({ id }) => id), ...DISABLED];
  assert.deepEqual([ids.length, new Set(ids).size], [67, 67]);
});

for (const [part, cases] of Map.groupBy(CASES, (one) => one.part)) {
  const { protocol, role } = SIDES[part];
  describe(`${part}: ${protocol}, the server as ${role}`, { concurrency: 8 }, () => {
    for (const { id, steps, script } of cases) test(`${id} ${steps}`, async () => run(await stand.enter(SIDES[part], script), steps));
  });
}

test('MET:01-01 the version document', async () => {
  const { cut } = stand;
  const answer = await fetch(cut.dsp.replace(/\/dsp\/.*$/, '/.well-known/dspace-version'));
  const { protocolVersions } = (await answer.json()) as { protocolVersions: { version: string; path: string; binding: string }[] };
  assert.equal(answer.status, 200);
  const entry = protocolVersions.find(({ version }) => version === '2025-1');
  assert.equal(entry?.binding, 'HTTPS');
  assert.ok(cut.dsp.endsWith(entry.path), 'the path after the root is the base');
});

test('CAT:01-01 the catalogue, asked without a filter', async () => {
  const { cut, stranger } = stand;
  const { dataset } = await offerItem(cut);
  const body = { '@context': [CONTEXT], '@type': 'CatalogRequestMessage', '@id': 'extra' };
  const asked = await stranger.signed(cut, { path: '/catalog/request', body });
  assert.equal(asked.status, 200);
  assert.ok(parseMessage('Catalog', asked.body).dataset?.some((one) => one['@id'] === dataset));
});

test('CAT:01-02 a dataset', async () => {
  const { cut, stranger } = stand;
  const { dataset } = await offerItem(cut);
  const one = await stranger.signed(cut, { path: `/catalog/datasets/${encodeURIComponent(dataset)}` });
  assert.equal(one.status, 200);
  assert.equal(parseMessage('Dataset', one.body)['@id'], dataset);
});

test('CAT:01-03 an unknown dataset', async () => {
  const { cut, stranger } = stand;
  const none = await stranger.signed(cut, { path: '/catalog/datasets/CAT0103' });
  assert.deepEqual([none.status, parseMessage('CatalogError', none.body).code], [404, 'dataset_unknown']);
});

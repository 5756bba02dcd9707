import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sieveOffers } from '@madang/server/catalog/keeper.ts';
import { connect } from '@madang/server/db/connect.ts';
import { askCatalog, idsIn, seedOffers } from './catalogue.ts';
import { type Member, type Network, offerItem, openNetwork, recordOf } from './network.ts';

// Searching the kept catalogues of partners of our own make, and what is missing to see or get more.

let network: Network;
let maker: Member;
let supplier: Member;
let mill: Member;
before(async () => {
  network = await openNetwork({ participants: ['maker', 'supplier', 'mill', 'operator'] });
  maker = network.member('maker');
  supplier = network.member('supplier');
  mill = network.member('mill');
});
after(() => network?.[Symbol.asyncDispose]());

const view = (partner: Member, more: object = {}) => maker.client.call('catalog', { body: { partner: partner.did, ...more } });

test('a kept catalogue in pages, searched by text, kind, class and product, with how many match', async () => {
  await seedOffers(network, mill, 250);
  const item = await offerItem(mill);
  const first = await view(mill, { limit: 100 });
  assert.deepEqual([first.datasets.length, first.matching, first.total], [100, 251, 251]);
  const seen = new Set(first.datasets.map(({ id }) => id));
  for (let next = first.next; next !== null; ) {
    const page = await view(mill, { limit: 100, after: next });
    for (const { id } of page.datasets) seen.add(id);
    next = page.next;
  }
  assert.equal(seen.size, 251);
  const found = async (search: object) => {
    const { datasets, matching, total } = await view(mill, { refresh: false, ...search });
    assert.equal(total, 251);
    assert.equal(matching, datasets.length);
    return datasets.map(({ id }) => id);
  };
  assert.deepEqual(await found({ q: 'part 24' }), [
    'urn:test:dataset:24',
    ...Array.from({ length: 10 }, (_, i) => `urn:test:dataset:${240 + i}`),
  ]);
  assert.deepEqual(await found({ kind: 'item' }), [item.dataset]);
  assert.deepEqual(await found({ product: recordOf(item) }), [item.dataset]);
  assert.deepEqual(await found({ product: '17' }), ['urn:test:dataset:17']);
  assert.deepEqual(await found({ class: 'urn:none' }), []);
});

test('all kept catalogues at once', async () => {
  const offer = await offerItem(supplier);
  await view(supplier);
  const { datasets } = await maker.client.call('searchCatalogs', { query: { kind: 'item' } });
  assert.deepEqual(new Set(datasets.map(({ partner }) => partner.name)), new Set(['mill Co.', 'supplier Co.']));
  const one = await maker.client.call('searchCatalogs', { query: { kind: 'item', partner: supplier.did } });
  assert.deepEqual(
    one.datasets.map(({ id }) => id),
    [offer.dataset],
  );
  const page = await maker.client.call('searchCatalogs', { query: { limit: 200 } });
  const rest = await maker.client.call('searchCatalogs', { query: { limit: 200, after: page.next ?? '' } });
  assert.deepEqual([page.datasets.length, rest.datasets.length, rest.next], [200, 52, null]);
  assert.deepEqual((await mill.client.call('searchCatalogs')).datasets, [], 'of ours, not of others');
});

test('says what we would be refused for; not what is chosen with a request, nor what only the partner knows', async () => {
  const offer = (contract: object) => offerItem(supplier, { contract });
  const cases = [
    [await offer({}), []],
    [await offer({ purposes: ['battery-passport'] }), []],
    [await offer({ groups: ['tier-1'] }), []],
    [await offer({ partners: [maker.did] }), []],
    [await offer({ partners: [mill.did] }), ['partner_not_named']],
    [await offer({ members: true, until: '2026-01-31' }), ['membership_missing', 'too_late']],
  ] as const;
  const missing = async () => {
    const { datasets, shown } = await view(supplier);
    const of = new Map(datasets.map((d) => [d.id, d.offers.flatMap((o) => o.missing.map(({ code }) => code))]));
    return { shown: shown.memberships, found: cases.map(([{ dataset }]) => of.get(dataset)) };
  };
  const before = await missing();
  assert.deepEqual(
    before.found,
    cases.map(([, codes]) => codes),
  );
  assert.deepEqual(before.shown, []);

  const operator = network.member('operator');
  const { jwt } = await operator.client.call('issueMembership', { body: { subject: maker.did, until: '2099-12-31' } });
  await maker.client.call('storeCredential', { body: { jwt } });
  const after = await missing();
  assert.deepEqual(after.found.at(-1), ['too_late']);
  assert.deepEqual(after.shown, [{ did: operator.did, name: 'operator Co.' }]);
});

test('offers from before get the conditions of their policies', async () => {
  const hidden = await offerItem(supplier, { access: { partners: [mill.did] } });
  const owner = connect(network.database.owner);
  await owner`select set_config('madang.participant', 'supplier', false)`;
  const columns = () =>
    owner`select sieved, see_exact, see_partners, see_members, see_purposes, see_from from offer_listing order by created_at`;
  const before = await columns();
  await owner`update offer_listing set sieved = false, see_exact = false, see_partners = null`;
  const shown = async () => idsIn((await askCatalog(network, 'maker', supplier)).body);
  const unsearched = await shown();
  assert.ok(!unsearched.includes(hidden.dataset));
  await sieveOffers(network.server.context, new AbortController().signal);
  assert.deepEqual(await columns(), before);
  assert.deepEqual(await shown(), unsearched);
  await owner.end();
});

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { DatasetAbout, OfferView } from '@madang/core/api/views.ts';
import { footprintOf } from '@madang/core/footprint/footprint.fixture.ts';
import { openCatalog } from '@madang/server/catalog/answer.ts';
import { readFilter } from '@madang/server/catalog/filter.ts';
import { connect } from '@madang/server/db/connect.ts';
import { askCatalog, idsIn, seedOffers, walkCatalog } from './catalogue.ts';
import { type Member, type Network, offerItem, openNetwork, recordOf, writeItem } from './network.ts';
import { isRefused } from './refused.ts';
import { send } from './wire.ts';

// What an offer says that it holds, and our own offers as a list, also when there are many.

let network: Network;
let supplier: Member;
before(async () => {
  network = await openNetwork({ participants: ['supplier', 'maker', 'rival', 'mill'] });
  supplier = network.member('supplier');
});
after(() => network?.[Symbol.asyncDispose]());

const FOOTPRINTS = [
  {
    ...footprintOf('1', { referencePeriodStart: '2025-01-01T00:00:00Z', referencePeriodEnd: '2026-01-01T00:00:00Z' }),
    id: '7c1f9c57-3a75-4f52-8d0c-0f5d1c9e2a11',
    productIds: ['urn:test:product-id:A%20B'],
    productClassifications: ['urn:test:cpc:4642'],
  },
  {
    ...footprintOf('2', { referencePeriodStart: '2024-07-01T09:00:00+09:00', referencePeriodEnd: '2025-07-01T00:00:00Z' }),
    id: '7c1f9c57-3a75-4f52-8d0c-0f5d1c9e2a12',
    productIds: ['urn:test:product-id:C', 'urn:test:product-id:A%20B'],
    productClassifications: ['urn:test:cpc:4642', 'urn:test:hs:850760'],
  },
];
const ids = FOOTPRINTS.map(({ id }) => id);

const write = (body: (typeof FOOTPRINTS)[number]) =>
  supplier.client.call('writeRecord', { params: { kind: 'footprint', id: body.id }, body });
const offerFootprints = (about: object = {}, fields: 'whole' | string[] = 'whole'): Promise<OfferView> =>
  supplier.client.call('createOffer', {
    body: { title: 'PCF', view: { kind: 'footprint', ids, fields }, about, access: { choices: {} }, contract: { choices: {} } },
  });
const aboutOf = async ({ id }: OfferView): Promise<DatasetAbout> => (await supplier.client.call('offer', { params: { id } })).about;

test('is taken from the records, and what is given wins', async () => {
  for (const body of FOOTPRINTS) await write(body);
  assert.deepEqual((await offerFootprints()).about, {
    standard: { name: 'PACT Data Model', version: '3.0.0' },
    products: ['urn:test:product-id:A%20B', 'urn:test:product-id:C'],
    classes: ['urn:test:cpc:4642', 'urn:test:hs:850760'],
    period: { start: '2024-07-01T09:00:00+09:00', end: '2026-01-01T00:00:00Z' },
    languages: [],
  });
  const given = { classes: ['urn:test:own:1'], languages: ['ko', 'en'] };
  const { about } = await offerFootprints(given);
  assert.deepEqual([about.classes, about.languages, about.products.length], [given.classes, given.languages, 2]);
});

test('tells nothing that the view does not show', async () => {
  const fields = Object.keys(FOOTPRINTS[0]!).filter((field) => field !== 'productClassifications');
  const { about } = await offerFootprints({}, fields);
  assert.deepEqual([about.classes, about.products.length, about.standard?.version], [[], 2, '3.0.0']);
});

test('follows its records, in the catalogue and in its search too', async () => {
  const offer = await offerFootprints();
  await write({
    ...FOOTPRINTS[0]!,
    productIds: ['urn:test:product-id:NEW'],
    pcf: { ...FOOTPRINTS[0]!.pcf, referencePeriodEnd: '2026-02-01T00:00:00Z' },
  });
  const { products, period } = await aboutOf(offer);
  assert.deepEqual(products, ['urn:test:product-id:NEW', 'urn:test:product-id:C', 'urn:test:product-id:A%20B']);
  assert.equal(period?.end, '2026-02-01T00:00:00Z');
  const found = async (product: string) => idsIn((await askCatalog(network, 'maker', supplier, { filter: [{ product }] })).body);
  assert.ok((await found('NEW')).includes(offer.dataset));
  assert.ok((await found('A B')).includes(offer.dataset), 'by the number as it is read');
  await write({ ...FOOTPRINTS[1]!, productIds: ['urn:test:product-id:C'] });
  assert.ok(!(await found('A B')).includes(offer.dataset));
});

test('an item of ours tells its products and languages; offers from before they were searched tell the same', async () => {
  const offer = await offerItem(supplier);
  const id = recordOf(offer);
  const about = { standard: null, products: [`urn:test:product-id:${id}`, id], classes: [], period: null, languages: ['ko', 'en'] };
  assert.deepEqual(offer.about, about);
  const owner = connect(network.database.owner);
  await owner.begin(async (sql) => {
    await sql`select set_participant('supplier')`;
    await sql`update offer set about = '{}' where id = ${offer.id}`;
    await sql`update offer_listing set product_keys = '{}', words = '' where id = ${offer.id}`;
    await sql`select offer_fill('supplier', array[${offer.id}])`;
  });
  await owner.end();
  assert.deepEqual(await aboutOf(offer), about);
  const { body } = await askCatalog(network, 'maker', supplier, { filter: [{ product: id, text: 'part' }] });
  assert.deepEqual(idsIn(body), [offer.dataset]);
});

test('a record that was removed, or that a partner gave, tells nothing', async () => {
  const offer = await offerItem(supplier);
  const { store } = network.server.context;
  const append = (record: object) =>
    store.call('record_append', 'supplier', { records: [{ kind: 'item', id: recordOf(offer), writtenBy: 'did:web:x', ...record }] });
  await append({ hash: 'given', body: { productIds: ['urn:test:secret'] }, receivedFrom: 'did:web:x', agreement: 'urn:a' });
  assert.deepEqual((await aboutOf(offer)).products, []);
  await append({ hash: 'own', body: { productIds: ['urn:test:own'] } });
  assert.deepEqual((await aboutOf(offer)).products, ['urn:test:own', recordOf(offer)]);
  await append({ hash: 'removed', body: null });
  assert.deepEqual((await aboutOf(offer)).products, []);
});

test('an offer shows only what is there and our own', async () => {
  const body = { title: 'X', access: { choices: {} }, contract: { choices: {} } };
  const headers = { authorization: `Bearer ${supplier.key}` };
  for (const view of [
    { kind: 'file', sha256: '0'.repeat(64) },
    { kind: 'service', id: 'nowhere' },
  ]) {
    const answer = await send(supplier.management, { path: '/offers', body: { ...body, view }, headers });
    assert.ok(isRefused(answer, view.kind));
    assert.equal(answer.body.error.code, 'not_found');
  }
  const name = 'report.pdf';
  const file = await supplier.client.call('putFile', { query: { name, type: 'application/pdf' }, body: new Blob(['%PDF-']) } as never);
  const { sha256 } = file as { sha256: string };
  const offer = await supplier.client.call('createOffer', { body: { ...body, view: { kind: 'file', sha256 } } });
  const preview = (await supplier.client.call('previewOffer', { params: { id: offer.id } })) as { file: { name: string } };
  assert.equal(preview.file.name, name);
  await supplier.client.call('putService', {
    params: { id: 'erp' },
    body: { title: 'ERP', base: 'http://127.0.0.1:1/', paths: ['/parts/*'], methods: ['GET'], headers: { 'x-key': 'secret' } },
  });
  const service = await supplier.client.call('createOffer', { body: { ...body, view: { kind: 'service', id: 'erp' } } });
  assert.deepEqual(await supplier.client.call('previewOffer', { params: { id: service.id } }), {
    service: { id: 'erp', title: 'ERP', methods: ['GET'], paths: ['/parts/*'], query: [] },
  });
});

test('10,000 offers, each with its own policy: a partner sees exactly its own, page by page; the owner all of them', async () => {
  const mill = network.member('mill');
  const maker = network.member('maker');
  const rival = network.member('rival');
  for (let first = 0; first < 10_000; first += 2_500)
    await seedOffers(network, mill, 2_500, (i) => ({ partners: [i % 3 ? rival.did : maker.did, `did:web:p${i}.example`] }), first);
  const wanted = Array.from({ length: 10_000 }, (_, i) => i).filter((i) => i % 3 === 0);
  const pages = await walkCatalog(network, 'maker', mill);
  assert.deepEqual(
    pages.map(({ body }) => idsIn(body).length),
    [...Array.from({ length: 33 }, () => 100), 34],
  );
  assert.deepEqual(
    pages.flatMap(({ body }) => idsIn(body)),
    wanted.map((i) => `urn:test:dataset:${i}`),
  );
  const few = await askCatalog(network, 'maker', mill, { filter: [{ text: 'part 999' }] });
  assert.deepEqual(
    idsIn(few.body),
    ['999', '9990', '9993', '9996', '9999'].map((i) => `urn:test:dataset:${i}`),
  );

  const { offers, next } = await mill.client.call('offers', { query: { limit: 500 } });
  const more = await mill.client.call('offers', { query: { limit: 500, after: next ?? '' } });
  assert.deepEqual([offers[0]?.title, offers.at(-1)?.title, more.offers[0]?.title], ['Part 9999', 'Part 9500', 'Part 9499']);
  const searched = await mill.client.call('offers', { query: { q: 'PART 123', limit: 100 } });
  assert.deepEqual(
    searched.offers.map(({ title }) => title),
    [...Array.from({ length: 10 }, (_, i) => `Part ${1239 - i}`), 'Part 123'],
  );
  assert.equal(searched.next, null);
});

test('the head of an answer leaves before its datasets are read', async () => {
  const { context } = network.server;
  const house = context.houses.get('mill');
  const evidence = { partner: network.member('maker').did, groups: [], memberships: [], at: new Date().toISOString() };
  const { parts } = await openCatalog(context, house, evidence, { filter: readFilter([]) }, '');
  const texts: string[] = [];
  for await (const part of parts!) texts.push(part);
  assert.ok(texts.length > 3, `${texts.length} parts`);
  assert.ok(!texts[0]!.includes('urn:test:dataset:'), texts[0]);
  assert.equal(idsIn(JSON.parse(texts.join(''))).length, 100);
});

test('a record that is shown by no offer changes none', async () => {
  const offer = await offerItem(supplier);
  await writeItem(supplier);
  assert.deepEqual(await aboutOf(offer), offer.about);
});

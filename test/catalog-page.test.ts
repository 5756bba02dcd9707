import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { OfferView } from '@madang/core/api/views.ts';
import * as build from '@madang/core/dsp/build.ts';
import { parseMessage } from '@madang/core/dsp/message.ts';
import type { MessageMap } from '@madang/core/dsp/types.ts';
import { askCatalog, type CatalogAsk, idsIn, linkTo, seedOffers, walkCatalog } from './catalogue.ts';
import { type Member, type Network, offerItem, openNetwork, recordOf } from './network.ts';
import { type Body, signed } from './wire.ts';

// The catalogue as partners get it: pages, filters, entity tags, and that nothing hidden is in any of them.

let network: Network;
let maker: Member;
before(async () => {
  network = await openNetwork({ participants: ['maker', 'rival'] });
  maker = network.member('maker');
});
after(() => network?.[Symbol.asyncDispose]());

let suppliers = 0;
/** A house of its own for each test. */
const house = (): Promise<Member> => network.host(`supplier-${++suppliers}`);

const forMaker = () => ({ access: { partners: [maker.did] } });
const forRival = () => ({ access: { partners: [network.member('rival').did] } });

const ask = (supplier: Member, asked: CatalogAsk = {}, from = 'maker') => askCatalog(network, from, supplier, asked);
const walk = (supplier: Member, filter: readonly unknown[], meanwhile?: (page: number) => Promise<unknown>) =>
  walkCatalog(network, 'maker', supplier, filter, meanwhile);
const seed = (supplier: Member, count: number, access?: Parameters<typeof seedOffers>[3], first?: number) =>
  seedOffers(network, supplier, count, access, first);

test('pages are linked with one another, fetched either way; each dataset is on one of them', async () => {
  const supplier = await house();
  const datasets = await seed(supplier, 23, () => ({}));
  const pages = await walk(supplier, [{ '@type': 'QuerySpec', limit: 5, offset: 0 }]);
  assert.deepEqual(
    pages.map(({ body }) => idsIn(body).length),
    [5, 5, 5, 5, 3],
  );
  assert.deepEqual(
    pages.flatMap(({ body }) => idsIn(body)),
    datasets,
  );
  for (const { body } of pages) parseMessage('Catalog', body);
  const back = [];
  for (let page = linkTo(pages.at(-1)!, 'previous'); page !== undefined; ) {
    const answer = await ask(supplier, { path: page.slice(supplier.dsp.length), method: 'GET' });
    back.unshift(...idsIn(answer.body));
    page = linkTo(answer, 'previous');
  }
  assert.deepEqual(back, datasets.slice(0, 20));
});

test('a page has 100 datasets when nothing is said', async () => {
  const supplier = await house();
  await seed(supplier, 101, () => ({}));
  assert.deepEqual(
    (await walk(supplier, [])).map(({ body }) => idsIn(body).length),
    [100, 1],
  );
});

test('offers made, withdrawn and hidden meanwhile: none that was there all the time is missed, none comes twice', async () => {
  const supplier = await house();
  const datasets = await seed(supplier, 20, () => ({}));
  const pages = await walk(supplier, [{ '@type': 'QuerySpec', limit: 4 }], async (page) => {
    await seed(supplier, 2, (i) => (i % 2 ? {} : { partners: [network.member('rival').did] }), 100 + 2 * page);
    if (page < 4)
      await supplier.client.call('withdrawOffer', { params: { id: `urn:test:offer:${String(5 * page - 2).padStart(6, '0')}` } });
  });
  const found = pages.flatMap(({ body }) => idsIn(body));
  assert.equal(new Set(found).size, found.length);
  const gone = [3, 8, 13].map((i) => datasets[i]!);
  for (const dataset of datasets) assert.ok(found.includes(dataset) || gone.includes(dataset), dataset);
  assert.ok(found.includes('urn:test:dataset:103'), 'one that was made meanwhile comes at the end');
});

describe('what is hidden', () => {
  let supplier: Member;
  let seen: OfferView;
  let hidden: OfferView;
  before(async () => {
    supplier = await house();
    seen = await offerItem(supplier, forMaker());
    hidden = await offerItem(supplier, forRival());
  });

  test('is in no byte, no count, no link and no error', async () => {
    const answers = [
      ...(await walk(supplier, [])),
      ...(await walk(supplier, [{ '@type': 'QuerySpec', limit: 1 }])),
      await ask(supplier, { filter: [{ product: recordOf(hidden) }] }),
      await ask(supplier, { filter: [{ '@type': 'QuerySpec', filterExpression: [byId(hidden.dataset)] }] }),
      await network.signed('maker', supplier, { path: `/catalog/datasets/${encodeURIComponent(hidden.dataset)}` }),
    ];
    for (const { text, headers } of answers)
      for (const secret of [hidden.id, recordOf(hidden), network.member('rival').did])
        assert.ok(!`${text}${headers.get('link')}`.includes(secret), text);
    assert.deepEqual(
      answers.slice(0, 2).map(({ body, headers }) => [idsIn(body), headers.get('link')]),
      [
        [[seen.dataset], null],
        [[seen.dataset], null],
      ],
    );
    const rival = await ask(supplier, {}, 'rival');
    assert.deepEqual(idsIn(rival.body), [hidden.dataset]);
  });

  test('changes no entity tag when it changes, comes or goes', async () => {
    const tag = async () => (await ask(supplier)).headers.get('etag');
    const before = await tag();
    await supplier.client.call('withdrawOffer', { params: { id: hidden.id } });
    assert.equal(await tag(), before);
    await supplier.client.call('restoreOffer', { params: { id: hidden.id } });
    await offerItem(supplier, forRival());
    await renameProduct(supplier, recordOf(hidden), 'other');
    assert.equal(await tag(), before);
    await renameProduct(supplier, recordOf(seen), 'other');
    assert.notEqual(await tag(), before);
  });
});

const byId = (operandRight: string) => ({ '@type': 'Criterion', operandLeft: 'id', operator: '=', operandRight });
const renameProduct = (supplier: Member, id: string, product: string) =>
  supplier.client.call('writeRecord', {
    params: { kind: 'item', id },
    body: {
      id,
      productIds: [`urn:test:product-id:${product}`],
      name: { ko: '부품', en: 'Part' },
      declaredUnit: 'kilogram',
      massPerUnit: '1',
    },
  });

test('a page that is known already is not sent again, and still says what follows', async () => {
  const supplier = await house();
  await seed(supplier, 3, () => ({}));
  const filter = [{ '@type': 'QuerySpec', limit: 2 }];
  const first = await ask(supplier, { filter });
  const etag = first.headers.get('etag') ?? '';
  const again = await ask(supplier, { filter, headers: { 'if-none-match': `"other", ${etag}` } });
  assert.deepEqual([again.status, again.text, again.headers.get('etag')], [304, '', etag]);
  assert.equal(linkTo(again, 'next'), linkTo(first, 'next'));
  await supplier.client.call('withdrawOffer', { params: { id: 'urn:test:offer:000000' } });
  const changed = await ask(supplier, { filter, headers: { 'if-none-match': etag } });
  assert.deepEqual([changed.status, idsIn(changed.body)], [200, ['urn:test:dataset:1', 'urn:test:dataset:2']]);
});

test('is packed only when that is asked for', async () => {
  const supplier = await house();
  await seed(supplier, 70, () => ({}));
  const { kid, key } = await network.server.context.keys.signing('maker');
  const raw = (accepted: string) =>
    new Promise<{ encoding: string | undefined; bytes: Buffer }>((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${signed({ did: maker.did, kid, key }, supplier.did)}`,
        'content-type': 'application/json',
        'accept-encoding': accepted,
      };
      request(`${supplier.dsp}/catalog/request`, { method: 'POST', headers }, (answer) => {
        const received = (chunks: Buffer[]) => resolve({ encoding: answer.headers['content-encoding'], bytes: Buffer.concat(chunks) });
        answer.toArray().then(received, reject);
      })
        .on('error', reject)
        .end(JSON.stringify(build.catalogRequest()));
    });
  const packed = await raw('br, gzip;q=0.5');
  assert.equal(packed.encoding, 'gzip');
  assert.equal(idsIn(JSON.parse(gunzipSync(packed.bytes).toString())).length, 70);
  for (const accepted of ['', 'br', 'gzip;q=0']) {
    const plain = await raw(accepted);
    assert.equal(plain.encoding, undefined, accepted);
    assert.deepEqual(JSON.parse(plain.bytes.toString()), JSON.parse(gunzipSync(packed.bytes).toString()));
  }
});

test('a dataset names what it holds, in the catalogue and by itself alike', async () => {
  const supplier = await house();
  const about = {
    standard: { name: 'ISO 14067', version: '2018' },
    products: ['urn:test:product:1'],
    classes: ['urn:test:cpc:4642'],
    period: { start: '2026-01-01T00:00:00Z', end: '2027-01-01T00:00:00Z' },
    languages: ['ko'],
  };
  const service = { title: 'ERP', base: 'http://127.0.0.1:1/', paths: ['/parts/*'], methods: ['GET' as const] };
  await supplier.client.call('putService', { params: { id: 'erp' }, body: service });
  const offer = await supplier.client.call('createOffer', {
    body: { title: 'Parts', view: { kind: 'service', id: 'erp' }, about, access: { choices: {} }, contract: { choices: {} } },
  });
  assert.deepEqual(offer.about, about);
  const catalog = parseMessage('Catalog', (await ask(supplier)).body) as MessageMap['Catalog'];
  const dataset = catalog.dataset?.[0] as Body;
  const { '@context': _, ...alone } = (await network.signed('maker', supplier, { path: `/catalog/datasets/${offer.dataset}` })).body;
  assert.deepEqual(alone, dataset);
  const dct = (term: string) => dataset[`http://purl.org/dc/terms/${term}`];
  assert.deepEqual(
    [dct('title'), dct('type'), dct('subject'), dct('language'), dataset['http://www.w3.org/ns/dcat#theme']],
    ['Parts', 'service', about.products, about.languages, about.classes],
  );
  assert.deepEqual(dct('conformsTo'), {
    '@type': 'http://purl.org/dc/terms/Standard',
    'http://purl.org/dc/terms/title': 'ISO 14067',
    'http://www.w3.org/ns/dcat#version': '2018',
  });
  assert.deepEqual(dct('temporal'), {
    '@type': 'http://purl.org/dc/terms/PeriodOfTime',
    'http://www.w3.org/ns/dcat#startDate': about.period.start,
    'http://www.w3.org/ns/dcat#endDate': about.period.end,
  });
  assert.deepEqual(
    dataset.distribution.map(({ format }: Body) => format),
    ['HttpData-PULL'],
  );
});

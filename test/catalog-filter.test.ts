import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { OfferView } from '@madang/core/api/views.ts';
import { askCatalog, type CatalogAsk, idsIn, linkTo, seedOffers, walkCatalog } from './catalogue.ts';
import { type Member, type Network, offerItem, openNetwork, recordOf } from './network.ts';
import { isRefused } from './refused.ts';
import type { Body } from './wire.ts';

// What partners may ask a catalogue for, our own way and that of an EDC, and what they are told when it cannot be served.

let network: Network;
before(async () => {
  network = await openNetwork({ participants: ['maker', 'rival'] });
});
after(() => network?.[Symbol.asyncDispose]());

let suppliers = 0;
/** A house of its own for each test. */
const house = (): Promise<Member> => network.host(`supplier-${++suppliers}`);

const ask = (supplier: Member, asked: CatalogAsk = {}, from = 'maker') => askCatalog(network, from, supplier, asked);
const walk = (supplier: Member, filter: readonly unknown[], meanwhile?: (page: number) => Promise<unknown>) =>
  walkCatalog(network, 'maker', supplier, filter, meanwhile);
const seed = (supplier: Member, count: number, access?: Parameters<typeof seedOffers>[3], first?: number) =>
  seedOffers(network, supplier, count, access, first);

const criterion = (operandLeft: string, operator: string, operandRight: unknown) => ({
  '@type': 'Criterion',
  operandLeft,
  operator,
  operandRight,
});

describe('a filter', () => {
  let supplier: Member;
  let item: OfferView;
  before(async () => {
    supplier = await house();
    item = await offerItem(supplier);
    await seed(supplier, 4, (i) => (i === 3 ? { partners: [network.member('rival').did] } : {}));
  });
  const found = async (...filter: unknown[]) => {
    const answer = await ask(supplier, { filter });
    assert.equal(answer.status, 200, answer.text);
    return idsIn(answer.body).map((id) => (id === item.dataset ? 'item' : id.replace('urn:test:dataset:', '')));
  };
  const spec = (...filterExpression: unknown[]) => ({ '@type': 'QuerySpec', limit: 50, offset: 0, sortOrder: 'ASC', filterExpression });
  const TYPE = 'http://purl.org/dc/terms/type';
  const CASES: [what: string, filter: () => unknown[], found: string[]][] = [
    ['nothing asked', () => [{}], ['item', '0', '1', '2']],
    ['kind', () => [{ kind: 'item' }], ['item']],
    ['text in the title, case apart', () => [{ text: 'pART 1' }], ['1']],
    ['text in a product', () => [{ text: 'test:product:2' }], ['2']],
    ['product by its URN', () => [{ product: 'urn:test:product:2' }], ['2']],
    ['product by the number at its end', () => [{ product: '2' }], ['2']],
    ['product by another URN of the same number', () => [{ product: 'urn:other:2' }], ['2']],
    ['product of a record', () => [{ product: recordOf(item) }], ['item']],
    ['all of it', () => [{ kind: 'service' }, { text: 'part', product: '1' }], ['1']],
    ['what is hidden', () => [{ product: '3' }], []],
    ['an EDC that asks for everything', () => [spec()], ['item', '0', '1', '2']],
    ['an EDC: one by its id', () => [spec(criterion('https://w3id.org/edc/v0.0.1/ns/id', '=', 'urn:test:dataset:1'))], ['1']],
    [
      'an EDC: written out',
      () => [{ '@type': 'https://w3id.org/edc/v0.0.1/ns/QuerySpec', 'https://w3id.org/edc/v0.0.1/ns/limit': { '@value': 2 } }],
      ['item', '0'],
    ],
    ['an EDC: one of a list, quoted', () => [spec(criterion(`'${TYPE}'`, 'in', ['item', 'footprint']))], ['item']],
    ['an EDC: a list of one', () => [spec(criterion(TYPE, 'in', 'item'))], ['item']],
    ['an EDC: like', () => [spec(criterion('http://purl.org/dc/terms/title', 'like', 'Part _'))], ['0', '1', '2']],
    ['an EDC: like, a backslash', () => [spec(criterion('name', 'like', 'Part\\'))], []],
    ['an EDC: ilike', () => [spec(criterion('name', 'ilike', 'PART 2'))], ['2']],
    ['an EDC: not', () => [spec(criterion(TYPE, '!=', 'service'))], ['item']],
    ['an EDC: contains', () => [spec(criterion('properties.http://purl.org/dc/terms/subject', 'contains', 'urn:test:product:0'))], ['0']],
    ['an EDC: something that no dataset has', () => [spec(criterion('https://w3id.org/edc/v0.0.1/ns/size', '<', 5))], []],
    ['an EDC: by offset, hidden ones not counted', () => [{ '@type': 'QuerySpec', offset: 2, limit: 2 }], ['1', '2']],
    ['an EDC: beyond the end', () => [{ '@type': 'QuerySpec', offset: 4, limit: 2 }], []],
  ];
  for (const [what, filter, expected] of CASES) test(what, async () => assert.deepEqual(await found(...filter()), expected));

  test('an offset counts once, then the pages go on', async () => {
    const pages = await walk(supplier, [{ '@type': 'QuerySpec', offset: 1, limit: 1 }]);
    assert.deepEqual(
      pages.flatMap(({ body }) => idsIn(body)),
      [0, 1, 2].map((i) => `urn:test:dataset:${i}`),
    );
  });

  test('goes on over its pages', async () => {
    const pages = await walk(supplier, [{ kind: 'service' }, { '@type': 'QuerySpec', limit: 2 }]);
    assert.deepEqual(
      pages.map(({ body }) => idsIn(body).length),
      [2, 1],
    );
  });
});

test('whatever is wrong is an error of the protocol, before anything else is sent', async () => {
  const supplier = await house();
  await seed(supplier, 3, () => ({}));
  const next = linkTo(await ask(supplier, { filter: [{ '@type': 'QuerySpec', limit: 1 }] }), 'next') ?? '';
  const good = next.slice(supplier.dsp.length);
  const bent = (change: (page: Body) => unknown) => {
    const page = JSON.parse(Buffer.from(new URL(next).searchParams.get('page') ?? '', 'base64url').toString());
    return `/catalog/request?page=${Buffer.from(JSON.stringify(change(page))).toString('base64url')}`;
  };
  const paths = {
    'no page': '/catalog/request?page=',
    'no JSON': '/catalog/request?page=AAAA',
    'cut off': good.slice(0, -9),
    'no such moment': bent((page) => ({ ...page, after: ['2026-02-31T00:00:00Z', 'x'] })),
    'a moment before all': bent((page) => ({ ...page, after: ['0000-01-01T00:00:00Z', 'x'] })),
    'the character U+0000': bent((page) => ({ ...page, after: ['2026-01-01T00:00:00Z', '\0'] })),
    'another field': bent((page) => ({ ...page, filter: { ...page.filter, criteria: [{ field: 'access', is: 'in', values: [] }] } })),
    'no limit': bent((page) => ({ ...page, filter: { ...page.filter, limit: 1e9 } })),
  };
  for (const [what, path] of Object.entries(paths)) {
    const answer = await ask(supplier, { path, method: 'GET' });
    assert.ok(isRefused(answer, what), what);
    assert.deepEqual([answer.status, answer.body['@type']], [400, 'CatalogError'], what);
  }
  const token = { claims: { jti: 'once' } };
  const twice = () => network.signed('maker', supplier, { path: good, method: 'GET', token });
  assert.deepEqual([(await twice()).status, (await twice()).body.code], [200, 'token_reused']);
  const stale = await network.signed('maker', supplier, { path: good, method: 'GET', token: { claims: { exp: 1 } } });
  assert.deepEqual([stale.status, stale.body['@type'], stale.body.code], [401, 'CatalogError', 'token_expired']);
});

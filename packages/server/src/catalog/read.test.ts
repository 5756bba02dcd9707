import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as build from '@madang/core/dsp/build.ts';
import { aboutOf, type DescribedDataset, kindOf, productsIn, titleOf } from './read.ts';

// What partners say of their datasets, in the ways in which connectors write it.

const DC = 'http://purl.org/dc/terms/';
const dataset = (described: Record<string, unknown>): DescribedDataset => ({
  ...build.nestedDataset(
    'urn:x:1',
    [build.offer('urn:o:1', { permission: [{ action: 'use' }] })],
    [build.distribution('HttpData-PULL', 's')],
  ),
  ...described,
});

test('a title as IRI, prefixed or bare, plain or with its language; else the id', () => {
  for (const described of [
    { [`${DC}title`]: '셀' },
    { 'dct:title': '셀' },
    { 'dcterms:title': ['셀'] },
    { title: { '@value': '셀', '@language': 'ko' } },
    {
      'dct:title': [
        { '@value': 'Cell', '@language': 'en' },
        { '@value': '셀', '@language': 'ko-KR' },
      ],
    },
    { 'dct:title': { '@set': [{ '@value': '셀' }] } },
    { 'edc:name': '셀' },
    { 'https://w3id.org/edc/v0.0.1/ns/name': '셀', title: null },
  ])
    assert.equal(titleOf(dataset(described)), '셀', JSON.stringify(described));
  assert.equal(
    titleOf(
      dataset({
        title: [
          { '@value': 'Zelle', '@language': 'de' },
          { '@value': 'Cell', '@language': 'en' },
        ],
      }),
    ),
    'Cell',
  );
  for (const described of [{}, { title: '' }, { title: 5 }, { title: {} }, { title: [] }, { 'dct:title': { '@value': [] } }])
    assert.equal(titleOf(dataset(described)), 'urn:x:1', JSON.stringify(described));
});

test('kind, products, classes and languages: one or several, texts or things', () => {
  const given = dataset({
    'dct:type': { '@id': 'https://w3id.org/catenax/taxonomy#PcfExchange' },
    'dct:subject': ['urn:p:1', { '@id': 'urn:p:2' }, 'urn:p:1', 7, null, {}],
    'dcat:theme': { '@id': 'urn:cpc:1' },
    language: ['ko', { '@value': 'en' }],
  });
  assert.equal(kindOf(given), 'https://w3id.org/catenax/taxonomy#PcfExchange');
  assert.deepEqual(productsIn(given), ['urn:p:1', 'urn:p:2']);
  assert.deepEqual(aboutOf(given), {
    standard: null,
    products: ['urn:p:1', 'urn:p:2'],
    classes: ['urn:cpc:1'],
    period: null,
    languages: ['ko', 'en'],
  });
  assert.equal(kindOf(dataset({})), null);
});

test('standard and period, as things or plainly', () => {
  const about = (described: Record<string, unknown>) => aboutOf(dataset(described));
  assert.deepEqual(about({ [`${DC}conformsTo`]: 'https://pact.example/3' }).standard, { name: 'https://pact.example/3', version: '' });
  assert.deepEqual(about({ conformsTo: [{ 'dct:title': 'PACT', 'owl:versionInfo': '3.0.0' }] }).standard, {
    name: 'PACT',
    version: '3.0.0',
  });
  const period = { 'dcat:startDate': { '@value': '2026-01-01', '@type': 'xsd:date' }, 'http://www.w3.org/ns/dcat#endDate': '2026-12-31' };
  assert.deepEqual(about({ 'dct:temporal': period }).period, { start: '2026-01-01', end: '2026-12-31' });
  for (const temporal of ['2026', { 'dcat:startDate': '2026' }, [], null]) assert.equal(about({ 'dct:temporal': temporal }).period, null);
});

test('so much of it, and no more', () => {
  const given = dataset({ title: 'x'.repeat(10_000), subject: Array.from({ length: 10_000 }, (_, i) => `urn:p:${i}`) });
  assert.equal(titleOf(given).length, 500);
  assert.equal(productsIn(given).length, 500);
});

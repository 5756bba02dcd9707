import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromChoices, sentence } from '@madang/core/policy/explain.ts';
import { PURPOSES } from '@madang/core/policy/purposes.ts';
import { en } from '../../text/en.ts';
import { ko } from '../../text/ko.ts';
import { aboutOf, type Draft, EMPTY, isReady, policiesOf, saysWhom, viewOf } from './draft.ts';
import { leavesOf, pathsOf } from './fields.ts';
import { headersOf } from './headers.ts';
import { phrases } from './phrases.ts';

const partner = (shortName: string, name: string) => ({
  did: `did:web:x:${shortName}`,
  name,
  shortName,
  dsp: 'https://x',
  relation: 'customer' as const,
  groups: [],
  reach: { state: 'unknown' as const, since: null, error: null },
});
const A = partner('a', '누리들셀');
const B = partner('b', '한울자동차');
const ONLY_A_AND_B: Draft = {
  ...EMPTY,
  title: '팩',
  kind: 'passport',
  ids: ['p1'],
  whom: 'partners',
  partners: [A.did, B.did],
  purposes: ['battery-passport'],
  until: '2026-12-31',
};

test('"only A and B, only for the passport, until December" is what the sentence says and what the policy means', () => {
  const said = phrases(ONLY_A_AND_B, ko, 'ko', [A, B], PURPOSES);
  assert.deepEqual(said, {
    what: '여권 1건을',
    fields: '전부',
    whom: '누리들셀 및 한울자동차에게만',
    purpose: '배터리 여권에만 쓰도록',
    when: '2026-12-31까지',
    answer: '바로 합의합니다.',
  });
  const { contract, access } = policiesOf(ONLY_A_AND_B);
  const names = new Map([A, B].map((p) => [p.did, { ko: p.name, en: p.shortName }]));
  assert.equal(
    sentence(fromChoices(contract.choices), (did) => names.get(did)).en,
    'Only a and b, only for the battery passport, until 31 Dec 2026',
  );
  assert.equal(sentence(fromChoices(access.choices), (did) => names.get(did)).en, 'Only a and b');
  assert.equal(phrases(ONLY_A_AND_B, en, 'en', [A, B], PURPOSES).purpose, 'only for the battery passport');
});

test('nobody chosen is not "anyone"', () => {
  assert.equal(saysWhom(EMPTY), false);
  assert.equal(saysWhom({ ...EMPTY, whom: 'partners' }), false);
  assert.equal(saysWhom({ ...EMPTY, whom: 'anyone' }), true);
  assert.equal(isReady({ ...ONLY_A_AND_B, partners: [] }), false);
  assert.equal(isReady({ ...ONLY_A_AND_B, title: ' ' }), false);
  assert.equal(isReady(ONLY_A_AND_B), true);
});

test('choices of another kind that were made before do not stay in the policy', () => {
  const groups: Draft = { ...ONLY_A_AND_B, whom: 'groups', groups: ['cells'] };
  assert.deepEqual(policiesOf(groups).access.choices, { groups: ['cells'] });
  assert.deepEqual(policiesOf({ ...ONLY_A_AND_B, whom: 'anyone' }).access.choices, {});
});

test('the paths of a record are the places of its values; a list is one', () => {
  assert.deepEqual(
    pathsOf([
      { id: '1', pcf: { total: '2', rules: ['a', 'b'] } },
      { id: '2', note: null },
    ]),
    ['id', 'pcf.total', 'pcf.rules', 'note'],
  );
  assert.deepEqual(leavesOf({ a: [{ b: 1 }], c: null }), [
    { path: 'a.1.b', text: '1' },
    { path: 'c', text: 'null' },
  ]);
});

test('a file and a service are offered by their one identifier, and named in the sentence', () => {
  const file: Draft = { ...ONLY_A_AND_B, kind: 'file', ids: ['ab'] };
  assert.deepEqual(viewOf(file, 'whole'), { kind: 'file', sha256: 'ab' });
  assert.equal(phrases(file, ko, 'ko', [A, B], PURPOSES, '시험성적서.pdf').what, '파일 ‘시험성적서.pdf’를');
  assert.equal(phrases(file, en, 'en', [A, B], PURPOSES, 'report.pdf').what, 'the file “report.pdf”');
  assert.deepEqual(viewOf({ ...file, kind: 'service', ids: ['erp'] }, 'whole'), { kind: 'service', id: 'erp' });
  assert.deepEqual(viewOf(ONLY_A_AND_B, ['id']), { kind: 'passport', ids: ['p1'], fields: ['id'] });
});

test('what it holds: empty fields say nothing, the last day belongs to the period, a half pair is not sent', () => {
  assert.deepEqual(aboutOf(EMPTY.about), {});
  const about = { ...EMPTY.about, standard: 'PACT', version: '3.0.0', products: ' urn:a, urn:b ,', languages: 'ko' };
  assert.deepEqual(aboutOf({ ...about, start: '2026-01-01', end: '2026-12-31' }), {
    standard: { name: 'PACT', version: '3.0.0' },
    products: ['urn:a', 'urn:b'],
    languages: ['ko'],
    period: { start: '2025-12-31T15:00:00.000Z', end: '2026-12-31T15:00:00.000Z' },
  });
  const ready = (change: Partial<typeof about>) => isReady({ ...ONLY_A_AND_B, about: { ...about, ...change } });
  assert.equal(ready({}), true);
  assert.equal(ready({ version: '' }), false);
  assert.equal(ready({ start: '2026-01-01' }), false);
  assert.equal(ready({ start: '2026-02-01', end: '2026-01-01' }), false);
});

test('headers of a service: kept ones stay unless they are written anew', () => {
  assert.deepEqual(headersOf('X-Key: a:b\n\nauthorization: Bearer 1', ['Authorization', 'X-Old']), {
    'X-Old': true,
    'X-Key': 'a:b',
    authorization: 'Bearer 1',
  });
  assert.deepEqual(headersOf('', []), {});
});

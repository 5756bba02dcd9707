import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromChoices, sentence } from '@madang/core/policy/explain.ts';
import { PURPOSES } from '@madang/core/policy/purposes.ts';
import { en } from '../../text/en.ts';
import { ko } from '../../text/ko.ts';
import { type Draft, EMPTY, isReady, policiesOf, saysWhom } from './draft.ts';
import { leavesOf, pathsOf } from './fields.ts';
import { phrases } from './phrases.ts';

const partner = (shortName: string, name: string) => ({
  did: `did:web:x:${shortName}`,
  name,
  shortName,
  dsp: 'https://x',
  relation: 'customer' as const,
  groups: [],
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

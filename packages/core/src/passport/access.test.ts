import assert from 'node:assert/strict';
import test from 'node:test';
import { mayRead, READS, type Reader, viewFor } from './access.ts';
import { type AccessClass, DICTIONARY } from './dictionary.ts';
import type { Passport } from './passport.ts';

const READERS: readonly Reader[] = ['public', 'legitimateInterest', 'authority'];
/** One expected answer a cell: Annex XIII points 1, 2, 3, 4 by reader (Art 77(2)). */
const EXPECTED: Record<Reader, Record<AccessClass, boolean>> = {
  public: { P: true, LA: false, A: false, L: false },
  legitimateInterest: { P: true, LA: true, A: false, L: true },
  authority: { P: true, LA: true, A: true, L: false },
};
const passport: Passport = {
  schema: 'urn:madang:schema:battery-passport:1',
  id: 'https://x',
  status: 'active',
  granularity: 'item',
  updated: '2026-11-24T00:00:00Z',
  name: { ko: '팩', en: 'pack' },
  attributes: {
    ...Object.fromEntries(DICTIONARY.map((a) => [a.key, { state: 'given' as const, value: `secret ${a.key}` }])),
    unknownKey: { state: 'given', value: 'secret' },
  },
};

test('every attribute for every reader: yes or no', () => {
  for (const reader of READERS) {
    const view = viewFor(passport, reader);
    for (const a of DICTIONARY) {
      assert.equal(a.key in view.attributes, EXPECTED[reader][a.access], `${reader} ${a.key}`);
      assert.equal(JSON.stringify(view).includes(`"secret ${a.key}"`), EXPECTED[reader][a.access]);
    }
    assert.ok(!('unknownKey' in view.attributes));
    assert.equal(view.withheld, DICTIONARY.filter((a) => !EXPECTED[reader][a.access]).length + 1);
  }
});

test('a lattice, not a ladder: both sides see what the other does not, and share more than the public', () => {
  const [all, interest, authority] = READERS.map((reader) => Object.keys(viewFor(passport, reader).attributes)) as [
    string[],
    string[],
    string[],
  ];
  const within = (a: string[], b: string[]) => a.every((key) => b.includes(key));
  assert.ok(within(all, interest) && within(all, authority));
  assert.ok(!within(interest, authority) && !within(authority, interest));
  assert.ok(interest.filter((key) => authority.includes(key)).length > all.length);
  assert.deepEqual([...new Set(Object.values(READS).flat())].sort(), ['A', 'L', 'LA', 'P']);
  assert.ok(!mayRead('authority', 'L') && !mayRead('legitimateInterest', 'A'));
});

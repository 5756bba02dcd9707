import assert from 'node:assert/strict';
import test from 'node:test';
import type { Store } from '../db/store.ts';
import { openOpenings } from './openings.ts';
import type { Exchange } from './types.ts';

const PEER = 'did:web:peer.example';
const exchange = (id: number, state = 'REQUESTED') =>
  ({ participant: 'maker', protocol: 'negotiation', peer: PEER, id: `x${id}`, state }) as Exchange;

/** Openings over a store that holds so many of the peer's. */
function open(stored: number) {
  let asked = 0;
  const store = {
    read: async () => {
      asked++;
      return Array.from({ length: stored }, (_, i) => `x${i}`);
    },
  } as unknown as Store;
  const openings = openOpenings(store);
  const check = (peer = PEER, participant = 'maker') => openings.check(participant, 'negotiation', peer);
  return { openings, check, asked: () => asked };
}
const REFUSED = { code: 'too_many_open', status: 429 };

test('a partner that has a thousand of its own under way opens no more; others do, here and elsewhere', async () => {
  const { openings, check, asked } = open(1_000);
  for (let i = 0; i < 999; i++) openings.note(exchange(i), true);
  await check();
  openings.note(exchange(999), true);
  await assert.rejects(check(), REFUSED);
  await assert.rejects(check(), REFUSED);
  assert.equal(asked(), 1, 'the store is not asked for each');
  await check('did:web:other.example');
  await check(PEER, 'supplier');
});

test('what has ended, was counted twice, or was ours does not count', async () => {
  const { openings, check, asked } = open(1_000);
  for (let i = 0; i < 3_000; i++) {
    openings.note(exchange(i), true);
    openings.note(exchange(i, 'AGREED'), false);
    openings.note(exchange(i, i % 2 ? 'FINALIZED' : 'TERMINATED'), false);
    openings.note(exchange(5_000), true);
    openings.note(exchange(i + 10_000), false);
  }
  await check();
  assert.equal(asked(), 0);
});

test('what memory does not know has ended is seen in the store', async () => {
  const { openings, check } = open(3);
  for (let i = 0; i < 1_000; i++) openings.note(exchange(i), true);
  await check();
  await check();
});

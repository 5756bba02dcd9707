import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Attempt } from './delivery.ts';
import { AGAIN, DONE, house, open, out, row, TEXT, until } from './dispatcher.fixture.ts';

/** A peer that is away until the test says. */
function away() {
  let isAway = true;
  return {
    back: () => {
      isAway = false;
    },
    answer: (): Attempt => (isAway ? { result: 'again', error: TEXT } : { result: 'done', met: true }),
  };
}

test('a peer that hangs takes some of the process and no more: others are served', async () => {
  const hang = Promise.withResolvers<void>();
  let inside = 0;
  const { dispatcher, sent } = open(async ({ peerAddress }) => {
    if (peerAddress !== 'https://hangs.example') return DONE;
    inside++;
    await hang.promise;
    return DONE;
  });
  for (let i = 0; i < 500; i++) dispatcher.send(house, out(`h${i}`, { exchange: `h${i}`, peerAddress: 'https://hangs.example' }));
  dispatcher.send(house, out('other', { exchange: 'o', peerAddress: 'https://quick.example' }));
  await until(() => sent.includes('other'));
  assert.equal(inside, 32);
  hang.resolve();
  await until(() => sent.length === 501);
  await dispatcher[Symbol.asyncDispose]();
});

test('a peer that comes back is caught up with at once, not at the end of the pauses', async () => {
  const peer = away();
  const { dispatcher, sent, of, reach } = open(() => peer.answer());
  // After so many tries the pauses are minutes.
  for (let i = 0; i < 200; i++) dispatcher.send(house, out(`m${i}`, { exchange: `x${i}`, tries: 40 }));
  await until(() => sent.length > 0);
  await sleep(1_200);
  assert.deepEqual([...new Set(reach)], ['missed did:web:peer.example']);
  peer.back();
  dispatcher.heard(house, 'did:web:peer.example');
  await until(() => of('exchange_delivered').flat().length === 200);
  assert.equal(reach.includes('met did:web:peer.example'), true);
  await dispatcher[Symbol.asyncDispose]();
});

test('a message of its own shows that a peer is there, when nothing waits that would show it', async () => {
  const { dispatcher, reach } = open(() => DONE);
  dispatcher.heard(house, 'did:web:peer.example');
  assert.deepEqual(reach, ['met did:web:peer.example']);
  await dispatcher[Symbol.asyncDispose]();
});

test('what fails again and again while all else gets through is not tried at the pace of the others', async () => {
  const { dispatcher, sent } = open(({ id }) => (id === 'poison' ? AGAIN : { result: 'done', met: true }));
  dispatcher.send(house, out('poison', { exchange: 'p', tries: 40 }));
  await until(() => sent.length === 1);
  for (let i = 0; i < 100; i++) {
    dispatcher.send(house, out(`m${i}`, { exchange: `m${i}` }));
    await sleep(2);
  }
  await until(() => sent.length >= 101);
  assert.equal(sent.filter((id) => id === 'poison').length, 1);
  await dispatcher[Symbol.asyncDispose]();
});

test('two days without contact, and a message is given up with the last error', async () => {
  const { now } = Date;
  const { dispatcher, of } = open(() => {
    Date.now = () => now() + 3 * 86_400_000;
    return AGAIN;
  });
  try {
    dispatcher.send(house, out('late', { tries: 30, opens: true, peerPid: null }));
    await until(() => of('exchange_refused').length === 1);
  } finally {
    Date.now = now;
  }
  const [{ reasons, end, tries }] = of('exchange_refused');
  assert.deepEqual([reasons, end, tries], [[{ code: 'peer_unreachable', because: 'fault', text: TEXT }], 'TERMINATED', 31]);
  await dispatcher[Symbol.asyncDispose]();
});

test('nothing is sent while the database is not held, and what was in line is looked at again', async () => {
  const held = Promise.withResolvers<void>();
  const hold = { isHeld: true, term: 1, held: () => held.promise, onAgain: () => {} };
  const first = Promise.withResolvers<void>();
  const { dispatcher, sent } = open(
    async ({ id }) => {
      if (id === 'a') await first.promise;
      return DONE;
    },
    { hold, pending: [row('a'), row('b'), row('c')], gone: (id) => id === 'b' },
  );
  for (const id of ['a', 'b', 'c']) dispatcher.send(house, out(id));
  await until(() => sent.length === 1);
  hold.isHeld = false;
  first.resolve();
  await sleep(20);
  assert.deepEqual(sent, ['a']);
  hold.isHeld = true;
  hold.term = 2;
  held.resolve();
  await until(() => sent.length === 2);
  assert.deepEqual(sent, ['a', 'c'], 'another program has sent b meanwhile');
  await dispatcher[Symbol.asyncDispose]();
});

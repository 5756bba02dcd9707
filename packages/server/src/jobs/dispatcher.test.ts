import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { MadangError } from '@madang/core/error.ts';
import { pino } from 'pino';
import type { Store } from '../db/store.ts';
import type { House, Houses } from '../participants/houses.ts';
import { openRecent } from '../protocol/recent.ts';
import type { Exchange } from '../protocol/types.ts';
import { openChanges } from './changes.ts';
import type { Attempt } from './delivery.ts';
import { type Outgoing, openDispatcher } from './dispatcher.ts';

const house = { id: 'maker', did: 'did:web:maker.example' } as House;
const houses = { all: () => [house] } as unknown as Houses;
const out = (id: string, more: Partial<Outgoing> = {}): Outgoing => ({
  id,
  kind: 'message',
  path: '/x/:pid',
  body: {},
  exchange: 'x',
  peer: 'did:web:peer.example',
  peerPid: 'pid',
  peerAddress: 'https://peer.example',
  opens: false,
  tries: 0,
  ...more,
});
const DONE: Attempt = { result: 'done' };
const TEXT = { ko: '가', en: 'a' };
const AGAIN: Attempt = { result: 'again', error: TEXT };

interface Call {
  readonly fn: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects, and fails when it is not there
  readonly argument: any; // oxlint-disable-line typescript/no-explicit-any
}

/** A dispatcher over a store that only notes what it is told; `deliver` is the peer. */
function open(
  deliver: (out: Outgoing) => Promise<Attempt> | Attempt,
  { pending = [] as readonly object[], exchange = null as Partial<Exchange> | null } = {},
) {
  const calls: Call[] = [];
  const store = {
    async call(fn: string, _participant: string, argument: unknown) {
      calls.push({ fn, argument });
      if (fn === 'outbox_pending') return pending;
      if (fn === 'exchange_read') return exchange;
      return { state: 'TERMINATED' };
    },
  } as unknown as Store;
  const changes = openChanges();
  const recent = openRecent();
  const sent: string[] = [];
  const both = async (_: House, one: Outgoing) => {
    sent.push(one.id);
    return deliver(one);
  };
  const dispatcher = openDispatcher({ store, recent, changes, log: pino({ level: 'silent' }), deliver: { message: both, pull: both } });
  return {
    dispatcher,
    calls,
    sent,
    changes,
    recent,
    of: (fn: string) => calls.filter((call) => call.fn === fn).map(({ argument }) => argument),
  };
}
const until = async (ready: () => boolean) => {
  for (const end = Date.now() + 3_000; !ready(); await sleep(2)) if (Date.now() > end) throw new Error('it did not come');
};

test('within an exchange in order, whatever each takes; exchanges do not wait for each other', async () => {
  const gate = Promise.withResolvers<void>();
  const { dispatcher, sent, of } = open(async ({ id }) => {
    if (id === 'a1') await gate.promise;
    return DONE;
  });
  for (const [id, exchange] of [
    ['a1', 'a'],
    ['a2', 'a'],
    ['b1', 'b'],
    ['a3', 'a'],
  ] as const)
    dispatcher.send(house, out(id, { exchange }));
  await until(() => sent.includes('b1'));
  assert.deepEqual(sent, ['a1', 'b1']);
  gate.resolve();
  await until(() => sent.length === 4);
  assert.deepEqual(sent, ['a1', 'b1', 'a2', 'a3']);
  await dispatcher[Symbol.asyncDispose]();
  assert.deepEqual(
    new Set(
      of('exchange_delivered')
        .flat()
        .map(({ id }) => id),
    ),
    new Set(['a1', 'a2', 'a3', 'b1']),
  );
});

test('a message that cannot be delivered holds its exchange until it is', async () => {
  let tries = 0;
  const { dispatcher, sent, of } = open(({ id }) => (id === 'first' && ++tries < 4 ? AGAIN : DONE));
  dispatcher.send(house, out('first'));
  dispatcher.send(house, out('second'));
  await until(() => sent.includes('second'));
  assert.deepEqual(sent, ['first', 'first', 'first', 'first', 'second']);
  await dispatcher[Symbol.asyncDispose]();
  assert.deepEqual(of('exchange_refused'), []);
});

test('each try knows how many there were', async () => {
  const known: number[] = [];
  const { dispatcher } = open(({ tries }) => (known.push(tries) < 4 ? AGAIN : DONE));
  dispatcher.send(house, out('one'));
  await until(() => known.length === 4);
  assert.deepEqual(known, [0, 1, 2, 3]);
  await dispatcher[Symbol.asyncDispose]();
});

test('a refusal is stored with its reason, told, and forgotten by what remembers; what follows goes on', async () => {
  const reasons = [{ code: 'closed', text: TEXT }];
  const { dispatcher, sent, of, changes, recent } = open(({ id }) => (id === 'no' ? { result: 'refused', reasons } : DONE));
  recent.keep({ participant: house.id, id: 'x', peer_pid: 'pid' } as Exchange);
  const told: string[] = [];
  using _ = changes.listen(house.id, ({ state }) => told.push(state ?? ''));
  dispatcher.send(house, out('no', { opens: true, peerPid: null }));
  dispatcher.send(house, out('next'));
  await until(() => sent.length === 2);
  assert.deepEqual(of('exchange_refused'), [{ id: 'no', exchange: 'x', reasons, end: 'TERMINATED' }]);
  assert.deepEqual([told[0], recent.get(house.id, 'x')], ['TERMINATED', undefined]);
  await dispatcher[Symbol.asyncDispose]();
  assert.deepEqual(
    of('exchange_delivered')
      .flat()
      .map(({ id }) => id),
    ['next'],
  );
});

test('a later message that is refused has a way back', async () => {
  const { dispatcher, of } = open(() => ({ result: 'refused', reasons: [] }));
  dispatcher.send(house, out('no'));
  await until(() => of('exchange_refused').length === 1);
  assert.equal('end' in of('exchange_refused')[0], false);
  await dispatcher[Symbol.asyncDispose]();
});

test('the peer’s process id, once it is known, is in all that follows', async () => {
  const seen: (string | null)[] = [];
  const { dispatcher, of, recent } = open(({ opens, peerPid }) => {
    seen.push(peerPid);
    return opens ? { result: 'done', peerPid: 'theirs' } : DONE;
  });
  recent.keep({ participant: house.id, id: 'x', peer_pid: null } as Exchange);
  dispatcher.send(house, out('open', { opens: true, peerPid: null }));
  dispatcher.send(house, out('then', { peerPid: null }));
  await until(() => seen.length === 2);
  assert.deepEqual([seen, recent.get(house.id, 'x')?.peer_pid], [[null, 'theirs'], 'theirs']);
  await dispatcher[Symbol.asyncDispose]();
  assert.deepEqual(of('exchange_delivered').flat()[0], { id: 'open', exchange: 'x', peerPid: 'theirs' });
});

test('where the opening was refused there is nobody to tell that it has ended', async () => {
  const { dispatcher, sent, of } = open(() => DONE, { exchange: { state: 'TERMINATED', peer_pid: null } });
  dispatcher.send(house, out('termination', { peerPid: null }));
  await until(() => of('exchange_delivered').length === 1);
  assert.deepEqual(sent, []);
  await dispatcher[Symbol.asyncDispose]();
});

test('tries that our own store or our own mistake made fail say nothing about the peer', async () => {
  let tries = 0;
  const { dispatcher, sent, of } = open(() => {
    if (++tries === 1) throw new TypeError('a mistake');
    if (tries === 2) throw new MadangError('unavailable');
    return DONE;
  });
  dispatcher.send(house, out('one'));
  await until(() => sent.length === 3);
  await dispatcher[Symbol.asyncDispose]();
  assert.deepEqual([of('exchange_refused'), of('exchange_delivered').length], [[], 1]);
});

test('a peer that was away for long and is not ready at once is not given up at once', async () => {
  let tries = 0;
  const { dispatcher, sent, of } = open(() => (++tries < 3 ? { result: 'soon', error: TEXT } : DONE));
  dispatcher.send(house, out('one', { tries: 100 }));
  await until(() => sent.length === 3);
  await dispatcher[Symbol.asyncDispose]();
  assert.deepEqual(of('exchange_refused'), []);
  assert.equal(of('exchange_deferred').length, 2, 'after many tries each is noted');
});

test('stopping waits for what is being sent, starts nothing more, and leaves it to the next start', async () => {
  const gate = Promise.withResolvers<void>();
  const { dispatcher, sent, of } = open(async () => {
    await gate.promise;
    return DONE;
  });
  dispatcher.send(house, out('first'));
  dispatcher.send(house, out('second'));
  await until(() => sent.length === 1);
  let stopped = false;
  const stopping = dispatcher[Symbol.asyncDispose]().then(() => (stopped = true));
  dispatcher.send(house, out('late', { exchange: 'y' }));
  await sleep(10);
  assert.equal(stopped, false);
  gate.resolve();
  await stopping;
  assert.deepEqual(sent, ['first']);
  assert.deepEqual(
    of('exchange_delivered')
      .flat()
      .map(({ id }) => id),
    ['first'],
    'it was delivered, and that is stored',
  );
});

test('stopping ends a pause at once', async () => {
  const { dispatcher, sent } = open(() => AGAIN);
  dispatcher.send(house, out('one', { tries: 100 }));
  await until(() => sent.length === 1);
  const began = performance.now();
  await dispatcher[Symbol.asyncDispose]();
  assert.ok(performance.now() - began < 1_000);
});

test('resumes what is in the outbox, in its order, and nothing that is in line already', async () => {
  const row = (id: string, path: string) => ({
    id,
    kind: 'message',
    path,
    body: {},
    exchange: 'x',
    peer: 'p',
    peer_pid: 'pid',
    peer_address: 'a',
    purpose: null,
    tries: 3,
    from_state: null,
  });
  const gate = Promise.withResolvers<void>();
  const opening: boolean[] = [];
  const { dispatcher, sent } = open(
    async ({ opens }) => {
      opening.push(opens);
      await gate.promise;
      return DONE;
    },
    { pending: [row('a', '/negotiations/request'), row('b', '/negotiations/:pid/events')] },
  );
  dispatcher.send(house, out('a', { opens: true }));
  await dispatcher.resume(houses);
  gate.resolve();
  await until(() => sent.length === 2);
  await dispatcher[Symbol.asyncDispose]();
  assert.deepEqual(
    [sent, opening],
    [
      ['a', 'b'],
      [true, false],
    ],
  );
});

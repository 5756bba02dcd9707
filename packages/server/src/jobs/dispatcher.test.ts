import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { MadangError } from '@madang/core/error.ts';
import type { Exchange } from '../protocol/types.ts';
import { AGAIN, DONE, house, houses, open, out, row, TEXT, until } from './dispatcher.fixture.ts';

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

test('what was delivered is stored in the order in which exchanges are locked elsewhere', async () => {
  const { dispatcher, of } = open(() => DONE);
  const exchanges = ['c', 'a', 'd', 'b'];
  for (const exchange of exchanges) dispatcher.send(house, out(`m ${exchange}`, { exchange }));
  await until(() => of('exchange_delivered').flat().length === 4);
  await dispatcher[Symbol.asyncDispose]();
  for (const list of of('exchange_delivered')) {
    const stored = list.map(({ exchange }: { exchange: string }) => exchange);
    assert.deepEqual(stored, stored.toSorted());
  }
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
  assert.deepEqual(of('exchange_refused'), [{ id: 'no', exchange: 'x', reasons, tries: 1, end: 'TERMINATED' }]);
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

test('resumes what is in the outbox, in the order of its making whatever the ids, and nothing that is in line already', async () => {
  const gate = Promise.withResolvers<void>();
  const opening: boolean[] = [];
  const { dispatcher, sent } = open(
    async ({ opens }) => {
      opening.push(opens);
      await gate.promise;
      return DONE;
    },
    {
      pending: [
        row('a', { path: '/negotiations/request' }),
        row('b', { created_at: '2026-01-01T00:00:02+00:00' }),
        row('c', { created_at: '2026-01-01T00:00:01.5+00:00' }),
      ],
    },
  );
  dispatcher.send(house, out('a', { opens: true }));
  await dispatcher.resume(houses);
  gate.resolve();
  await until(() => sent.length === 3);
  await dispatcher[Symbol.asyncDispose]();
  assert.deepEqual(
    [sent, opening],
    [
      ['a', 'c', 'b'],
      [true, false, false],
    ],
  );
});

test('many pages of rows are read whole, and what another program has done meanwhile is left alone', async () => {
  const pending = Array.from({ length: 2_500 }, (_, i) => row(String(i).padStart(5, '0'), { exchange: `x${i}` }));
  const { dispatcher, sent } = open(() => DONE, { pending, gone: (id) => id >= '02400' });
  await dispatcher.resume(houses);
  await until(() => sent.length >= 2_400);
  await dispatcher[Symbol.asyncDispose]();
  assert.deepEqual([sent.length, sent.some((id) => id >= '02400')], [2_400, false]);
});

test('what was delivered is not sent again while that is not stored yet, however often the outbox is looked through', async () => {
  const { dispatcher, sent, of } = open(() => DONE, { pending: [row('a')] });
  dispatcher.send(house, out('a'));
  await until(() => sent.length === 1);
  for (let i = 0; i < 5; i++) {
    dispatcher.look(house, 'x');
    await sleep(1);
  }
  await until(() => of('exchange_delivered').length === 1);
  await dispatcher[Symbol.asyncDispose]();
  assert.deepEqual(sent, ['a']);
});

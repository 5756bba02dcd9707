import assert from 'node:assert/strict';
import test from 'node:test';
import { isFinal, next, type Sender } from '@madang/core/dsp/state.ts';
import { after, ended, otherRole, TABLES, transition } from './table.ts';
import type { Exchange } from './types.ts';

const SENDERS: readonly Sender[] = ['consumer', 'provider'];

for (const [protocol, table] of Object.entries(TABLES) as [Exchange['protocol'], (typeof TABLES)[Exchange['protocol']]][]) {
  const states = [...new Set(table.map(({ to }) => to))];

  test(`${protocol}: a message leaves just the states that the table lets it leave, and leads where the table says`, () => {
    for (const message of new Set(table.map((row) => row.message)))
      for (const sender of SENDERS) {
        const rows = table.filter((row) => row.message === message && row.sender === sender);
        if (rows.length === 0) {
          assert.throws(() => transition(protocol, message, sender));
          continue;
        }
        const { from, to } = transition(protocol, message, sender);
        for (const state of states) {
          const known = next(table, state, message, sender);
          assert.equal(from?.includes(state), known.to !== undefined, `${sender} ${message} in ${state}`);
          const asks = table.some((row) => row.from === state && row.message === message && row.sender === sender && row.asksToResume);
          if (known.to !== undefined) assert.equal(to, asks ? state : known.to);
        }
      }
  });

  test(`${protocol}: each message of a sender leads to one state, whichever it leaves`, () => {
    for (const [, rows] of Map.groupBy(table, ({ message, sender }) => `${sender} ${message}`))
      assert.equal(new Set(rows.map(({ to }) => to)).size, 1);
  });

  test(`${protocol}: it has ended where no message leads out`, () => {
    for (const state of states) assert.equal(ended({ protocol, state } as Exchange), isFinal(table, state));
  });
}

test('an exchange after a move: what the move does not name stays', () => {
  const exchange = {
    state: 'A',
    content: { a: 1, b: 2 },
    reasons: [{ code: 'x', text: { ko: '', en: '' } }],
    agreement: null,
    peer: 'p',
  } as unknown as Exchange;
  const moved = after(exchange, { from: ['A'], to: 'B', message: 'm', sender: 'me', content: { b: 3 } });
  assert.deepEqual(
    [moved.state, moved.content, moved.reasons, moved.agreement, moved.peer],
    ['B', { a: 1, b: 3 }, exchange.reasons, null, 'p'],
  );
  const agreed = after(exchange, {
    from: ['A'],
    to: 'B',
    message: 'm',
    sender: 'me',
    reasons: [],
    agreement: { id: 'g', document: {}, signedAt: '' },
  });
  assert.deepEqual([agreed.content, agreed.reasons, agreed.agreement], [exchange.content, [], 'g']);
  assert.deepEqual([otherRole('consumer'), otherRole('provider')], ['provider', 'consumer']);
});

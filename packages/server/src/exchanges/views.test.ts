import assert from 'node:assert/strict';
import test from 'node:test';
import type { ExchangeAction } from '@madang/core/api/views.ts';
import { permitted, type Sender } from '@madang/core/dsp/state.ts';
import { ended, TABLES } from '../protocol/table.ts';
import type { Exchange } from '../protocol/types.ts';
import { actionsFor, viewStep, viewTerms, waitingFor } from './views.ts';

/** The message that each action sends. */
const SENDS: Readonly<Record<Exchange['protocol'], Partial<Record<ExchangeAction, string>>>> = {
  negotiation: {
    agree: 'ContractAgreementMessage',
    offer: 'ContractOfferMessage',
    accept: 'ContractNegotiationEventMessage:ACCEPTED',
    request: 'ContractRequestMessage',
    terminate: 'ContractNegotiationTerminationMessage',
  },
  transfer: {
    start: 'TransferStartMessage',
    suspend: 'TransferSuspensionMessage',
    complete: 'TransferCompletionMessage',
    terminate: 'TransferTerminationMessage',
  },
};

/** Every exchange as far as its actions go: protocol, role, state, with and without terms that were asked for, and as a subscription. */
const ALL: Exchange[] = (['negotiation', 'transfer'] as const).flatMap((protocol) =>
  [...new Set(TABLES[protocol].map(({ to }) => to))].flatMap((state) =>
    (['consumer', 'provider'] as const).flatMap((role) =>
      [{}, { asked: {} }, { format: 'HttpStream-PULL' }].map((content) => ({ protocol, role, state, content }) as Exchange),
    ),
  ),
);
const describe = ({ protocol, role, state }: Exchange) => `${protocol} ${role} ${state}`;

test('every action offered sends a message that the state table lets this side send now', () => {
  for (const exchange of ALL)
    for (const action of actionsFor(exchange)) {
      const message = SENDS[exchange.protocol][action];
      assert.ok(message, `${describe(exchange)} ${action}`);
      const open = permitted(TABLES[exchange.protocol], exchange.state, exchange.role as Sender).map((row) => row.message);
      assert.ok(open.includes(message), `${describe(exchange)} ${action}`);
    }
});

test('nothing can be done at the end, and everything else can be ended', () => {
  for (const exchange of ALL) assert.equal(actionsFor(exchange).includes('terminate'), !ended(exchange), describe(exchange));
  for (const exchange of ALL.filter(ended)) assert.deepEqual([actionsFor(exchange), waitingFor(exchange)], [[], null]);
});

test('a subscription is said to be complete by the consumer too, an ordinary pull only by itself', () => {
  const started = ALL.filter((e) => e.protocol === 'transfer' && e.role === 'consumer' && e.state === 'STARTED');
  const complete = started.filter((e) => actionsFor(e).includes('complete')).map(({ content }) => content);
  assert.deepEqual(complete, [{ format: 'HttpStream-PULL' }]);
});

test('it waits for me just where a person of mine decides', () => {
  const mine = ALL.filter((exchange) => waitingFor(exchange) === 'me').map(describe);
  assert.deepEqual([...new Set(mine)].sort(), ['negotiation consumer OFFERED', 'negotiation provider REQUESTED']);
  assert.ok(
    ALL.filter((exchange) => exchange.protocol === 'transfer' && exchange.state === 'STARTED').every(
      (exchange) => waitingFor(exchange) === null,
    ),
  );
});

test('terms are asked for again only by who has asked before', () => {
  const offered = ALL.filter((exchange) => describe(exchange) === 'negotiation consumer OFFERED');
  assert.deepEqual(
    offered.map((exchange) => actionsFor(exchange).includes('request')),
    [false, true, false],
  );
});

test('terms that hold a rule that we do not know can still be read', () => {
  const strange = {
    permission: [{ action: 'use', constraint: [{ leftOperand: 'phaseOfMoon', operator: 'eq', rightOperand: 'full' }] }],
  } as never;
  const shown = viewTerms(strange, () => assert.fail('it is not enforced'));
  assert.deepEqual(shown.odrl, strange);
  assert.ok(shown.sentence.ko && shown.sentence.en);
});

test('a step tells what passed since the one before, and whether its message is on its way', () => {
  const row = {
    seq: 2,
    at: '2026-01-01T00:00:01.5Z',
    message: 'm',
    sender: 'me',
    state: 's',
    outgoing: 'o',
    reasons: [],
    tries: 3,
    error: { ko: '가', en: 'a' },
  } as const;
  const shown = viewStep({ ...row, reasons: [] }, { ...row, reasons: [], seq: 1, at: '2026-01-01T00:00:00Z' });
  assert.deepEqual([shown.after, shown.pending], [1_500, { tries: 3, last: row.error }]);
  assert.deepEqual(
    [viewStep({ ...row, reasons: [], tries: null }, undefined).pending, viewStep({ ...row, reasons: [] }, undefined).after],
    [null, null],
  );
});

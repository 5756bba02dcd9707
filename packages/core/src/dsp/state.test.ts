import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { NEGOTIATION } from './negotiation.ts';
import { SAMPLES } from './samples.fixture.ts';
import { isFinal, messageWord, next, permitted, type Sender, type Table } from './state.ts';
import { TRANSFER } from './transfer.ts';

const SIDES: Sender[] = ['consumer', 'provider'];

for (const [name, table, finals] of [
  ['negotiation', NEGOTIATION, ['FINALIZED', 'TERMINATED']],
  ['transfer', TRANSFER, ['COMPLETED', 'TERMINATED']],
] as [string, Table, string[]][]) {
  const states = [...new Set(table.map((row) => row.to))];
  const words = [...new Set(table.map((row) => row.message))];

  test(`${name}: of all triples of state, message and sender, exactly the rows of the table are permitted`, () => {
    let allowed = 0;
    for (const state of [null, ...states])
      for (const word of [...words, 'Unknown', ''])
        for (const sender of SIDES) {
          const rows = table.filter((row) => row.from === state && row.message === word && row.sender === sender);
          const outcome = next(table, state, word, sender);
          assert.ok(rows.length <= 1, `two rows for ${state} ${word} ${sender}`);
          assert.equal(outcome.to, rows[0]?.to);
          assert.equal(outcome.refused?.code, rows.length === 0 ? 'illegal_transition' : undefined);
          allowed += rows.length;
        }
    assert.equal(allowed, table.length);
  });

  test(`${name}: final states are ${finals}, and nothing leads out of them`, () => {
    assert.deepEqual(states.filter((state) => isFinal(table, state)).sort(), finals);
    for (const state of finals)
      for (const word of words) for (const sender of SIDES) assert.equal(next(table, state, word, sender).refused?.status, 400);
  });

  test(`${name}: either side may end it in every state that is not final`, () => {
    const word = words.find((w) => w.endsWith('TerminationMessage')) ?? '';
    for (const state of states.filter((s) => !isFinal(table, s)))
      for (const sender of SIDES) assert.equal(next(table, state, word, sender).to, 'TERMINATED');
  });

  test(`${name}: whatever is sent, the state is one of the table's, and a refusal leaves it`, () => {
    const move = fc.tuple(fc.constantFrom(...words, 'Unknown'), fc.constantFrom(...SIDES));
    fc.assert(
      fc.property(fc.array(move, { maxLength: 30 }), (moves) => {
        let state: string | null = null;
        for (const [word, sender] of moves) {
          const before: string | null = state;
          const outcome: ReturnType<typeof next> = next(table, state, word, sender);
          if (outcome.to !== undefined) state = outcome.to;
          else
            assert.deepEqual(
              (outcome.refused.data as { permitted: string[] }).permitted,
              permitted(table, before, sender).map((row) => row.message),
            );
          assert.ok(state === null || states.includes(state));
          if (before !== null && isFinal(table, before)) assert.equal(state, before);
        }
      }),
      { numRuns: 300 },
    );
  });

  test(`${name}: every state can be reached and every one that is not final left`, () => {
    const reached = new Set<string | null>([null]);
    for (let size = 0; size !== reached.size; ) {
      size = reached.size;
      for (const row of table) if (reached.has(row.from)) reached.add(row.to);
    }
    assert.deepEqual([...reached].filter((s) => s !== null).sort(), [...states].sort());
  });
}

test('a refusal says the state, the message, the sender and what may be sent instead', () => {
  const { refused } = next(NEGOTIATION, 'OFFERED', 'ContractAgreementMessage', 'provider');
  assert.deepEqual(refused?.data, {
    state: 'OFFERED',
    message: 'ContractAgreementMessage',
    sender: 'provider',
    permitted: ['ContractNegotiationTerminationMessage'],
  });
  assert.match(
    refused?.text.en ?? '',
    /present state \(OFFERED\) the provider may not send ContractAgreementMessage\. It may send: ContractNegotiationTerminationMessage/,
  );
  assert.match(next(NEGOTIATION, 'FINALIZED', 'x', 'consumer').refused?.text.ko ?? '', /보낼 수 있는 메시지: –/);
});

test('the word of a message is its type, with the event where there is one', () => {
  const words = [...SAMPLES.ContractNegotiationEventMessage, ...SAMPLES.TransferCompletionMessage].map(messageWord);
  assert.deepEqual(words, [
    'ContractNegotiationEventMessage:ACCEPTED',
    'ContractNegotiationEventMessage:FINALIZED',
    'TransferCompletionMessage',
  ]);
});

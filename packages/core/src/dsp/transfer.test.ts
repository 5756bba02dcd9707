import assert from 'node:assert/strict';
import { test } from 'node:test';
import { play } from './play.fixture.ts';
import { permitted } from './state.ts';
import { TRANSFER } from './transfer.ts';

const WORDS = {
  REQ: 'TransferRequestMessage',
  START: 'TransferStartMessage',
  COMP: 'TransferCompletionMessage',
  SUSP: 'TransferSuspensionMessage',
  TERM: 'TransferTerminationMessage',
};

// The test kit's lines for both roles (TP, TP_C), then refusals it does not try.
const LINES: [string, string, string][] = [
  ['TP:01-01', 'C:REQ P:START P:TERM', 'TERMINATED'],
  ['TP:01-02', 'C:REQ P:START P:COMP', 'COMPLETED'],
  ['TP:01-03', 'C:REQ P:START P:SUSP P:TERM', 'TERMINATED'],
  ['TP:01-04', 'C:REQ P:START P:SUSP P:START P:COMP', 'COMPLETED'],
  ['TP:01-05', 'C:REQ P:TERM', 'TERMINATED'],
  ['TP:02-01', 'C:REQ P:START C:TERM', 'TERMINATED'],
  ['TP:02-02', 'C:REQ P:START C:COMP', 'COMPLETED'],
  ['TP:02-03', 'C:REQ P:START C:SUSP C:TERM', 'TERMINATED'],
  ['TP:02-04', 'C:REQ P:START C:SUSP C:START C:COMP', 'COMPLETED'],
  ['TP:02-05', 'C:REQ C:TERM', 'TERMINATED'],
  ['TP:03-01', 'C:REQ C:COMP!', 'REQUESTED'],
  ['TP:03-02', 'C:REQ C:SUSP!', 'REQUESTED'],
  ['TP:03-03', 'C:REQ P:START C:SUSP C:COMP!', 'SUSPENDED'],
  ['TP:03-04', 'C:REQ P:START C:TERM C:START!', 'TERMINATED'],
  ['TP:03-05', 'C:REQ P:START C:TERM C:SUSP!', 'TERMINATED'],
  ['TP:03-06', 'C:REQ P:START C:TERM C:COMP!', 'TERMINATED'],
  ['TP_C:03-01', 'C:REQ P:COMP!', 'REQUESTED'],
  ['TP_C:03-02', 'C:REQ P:SUSP!', 'REQUESTED'],
  ['TP_C:03-03', 'C:REQ P:START P:SUSP P:COMP!', 'SUSPENDED'],
  ['TP_C:03-04', 'C:REQ P:START P:TERM P:START!', 'TERMINATED'],
  ['TP_C:03-05', 'C:REQ P:START P:TERM P:SUSP!', 'TERMINATED'],
  ['TP_C:03-06', 'C:REQ P:START P:TERM P:COMP!', 'TERMINATED'],
  ['the consumer starts what the provider has not', 'C:REQ C:START!', 'REQUESTED'],
  ['started twice', 'C:REQ P:START P:START! C:START!', 'STARTED'],
  ['suspended twice', 'C:REQ P:START P:SUSP P:SUSP! C:SUSP!', 'SUSPENDED'],
  ['requested twice', 'C:REQ C:REQ! P:REQ!', 'REQUESTED'],
  ['anything after completion', 'C:REQ P:START P:COMP P:COMP! C:TERM! P:START! C:SUSP!', 'COMPLETED'],
];

for (const [name, line, end] of LINES) test(`${name}: ${line} → ${end}`, () => assert.equal(play(TRANSFER, WORDS, line), end));

test('only the consumer, by a request, opens a transfer', () => {
  assert.equal(play(TRANSFER, WORDS, 'P:REQ! P:START! C:START! P:COMP! P:SUSP! C:TERM!'), null);
});

test("only the consumer's start out of a suspension asks to resume", () => {
  assert.deepEqual(
    TRANSFER.filter((row) => row.asksToResume),
    permitted(TRANSFER, 'SUSPENDED', 'consumer').filter((row) => row.message === 'TransferStartMessage'),
  );
});

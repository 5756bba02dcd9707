import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NEGOTIATION } from './negotiation.ts';
import { play } from './play.fixture.ts';

const WORDS = {
  REQ: 'ContractRequestMessage',
  OFFER: 'ContractOfferMessage',
  AGREE: 'ContractAgreementMessage',
  VERIFY: 'ContractAgreementVerificationMessage',
  ACC: 'ContractNegotiationEventMessage:ACCEPTED',
  FIN: 'ContractNegotiationEventMessage:FINALIZED',
  TERM: 'ContractNegotiationTerminationMessage',
};

// The test kit's lines for both roles (CN, CN_C), then refusals it does not try.
const LINES: [string, string, string][] = [
  ['CN:01-01', 'C:REQ P:OFFER C:TERM', 'TERMINATED'],
  ['CN:01-02', 'C:REQ P:OFFER C:REQ P:TERM', 'TERMINATED'],
  ['CN:01-03', 'C:REQ P:OFFER C:ACC P:AGREE C:VERIFY P:FIN', 'FINALIZED'],
  ['CN:01-04', 'C:REQ P:AGREE C:VERIFY P:FIN', 'FINALIZED'],
  ['CN:02-01', 'C:REQ P:TERM', 'TERMINATED'],
  ['CN:02-02', 'C:REQ C:TERM', 'TERMINATED'],
  ['CN:02-03', 'C:REQ P:AGREE C:TERM', 'TERMINATED'],
  ['CN:02-05', 'C:REQ P:OFFER P:TERM', 'TERMINATED'],
  ['CN:02-06', 'C:REQ P:OFFER C:ACC P:TERM', 'TERMINATED'],
  ['CN:02-07', 'C:REQ P:AGREE C:VERIFY P:TERM', 'TERMINATED'],
  ['CN:03-01', 'C:REQ P:AGREE C:VERIFY P:FIN C:TERM!', 'FINALIZED'],
  ['CN:03-02', 'C:REQ P:OFFER C:VERIFY!', 'OFFERED'],
  ['CN:03-03', 'C:REQ P:OFFER C:ACC C:VERIFY!', 'ACCEPTED'],
  ['CN:03-04', 'C:REQ P:OFFER C:REQ C:REQ!', 'REQUESTED'],
  ['CN_C:02-05', 'C:REQ P:OFFER C:ACC P:TERM', 'TERMINATED'],
  ['CN_C:02-06', 'C:REQ P:AGREE C:VERIFY P:TERM', 'TERMINATED'],
  ['CN_C:03-01', 'C:REQ P:FIN!', 'REQUESTED'],
  ['CN_C:03-02', 'C:REQ P:OFFER P:AGREE!', 'OFFERED'],
  ['CN_C:03-03', 'C:REQ P:OFFER P:FIN!', 'OFFERED'],
  ['CN_C:03-04', 'C:REQ P:OFFER C:ACC P:FIN!', 'ACCEPTED'],
  ['CN_C:03-05', 'C:REQ P:OFFER C:ACC P:OFFER!', 'ACCEPTED'],
  ['CN_C:03-06', 'C:REQ P:OFFER C:ACC P:AGREE P:FIN!', 'AGREED'],
  ['the provider opens', 'P:OFFER C:ACC P:AGREE C:VERIFY P:FIN', 'FINALIZED'],
  ['the provider opens, the consumer counters', 'P:OFFER C:REQ P:OFFER C:ACC', 'ACCEPTED'],
  ['the provider accepts', 'C:REQ P:OFFER P:ACC!', 'OFFERED'],
  ['the consumer finalizes', 'C:REQ P:AGREE C:VERIFY C:FIN!', 'VERIFIED'],
  ['the consumer accepts its own request', 'C:REQ C:ACC!', 'REQUESTED'],
  ['the provider requests', 'C:REQ P:OFFER P:REQ!', 'OFFERED'],
  ['the provider verifies', 'C:REQ P:AGREE P:VERIFY!', 'AGREED'],
  ['the consumer agrees', 'C:REQ C:AGREE!', 'REQUESTED'],
  ['anything after the end', 'C:REQ C:TERM C:TERM! P:TERM! P:OFFER! C:REQ! P:AGREE!', 'TERMINATED'],
];

for (const [name, line, end] of LINES) test(`${name}: ${line} → ${end}`, () => assert.equal(play(NEGOTIATION, WORDS, line), end));

test('only a request or an offer opens a negotiation', () => {
  assert.equal(play(NEGOTIATION, WORDS, 'P:REQ! C:OFFER! P:AGREE! C:VERIFY! C:ACC! P:FIN! C:TERM! P:TERM!'), null);
});

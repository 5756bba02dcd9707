import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { NEGOTIATION } from '@madang/core/dsp/negotiation.ts';
import { permitted, type Table } from '@madang/core/dsp/state.ts';
import { TRANSFER } from '@madang/core/dsp/transfer.ts';
import type { Word } from './kit.ts';
import { openStand, run, type Side, type Stand } from './stand.ts';

// Every message in every state: what the state table does not permit is refused with 400 and the error object, and neither the state nor the history changes.

let stand: Stand;
before(async () => {
  stand = await openStand();
});
after(() => stand?.[Symbol.asyncDispose]());

/** The names of the state tables for the words of a script. */
const NAMES: Readonly<Record<Word, string>> = {
  REQ: 'ContractRequestMessage',
  OFFER: 'ContractOfferMessage',
  AGREE: 'ContractAgreementMessage',
  VERIFY: 'ContractAgreementVerificationMessage',
  ACC: 'ContractNegotiationEventMessage:ACCEPTED',
  FIN: 'ContractNegotiationEventMessage:FINALIZED',
  TERM: 'TerminationMessage',
  START: 'TransferStartMessage',
  SUSP: 'TransferSuspensionMessage',
  COMP: 'TransferCompletionMessage',
};

/** How the kit's side and the server get to a state, by what the server is in it. */
const WAYS: readonly [side: Side, words: readonly Word[], ways: Readonly<Record<string, readonly [steps: string, script: string]>>][] = [
  [
    { protocol: 'negotiations', role: 'provider' },
    ['REQ', 'OFFER', 'AGREE', 'VERIFY', 'ACC', 'FIN', 'TERM'],
    {
      REQUESTED: ['REQ', ''],
      OFFERED: ['REQ >OFFER', 'REQUESTED offer'],
      ACCEPTED: ['REQ >OFFER ACC', 'REQUESTED offer'],
      AGREED: ['REQ >AGREE', 'REQUESTED agree'],
      VERIFIED: ['REQ >AGREE VERIFY', 'REQUESTED agree'],
      FINALIZED: ['REQ >AGREE VERIFY >FIN', 'REQUESTED agree, VERIFIED finalize'],
      TERMINATED: ['REQ TERM', ''],
    },
  ],
  [
    { protocol: 'negotiations', role: 'consumer' },
    ['REQ', 'OFFER', 'AGREE', 'VERIFY', 'ACC', 'FIN', 'TERM'],
    {
      REQUESTED: ['=REQUESTED', ''],
      OFFERED: ['OFFER', ''],
      ACCEPTED: ['OFFER >ACC', 'OFFERED accept'],
      AGREED: ['AGREE', ''],
      VERIFIED: ['AGREE >VERIFY', 'AGREED verify'],
      FINALIZED: ['AGREE >VERIFY FIN', 'AGREED verify'],
      TERMINATED: ['TERM', ''],
    },
  ],
  [
    { protocol: 'transfers', role: 'provider' },
    ['START', 'SUSP', 'COMP', 'TERM'],
    {
      REQUESTED: ['REQ', ''],
      STARTED: ['REQ >START', 'REQUESTED start'],
      SUSPENDED: ['REQ >START SUSP', 'REQUESTED start'],
      COMPLETED: ['REQ >START COMP', 'REQUESTED start'],
      TERMINATED: ['REQ TERM', ''],
    },
  ],
  [
    { protocol: 'transfers', role: 'consumer' },
    ['START', 'SUSP', 'COMP', 'TERM'],
    {
      REQUESTED: ['=REQUESTED', ''],
      STARTED: ['START', ''],
      SUSPENDED: ['START SUSP', ''],
      COMPLETED: ['START COMP', ''],
      TERMINATED: ['TERM', ''],
    },
  ],
];

for (const [side, words, ways] of WAYS)
  describe(`${side.protocol}, the server as ${side.role}`, { concurrency: 8 }, () => {
    const table = (side.protocol === 'negotiations' ? NEGOTIATION : TRANSFER) as Table;
    for (const [state, [steps, script]] of Object.entries(ways)) {
      const allowed = permitted(table, state, side.role === 'provider' ? 'consumer' : 'provider').map(({ message }) => message);
      const refused = words.filter((word) => !allowed.some((message) => message.endsWith(NAMES[word])));
      test(`${state} refuses ${refused.join(' ')}`, async () => {
        const actor = await stand.enter(side, script);
        await run(actor, `${steps} =${state}`);
        const { client } = stand.cut;
        const before = await client.call('exchange', { params: { id: actor.peerPid } });
        for (const word of refused) {
          const { status, body } = await actor.send(word);
          assert.deepEqual([word, status, body.code], [word, 400, 'illegal_transition']);
          assert.equal(body['@type'], side.protocol === 'negotiations' ? 'ContractNegotiationError' : 'TransferError');
          assert.equal(body.reason.length >= 2, true);
        }
        const { steps: after, ...rest } = await client.call('exchange', { params: { id: actor.peerPid } });
        assert.deepEqual([rest.state, after.length], [before.state, before.steps.length]);
      });
    }
  });

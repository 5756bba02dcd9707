import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { EXCHANGE_ACTIONS, type ExchangeAction } from '@madang/core/api/views.ts';
import { NEGOTIATION } from '@madang/core/dsp/negotiation.ts';
import { permitted, type Table, type Transition } from '@madang/core/dsp/state.ts';
import { TRANSFER } from '@madang/core/dsp/transfer.ts';
import type { Side } from './conformance/dsp/cases.ts';
import type { Actor, Word } from './conformance/dsp/kit.ts';
import { openStand, run, type Stand } from './conformance/dsp/stand.ts';

// Every message in every state, from either side: what the state table permits leads on; what it does not is refused with the error object, and nothing at all changes.

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

const ACTIONS: Readonly<Record<string, ExchangeAction>> = {
  ContractAgreementMessage: 'agree',
  ContractOfferMessage: 'offer',
  ContractRequestMessage: 'request',
  'ContractNegotiationEventMessage:ACCEPTED': 'accept',
  ContractNegotiationTerminationMessage: 'terminate',
  TransferStartMessage: 'start',
  TransferSuspensionMessage: 'suspend',
  TransferCompletionMessage: 'complete',
  TransferTerminationMessage: 'terminate',
};

for (const [side, words, ways] of WAYS)
  describe(`${side.protocol}, the server as ${side.role}`, { concurrency: 8 }, () => {
    const table = (side.protocol === 'negotiations' ? NEGOTIATION : TRANSFER) as Table;
    const [theirs, ours] = side.role === 'provider' ? (['consumer', 'provider'] as const) : (['provider', 'consumer'] as const);
    const seen = (id: string) => stand.cut.client.call('exchange', { params: { id } });
    const enter = async (state: string): Promise<Actor> => {
      const [steps, script] = ways[state] as readonly [string, string];
      const actor = await stand.enter(side, script);
      await run(actor, `${steps} =${state}`);
      return actor;
    };
    // A verification that has come before is the same one under any id: see below.
    const isRepeat = (word: Word, state: string) => word === 'VERIFY' && / VERIFY/.test(ways[state]?.[0] ?? '');
    for (const state of Object.keys(ways)) {
      const rows = permitted(table, state, theirs);
      const rowOf = (word: Word) => rows.find(({ message }) => message.endsWith(NAMES[word]));

      test(`${state} refuses of the other side what the table does not have`, async () => {
        const actor = await enter(state);
        const before = await seen(actor.peerPid);
        for (const word of words.filter((one) => !rowOf(one) && !isRepeat(one, state))) {
          const { status, body } = await actor.send(word);
          assert.deepEqual([word, status, body.code], [word, 400, 'illegal_transition']);
          assert.equal(body['@type'], side.protocol === 'negotiations' ? 'ContractNegotiationError' : 'TransferError');
          assert.equal(body.reason.length >= 2, true);
        }
        assert.deepEqual(await seen(actor.peerPid), before);
      });

      test(`${state} refuses of its own people what the table does not have`, async () => {
        const actor = await enter(state);
        const before = await seen(actor.peerPid);
        const legal = permitted(table, state, ours).map(({ message }) => ACTIONS[message]);
        for (const action of EXCHANGE_ACTIONS.filter((one) => !legal.includes(one)))
          await assert.rejects(
            stand.cut.client.call('act', { params: { id: actor.peerPid }, body: { action } }),
            { status: 409, code: 'conflict' },
            action,
          );
        assert.deepEqual(await seen(actor.peerPid), before);
      });

      for (const word of words.filter(rowOf))
        test(`${state} ${word} leads on`, async () => {
          const { to, asksToResume, message } = rowOf(word) as Transition;
          const actor = await enter(state);
          const before = await seen(actor.peerPid);
          assert.equal((await actor.send(word)).status, 200);
          const { state: now, steps } = await seen(actor.peerPid);
          assert.deepEqual([now, steps.length], [asksToResume ? state : to, before.steps.length + 1]);
          assert.deepEqual([steps.at(-1)?.message, steps.at(-1)?.sender], [message, 'them']);
        });
    }
  });

for (const state of ['VERIFIED', 'FINALIZED'])
  test(`a verification that comes again in ${state}, under another id, is taken as the one that came before`, async () => {
    const [side, , ways] = WAYS[0]!;
    const [steps, script] = ways[state]!;
    const actor = await stand.enter(side, script);
    await run(actor, `${steps} =${state}`);
    const seen = () => stand.cut.client.call('exchange', { params: { id: actor.peerPid } });
    const before = await seen();
    const { status, body } = await actor.send('VERIFY');
    assert.deepEqual([status, body.state], [200, state]);
    assert.deepEqual(await seen(), before);
  });

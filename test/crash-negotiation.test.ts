import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { OfferView } from '@madang/core/api/views.ts';
import { agreementsOf, bothEnd, offerItem, openPair, type Pair, post, SIDES, story } from './houses.ts';

/** Every message of the way, by how it is known on the wire. */
const MESSAGES = {
  request: post(/daon\/dsp\/2025-1\/negotiations\/request$/),
  agreement: post(/nurideul\/dsp\/2025-1\/negotiations\/[^/]+\/agreement$/),
  verification: post(/daon\/dsp\/2025-1\/negotiations\/[^/]+\/agreement\/verification$/),
  finalized: post(/nurideul\/dsp\/2025-1\/negotiations\/[^/]+\/events$/),
};
const TERMINATION = post(/nurideul\/dsp\/2025-1\/negotiations\/[^/]+\/termination$/);
const WHOLE = [
  'consumer ContractRequestMessage',
  'provider ContractAgreementMessage',
  'consumer ContractAgreementVerificationMessage',
  'provider ContractNegotiationEventMessage:FINALIZED',
];

let pair: Pair;
before(async () => {
  pair = await openPair();
});
after(() => pair[Symbol.asyncDispose]());

const negotiate = ({ dataset }: OfferView) => pair.consumer.client.call('negotiate', { body: { partner: pair.provider.me.did, dataset } });

async function isWhole(offer: OfferView): Promise<void> {
  const [provider, consumer] = await bothEnd(pair, offer, 'negotiation', 'FINALIZED');
  assert.deepEqual(story(provider, 'provider'), WHOLE);
  assert.deepEqual(story(consumer, 'consumer'), WHOLE);
  const [theirs, ours] = await Promise.all([agreementsOf(pair.provider, offer), agreementsOf(pair.consumer, offer)]);
  assert.deepEqual([theirs.length, ours.length], [1, 1]);
  assert.equal(theirs[0]!.id, ours[0]!.id);
}

suite('a side of a negotiation killed with SIGKILL: both ends finalize, with one agreement and each message once', () => {
  for (const [name, matches] of Object.entries(MESSAGES))
    for (const when of ['before', 'after'] as const)
      for (const victim of SIDES)
        test(`${victim} dies ${when} ${name}`, async () => {
          const offer = await offerItem(pair.provider);
          await pair.kill(victim, { matches, when }, () => negotiate(offer));
          await isWhole(offer);
        });
});

suite('a side killed when a refusal is on its way: both ends are terminated, with the reason', () => {
  for (const victim of SIDES)
    test(`${victim} dies after termination`, async () => {
      const offer = await offerItem(pair.provider, { members: true });
      await pair.kill(victim, { matches: TERMINATION, when: 'after' }, () => negotiate(offer));
      for (const end of await bothEnd(pair, offer, 'negotiation', 'TERMINATED')) {
        assert.match(end.reasons[0]!.text.ko, /회원/);
        assert.equal(end.steps.length, 2);
      }
      assert.deepEqual(await agreementsOf(pair.consumer, offer), []);
    });
});

test('the answer to a request is lost and the offer withdrawn before it is asked again: what was begun goes on', async () => {
  const offer = await offerItem(pair.provider);
  const withdrawn = pair.at({ matches: MESSAGES.request, when: 'after' }, () =>
    pair.provider.client.call('withdrawOffer', { params: { id: offer.id } }),
  );
  await negotiate(offer);
  await withdrawn;
  await isWhole(offer);
});

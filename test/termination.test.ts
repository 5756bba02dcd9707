import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { parseScript, scripted } from './conformance/dsp/script.ts';
import { agree, exchangeAbout, type Member, type Network, offerItem, openNetwork, reaches } from './network.ts';

// Either side ends a negotiation or a transfer in every state that is not final, and the reason reaches the other side.

const scripts = new Map<string, ReturnType<typeof parseScript>>();
let network: Network;
let consumer: Member;
let provider: Member;

before(async () => {
  network = await openNetwork({ participants: ['consumer', 'provider'], reactions: scripted(scripts).reactions });
  consumer = network.member('consumer');
  provider = network.member('provider');
});
after(() => network?.[Symbol.asyncDispose]());

type Sides = readonly [provider: string, consumer: string];

const NEGOTIATION: Readonly<Record<string, Sides>> = {
  REQUESTED: ['', ''],
  OFFERED: ['REQUESTED offer', ''],
  ACCEPTED: ['REQUESTED offer', 'OFFERED accept'],
  AGREED: ['REQUESTED agree', ''],
  VERIFIED: ['REQUESTED agree', 'AGREED verify'],
};
const AGREE: Sides = ['REQUESTED agree, VERIFIED finalize', 'AGREED verify'];
const TRANSFER: Readonly<Record<string, Sides>> = {
  REQUESTED: ['', ''],
  STARTED: ['REQUESTED start', ''],
  SUSPENDED: ['REQUESTED start', 'STARTED suspend'],
};
const REASON = '담당자가 바뀌어 여기서 멈춥니다.';

function play(about: string, [ofProvider, ofConsumer]: Sides): void {
  scripts.set(`provider/${about}`, parseScript(ofProvider));
  scripts.set(`consumer/${about}`, parseScript(ofConsumer));
}

async function ends(by: 'consumer' | 'provider', state: string, ids: { consumer: string; provider: string }): Promise<void> {
  await Promise.all([reaches(consumer, ids.consumer, state), reaches(provider, ids.provider, state)]);
  const other = by === 'consumer' ? 'provider' : 'consumer';
  await network.member(by).client.call('act', { params: { id: ids[by] }, body: { action: 'terminate', reason: REASON } });
  for (const side of [by, other] as const) {
    const { reasons, steps, waitingFor, actions } = await reaches(network.member(side), ids[side], 'TERMINATED');
    assert.deepEqual([reasons[0]?.code, reasons[0]?.text.ko, reasons[0]?.text.en], ['by_hand', REASON, REASON]);
    const last = steps.at(-1);
    assert.deepEqual([last?.sender, last?.state, last?.reasons[0]?.text.ko], [side === by ? 'me' : 'them', 'TERMINATED', REASON]);
    assert.deepEqual([waitingFor, actions], [null, []]);
  }
}

for (const by of ['consumer', 'provider'] as const) {
  describe(`the ${by} ends a negotiation`, { concurrency: 4 }, () => {
    for (const [state, sides] of Object.entries(NEGOTIATION))
      test(`in ${state}`, async () => {
        const { dataset } = await offerItem(provider);
        play(dataset, sides);
        const { id } = await consumer.client.call('negotiate', { body: { partner: provider.did, dataset } });
        await ends(by, state, { consumer: id, provider: (await exchangeAbout(provider, dataset)).id });
        for (const member of [consumer, provider])
          assert.equal(
            (await member.client.call('agreements')).agreements.some((a) => a.dataset === dataset),
            false,
            'no agreement is in force',
          );
      });
  });

  describe(`the ${by} ends a transfer`, { concurrency: 4 }, () => {
    for (const [state, sides] of Object.entries(TRANSFER))
      test(`in ${state}`, async () => {
        const offer = await offerItem(provider);
        play(offer.dataset, AGREE);
        const { agreement } = await agree(consumer, provider, offer);
        play(agreement ?? '', sides);
        const { id } = await consumer.client.call('transfer', { body: { agreement: agreement ?? '' } });
        await ends(by, state, { consumer: id, provider: (await exchangeAbout(provider, offer.dataset, 'transfer')).id });
      });
  });
}

test('a termination that follows the delivery of the request at once still reaches the other side', async () => {
  for (let i = 0; i < 8; i++) {
    const { dataset } = await offerItem(provider);
    play(dataset, ['', '']);
    const { id } = await consumer.client.call('negotiate', { body: { partner: provider.did, dataset } });
    const theirs = await exchangeAbout(provider, dataset);
    await consumer.client.call('act', { params: { id }, body: { action: 'terminate' } });
    await reaches(provider, theirs.id, 'TERMINATED');
  }
});

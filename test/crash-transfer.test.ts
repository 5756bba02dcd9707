import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { agreementsOf, bothEnd, offerItem, openPair, type Pair, post, SIDES, story } from './houses.ts';
import { recordOf } from './network.ts';
import type { Crossing } from './proxy.ts';

/** Every message of the way, and the pull, by how it is known on the wire. */
const MESSAGES = {
  request: post(/daon\/dsp\/2025-1\/transfers\/request$/),
  start: post(/nurideul\/dsp\/2025-1\/transfers\/[^/]+\/start$/),
  pull: ({ method, path }: Crossing) => method === 'GET' && /daon\/data\//.test(path),
  completion: post(/daon\/dsp\/2025-1\/transfers\/[^/]+\/completion$/),
};
const WHOLE = ['consumer TransferRequestMessage', 'provider TransferStartMessage', 'consumer TransferCompletionMessage'];

let pair: Pair;
before(async () => {
  pair = await openPair();
});
after(() => pair[Symbol.asyncDispose]());

suite('a side of a transfer killed with SIGKILL: both ends complete, each message once, and the record is there once', () => {
  for (const [name, matches] of Object.entries(MESSAGES))
    for (const when of ['before', 'after'] as const)
      for (const victim of SIDES)
        test(`${victim} dies ${when} ${name}`, async () => {
          const { provider, consumer } = pair;
          const offer = await offerItem(provider);
          await consumer.client.call('negotiate', { body: { partner: provider.me.did, dataset: offer.dataset } });
          await bothEnd(pair, offer, 'negotiation', 'FINALIZED');
          const [agreement] = await agreementsOf(consumer, offer);

          await pair.kill(victim, { matches, when }, () => consumer.client.call('transfer', { body: { agreement: agreement!.id } }));
          const [given, got] = await bothEnd(pair, offer, 'transfer', 'COMPLETED');
          assert.deepEqual(story(given, 'provider'), WHOLE);
          assert.deepEqual(story(got, 'consumer'), WHOLE);
          const mine = recordOf(offer);
          const theirs = `${provider.me.did}#${mine}`;
          assert.deepEqual(got.received, [{ kind: 'item', id: theirs, version: 1 }]);
          const kept = await consumer.client.call('record', { params: { kind: 'item', id: theirs } });
          const shown = await provider.client.call('record', { params: { kind: 'item', id: mine } });
          assert.deepEqual([kept.hash, kept.body, kept.agreement], [shown.hash, shown.body, agreement!.id]);
        });
});

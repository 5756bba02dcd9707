import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { until, writeItemOf } from './data.ts';
import { agreementsOf, bothEnd, offerItem, openPair, type Pair, SIDES } from './houses.ts';
import { recordOf } from './network.ts';

let pair: Pair;
before(async () => {
  pair = await openPair();
});
after(() => pair[Symbol.asyncDispose]());

/** Until the provider has it: it may be down at that moment, or have died with the answer. */
async function write(id: string, value: string): Promise<void> {
  for (const end = Date.now() + 60_000; ; await sleep(50)) {
    try {
      return void (await writeItemOf(pair.provider, id, value));
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}

const VERSIONS = 150;
const massOf = (record: { readonly body: unknown } | undefined) => (record?.body as { massPerUnit?: string } | undefined)?.massPerUnit;

test('every version arrives, in order, none twice, while both sides are killed at random moments', { timeout: 240_000 }, async () => {
  const { provider, consumer } = pair;
  const offer = await offerItem(provider);
  const id = recordOf(offer);
  await consumer.client.call('negotiate', { body: { partner: provider.me.did, dataset: offer.dataset } });
  await bothEnd(pair, offer, 'negotiation', 'FINALIZED');
  const [agreement] = await agreementsOf(consumer, offer);
  const transfer = await consumer.client.call('transfer', { body: { agreement: agreement?.id ?? '', format: 'HttpStream-PULL' } });
  const seen = () => consumer.client.call('exchange', { params: { id: transfer.id } });
  await until(seen, (now) => now.transfer?.stream?.versions === 1);

  let written = 1;
  const writing = (async () => {
    for (; written < VERSIONS; written++) await write(id, String(written + 1));
  })();
  for (let round = 0; round < 6; round++) {
    const goal = Math.min(written + randomInt(5, 20), VERSIONS - 5);
    await until(
      async () => written,
      (now) => now >= goal,
    );
    const victim = pair[SIDES[round % 2] ?? 'provider'];
    await victim.kill();
    await sleep(randomInt(0, 400));
    await victim.restart();
  }
  await writing;

  const read = () => consumer.client.call('recordVersions', { params: { kind: 'item', id: `${provider.me.did}#${id}` } });
  const last = await until(read, ({ records }) => massOf(records[0]) === String(VERSIONS));
  const values = last.records.toReversed().map(({ body, version }) => `${version} ${massOf({ body })}`);
  assert.deepEqual(
    values,
    Array.from({ length: VERSIONS }, (_, i) => `${i + 1} ${i + 1}`),
  );
  assert.equal((await seen()).state, 'STARTED');
});

import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { bytesOf, type Cutter, download, offerView, openCutter, sha256, until, upload } from './data.ts';
import { agreementsOf, bothEnd, introduce, offerItem, openHouse, openPair, type Pair, post, SIDES, story } from './houses.ts';

const SIZE = 8 * 1024 * 1024;

test('a file that is fetched while both sides are killed goes on where it was, and is the same at both ends', {
  timeout: 180_000,
}, async () => {
  await using stack = new AsyncDisposableStack();
  let line: Cutter | undefined;
  // Some 2 MB a second.
  const slow = async (port: number) => (line = await openCutter(port, { pace: 20_000 }));
  const [provider, consumer] = await Promise.all([openHouse('daon', slow), openHouse('nurideul', (port) => openCutter(port, {}))]);
  stack.use(provider);
  stack.use(consumer);
  await introduce(provider, consumer.me);
  await introduce(consumer, provider.me);
  const bytes = bytesOf(SIZE) as Buffer<ArrayBuffer>;
  const hash = await upload(provider.me, bytes);
  const offer = await offerView(provider, { kind: 'file', sha256: hash });
  await consumer.client.call('negotiate', { body: { partner: provider.me.did, dataset: offer.dataset } });
  await until(
    () => agreementsOf(consumer, offer),
    (list) => list.length === 1,
  );
  const [agreement] = await agreementsOf(consumer, offer);
  const before = line?.bytes ?? 0;
  const { id } = await consumer.client.call('transfer', { body: { agreement: agreement?.id ?? '' } });
  const passed = () => (line?.bytes ?? 0) - before;
  for (const [victim, share] of [
    [consumer, 0.3],
    [provider, 0.6],
  ] as const) {
    await until(
      async () => passed(),
      (now) => now > SIZE * share,
    );
    await victim.kill();
    await sleep(100);
    await victim.restart();
  }
  const done = await until(
    () => consumer.client.call('exchange', { params: { id } }),
    ({ state }) => state === 'COMPLETED' || state === 'TERMINATED',
  );
  assert.deepEqual([done.state, done.transfer?.file?.sha256], ['COMPLETED', hash]);
  assert.equal(sha256(await download(consumer.me, hash)), hash);
  assert.ok(passed() < SIZE * 1.5, `${passed()} bytes for ${SIZE}: it began again`);
});

suite('a side of a push killed with SIGKILL: both ends complete, and the record is there once', () => {
  let pair: Pair;
  before(async () => {
    pair = await openPair();
  });
  after(() => pair[Symbol.asyncDispose]());

  const MOMENTS = {
    start: post(/nurideul\/dsp\/2025-1\/transfers\/[^/]+\/start$/),
    data: post(/nurideul\/inbox\//),
    completion: post(/nurideul\/dsp\/2025-1\/transfers\/[^/]+\/completion$/),
  };
  for (const [name, matches] of Object.entries(MOMENTS))
    for (const when of ['before', 'after'] as const)
      for (const victim of SIDES)
        test(`${victim} dies ${when} ${name}`, async () => {
          const { provider, consumer } = pair;
          const offer = await offerItem(provider);
          await consumer.client.call('negotiate', { body: { partner: provider.me.did, dataset: offer.dataset } });
          await bothEnd(pair, offer, 'negotiation', 'FINALIZED');
          const [agreement] = await agreementsOf(consumer, offer);
          const body = { agreement: agreement?.id ?? '', format: 'HttpData-PUSH' as const };
          await pair.kill(victim, { matches, when }, () => consumer.client.call('transfer', { body }));
          const [given, got] = await bothEnd(pair, offer, 'transfer', 'COMPLETED');
          const whole = ['consumer TransferRequestMessage', 'provider TransferStartMessage', 'provider TransferCompletionMessage'];
          assert.deepEqual(story(given, 'provider'), whole);
          assert.deepEqual(story(got, 'consumer'), whole);
          assert.equal(got.received.length, 1);
          assert.equal(got.received[0]?.version, 1);
        });
});

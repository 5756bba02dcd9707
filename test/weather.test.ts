import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExchangeDetail, OfferView } from '@madang/core/api/views.ts';
import { type FreshDatabase, freshDatabase } from './database.ts';
import { dice } from './dice.ts';
import { introduce, type Member, type Network, offerItem, openNetwork } from './network.ts';
import { freePort } from './process.ts';
import { type Meet, openProxy, type RecordingProxy } from './proxy.ts';

// Two servers with bad weather between them: messages are lost before they arrive, or after (so that they come twice), and arrive late and out of order,
// while people on both sides end some of what is under way. At the end both sides agree on everything.

const SEED = 20;
const random = dice(SEED);
let clear = false;
const meet: Meet = async ({ method, path }, when) => {
  // What people do comes over the same way, and has no second try; only what is posted between the houses is hit.
  if (clear || method !== 'POST' || !path.includes('/dsp/')) return undefined;
  if (when === 'before') await sleep(random() * 40);
  return random() < 0.2 ? 'drop' : undefined;
};

interface House {
  readonly network: Network;
  readonly member: Member;
  readonly database: FreshDatabase;
  readonly proxy: RecordingProxy;
}
const stack = new AsyncDisposableStack();
let provider: House;
let consumer: House;

/** A house in a server of its own that all reach through a proxy. */
async function open(id: string): Promise<House> {
  const port = await freePort();
  const proxy = stack.use(await openProxy(port, meet));
  const database = await freshDatabase();
  stack.defer(() => database.drop());
  const settings = { MADANG_PORT: String(port), MADANG_PUBLIC_URL: `http://localhost:${proxy.port}` };
  clear = true;
  const network = stack.use(await openNetwork({ participants: [id], database, settings }));
  return { network, member: network.member(id), database, proxy };
}

before(async () => {
  provider = await open('provider');
  consumer = await open('consumer');
  await introduce(provider.member, [consumer.member]);
  await introduce(consumer.member, [provider.member]);
});
after(() => stack.disposeAsync());

const all = async ({ client }: Member, { dataset }: OfferView): Promise<ExchangeDetail[]> => {
  const { exchanges } = await client.call('exchanges', { query: { limit: 500 } });
  return Promise.all(exchanges.filter((e) => e.dataset === dataset).map(({ id }) => client.call('exchange', { params: { id } })));
};
const END = ['FINALIZED', 'COMPLETED', 'TERMINATED'];
const isOver = ({ state, steps }: ExchangeDetail) => END.includes(state) && steps.every(({ pending }) => pending === null);

/** Both ends of all that is about an offer, when nothing is under way any more. */
async function settled(offer: OfferView): Promise<readonly [ExchangeDetail[], ExchangeDetail[]]> {
  for (const end = Date.now() + 60_000; ; await sleep(100)) {
    const ends = await Promise.all([all(provider.member, offer), all(consumer.member, offer)]);
    if (ends.flat().every(isOver) && ends[0].length === ends[1].length) return ends;
    if (Date.now() > end)
      throw new Error(
        JSON.stringify(
          ends.flat().filter((one) => !isOver(one)),
          null,
          1,
        ),
      );
  }
}

test(`seed ${SEED}: both sides agree on every state, and on every agreement`, async () => {
  const offer = await offerItem(provider.member);
  const manual = await offerItem(provider.member, { answer: 'manual' });
  const ask = (dataset: string) => consumer.member.client.call('negotiate', { body: { partner: provider.member.did, dataset } });
  const first = await ask(offer.dataset);
  for (let tries = 0; (await consumer.member.client.call('exchange', { params: { id: first.id } })).state !== 'FINALIZED'; tries++) {
    assert.ok(tries < 500);
    await sleep(20);
  }
  const { agreement } = await consumer.member.client.call('exchange', { params: { id: first.id } });

  clear = false;
  await Promise.all([
    ...Array.from({ length: 20 }, () => ask(offer.dataset)),
    ...Array.from({ length: 10 }, () => ask(manual.dataset)),
    ...Array.from({ length: 10 }, () => consumer.member.client.call('transfer', { body: { agreement: agreement ?? '' } })),
  ]);
  // People of both sides at once; what is not possible any more is refused, and that is fine.
  for (let round = 0; round < 12; round++) {
    await sleep(random() * 80);
    const ends = [consumer.member, provider.member].map(async (member) => {
      const open = (await all(member, manual)).filter((one) => !isOver(one));
      const one = open[Math.floor(random() * open.length)];
      const action = member === provider.member && random() < 0.5 ? 'agree' : 'terminate';
      if (one)
        await member.client.call('act', { params: { id: one.id }, body: { action } }).catch((error) => assert.equal(error.status, 409));
    });
    await Promise.all(ends);
  }
  for (const one of await all(provider.member, manual))
    if (one.state === 'REQUESTED')
      await provider.member.client.call('act', { params: { id: one.id }, body: { action: 'agree' } }).catch(() => {});
  clear = true;

  for (const about of [offer, manual]) {
    const [given, got] = await settled(about);
    assert.equal(given.length, about === offer ? 31 : 10);
    const tally = (ends: ExchangeDetail[]) =>
      ends.map(({ protocol, state, agreement: id }) => `${protocol} ${state} ${state === 'TERMINATED' ? '' : id}`).sort();
    assert.deepEqual(tally(given), tally(got));
    const agreements = await Promise.all(
      [provider, consumer].map(async ({ member }) => (await member.client.call('agreements')).agreements),
    );
    const ids = agreements.map((list) =>
      list
        .filter(({ dataset }) => dataset === about.dataset)
        .map(({ id }) => id)
        .sort(),
    );
    assert.deepEqual(ids[0], ids[1]);
    assert.equal(ids[0]?.length, given.filter(({ state }) => state === 'FINALIZED').length);
    for (const { steps, protocol, state } of [...given, ...got])
      if (state !== 'TERMINATED') assert.equal(steps.length, protocol === 'negotiation' ? 4 : 3, 'each message once');
  }
  // What one side had ended when the other agreed.
  for (const { member } of [provider, consumer])
    for (const { exchange, canSend, reasons } of (await member.client.call('deadLetters')).letters) {
      const { state } = await member.client.call('exchange', { params: { id: exchange } });
      assert.deepEqual([state, canSend, reasons[0]?.code], ['TERMINATED', false, 'illegal_transition']);
    }
});

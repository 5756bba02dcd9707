import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExchangeDetail, OfferView } from '@madang/core/api/views.ts';
import { detail, offerView, openTwo, storeItems, type Two, transferOf, until, writeItemOf, writeItems } from './data.ts';
import { reaches } from './network.ts';

let two: Two;
before(async () => {
  two = await openTwo();
});
after(() => two?.[Symbol.asyncDispose]());

interface Subscribed {
  readonly mine: string;
  readonly theirs: string;
}
const subscribe = (offer: OfferView): Promise<Subscribed> => transferOf(two, offer, 'HttpStream-PULL', 'STARTED', 'TERMINATED');
const whole = (ids: string[]) => ({ kind: 'item' as const, ids, fields: 'whole' as const });
const act = (who: 'provider' | 'consumer', id: string, action: 'suspend' | 'start' | 'terminate' | 'complete') =>
  two[who].client.call('act', { params: { id }, body: { action } });

/** The subscription as the consumer sees it, once so many versions have come or gone. */
const has = ({ mine }: Subscribed, versions: number): Promise<ExchangeDetail> =>
  until(
    () => detail(two.consumer, mine),
    ({ transfer }) => transfer?.stream?.versions === versions,
  );

/** What the consumer has of a record, oldest first. */
async function versionsOf(id: string): Promise<unknown[]> {
  const { records } = await two.consumer.client.call('recordVersions', { params: { kind: 'item', id: `${two.provider.did}#${id}` } });
  return records.toReversed().map(({ body }) => (body as { massPerUnit?: string } | null)?.massPerUnit ?? null);
}

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => String(from + i));
async function write(id: string, values: readonly string[]): Promise<void> {
  for (const value of values) await writeItemOf(two.provider, id, value);
}

describe('a subscription', () => {
  test('brings what is there, then each version in order, under the agreement', async () => {
    const [a = '', b = ''] = await writeItems(two.provider, 2, '1');
    await write(b, ['2']);
    const s = await subscribe(await offerView(two.provider, whole([a, b])));
    await has(s, 2);
    await Promise.all([write(a, numbers(2, 60)), write(b, numbers(3, 60))]);
    const { transfer, state, agreement } = await has(s, 2 + 59 + 58);
    assert.deepEqual([state, transfer?.format, transfer?.kind, transfer?.stream?.open], ['STARTED', 'HttpStream-PULL', 'records', true]);
    assert.deepEqual(await versionsOf(a), numbers(1, 60));
    // What came before the subscription is told by its newest version only.
    assert.deepEqual(await versionsOf(b), numbers(2, 60));
    const record = await two.consumer.client.call('record', { params: { kind: 'item', id: `${two.provider.did}#${a}` } });
    assert.deepEqual([record.agreement, record.receivedFrom?.did], [agreement, two.provider.did]);
    const sent = await until(
      () => detail(two.provider, s.theirs),
      ({ transfer: t }) => t?.stream?.versions === 119,
    );
    assert.equal(sent.transfer?.stream?.open, true);
  });

  test('shows nothing of other records, nor of a field that is not shown', async () => {
    const [a = '', secret = ''] = await writeItems(two.provider, 2, '1');
    const fields = ['id', 'productIds', 'declaredUnit', 'massPerUnit'];
    const s = await subscribe(await offerView(two.provider, { kind: 'item', ids: [a], fields }));
    await has(s, 1);
    await writeItemOf(two.provider, a, '1', 'another name');
    await writeItemOf(two.provider, a, '1', 'a third one');
    await write(secret, ['2', '3']);
    await writeItemOf(two.provider, a, '2', 'a third one');
    await has(s, 2);
    assert.deepEqual(await versionsOf(a), ['1', '2']);
    await assert.rejects(versionsOf(secret), { code: 'not_found' });
    const record = await two.consumer.client.call('record', { params: { kind: 'item', id: `${two.provider.did}#${a}` } });
    assert.deepEqual(Object.keys(record.body as object).sort(), fields.sort());
  });

  test('waits while it is suspended, and goes on where it was, whoever suspended it', async () => {
    const [a = ''] = await writeItems(two.provider, 1, '1');
    const s = await subscribe(await offerView(two.provider, whole([a])));
    await has(s, 1);
    let next = 2;
    for (const who of ['provider', 'consumer'] as const) {
      const id = who === 'provider' ? s.theirs : s.mine;
      await act(who, id, 'suspend');
      await Promise.all([reaches(two.consumer, s.mine, 'SUSPENDED'), reaches(two.provider, s.theirs, 'SUSPENDED')]);
      await write(a, numbers(next, next + 4));
      await sleep(100);
      assert.equal((await detail(two.consumer, s.mine)).transfer?.stream?.versions, next - 1);
      await act(who, id, 'start');
      await has(s, next + 4);
      next += 5;
    }
    assert.deepEqual(await versionsOf(a), numbers(1, next - 1));
    await act('consumer', s.mine, 'terminate');
    await reaches(two.provider, s.theirs, 'TERMINATED');
    await write(a, ['100']);
    await sleep(300);
    assert.deepEqual(await versionsOf(a), numbers(1, next - 1));
  });

  test('ends with the reason when the terms end, and brings nothing after that', async () => {
    const groups = ['A'];
    const inGroup = (list: string[]) =>
      two.provider.client.call('putPartner', {
        body: { did: two.consumer.did, dsp: two.consumer.dsp, name: 'maker', shortName: 'maker', groups: list },
      });
    await inGroup(groups);
    const [a = ''] = await writeItems(two.provider, 1, '1');
    const s = await subscribe(await offerView(two.provider, whole([a]), { groups }));
    await has(s, 1);
    await inGroup([]);
    const mine = await reaches(two.consumer, s.mine, 'TERMINATED');
    assert.deepEqual([mine.reasons[0]?.code, mine.reasons[0]?.because], ['group_not_named', 'rule']);
    await write(a, ['2']);
    await sleep(200);
    assert.deepEqual(await versionsOf(a), ['1']);
  });

  test('of many at once each gets its own, and all of it', async () => {
    const ids = await writeItems(two.provider, 12, '1');
    const all = await Promise.all(ids.map(async (id) => subscribe(await offerView(two.provider, whole([id])))));
    await Promise.all(all.map((s) => has(s, 1)));
    await Promise.all(ids.map((id) => write(id, numbers(2, 15))));
    await Promise.all(all.map((s) => has(s, 15)));
    for (const id of ids) assert.deepEqual(await versionsOf(id), numbers(1, 15));
  });

  test('may hold thousands of records', async () => {
    const s = await subscribe(await offerView(two.provider, whole(await storeItems(two.at.provider, 'supplier', 3_000))));
    await has(s, 3_000);
  });
});

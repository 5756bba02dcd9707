import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { ExchangeDetail } from '@madang/core/api/views.ts';
import * as build from '@madang/core/dsp/build.ts';
import { newUrn } from '@madang/core/id.ts';
import { agree, exchangeAbout, type Member, type Network, offerItem, openNetwork, reaches, recordOf } from './network.ts';

const story = ({ steps }: ExchangeDetail) => steps.map(({ sender, message, state }) => `${sender} ${message} ${state}`);
const act = (member: Member, id: string, action: 'suspend' | 'start' | 'complete' | 'terminate', reason?: string) =>
  member.client.call('act', { params: { id }, body: { action, ...(reason ? { reason } : {}) } });

describe('between two of our houses', () => {
  let network: Network;
  let maker: Member;
  let supplier: Member;
  before(async () => {
    network = await openNetwork({ participants: ['maker', 'supplier', 'other'] });
    maker = network.member('maker');
    supplier = network.member('supplier');
  });
  after(() => network?.[Symbol.asyncDispose]());

  test('from request to COMPLETED: every step on both sides, the data stored under their agreement', async () => {
    const offer = await offerItem(supplier);
    const { agreement } = await agree(maker, supplier, offer);
    const { id } = await maker.client.call('transfer', { body: { agreement: agreement ?? '' } });
    const mine = await reaches(maker, id, 'COMPLETED');
    const theirs = await reaches(supplier, (await exchangeAbout(supplier, offer.dataset, 'transfer')).id, 'COMPLETED');
    assert.deepEqual(story(mine), [
      'me TransferRequestMessage REQUESTED',
      'them TransferStartMessage STARTED',
      'me TransferCompletionMessage COMPLETED',
    ]);
    assert.deepEqual(story(theirs), [
      'them TransferRequestMessage REQUESTED',
      'me TransferStartMessage STARTED',
      'them TransferCompletionMessage COMPLETED',
    ]);
    const received = `${supplier.did}#${recordOf(offer)}`;
    assert.deepEqual(mine.received, [{ kind: 'item', id: received, version: 1 }]);
    const record = await maker.client.call('record', { params: { kind: 'item', id: received } });
    assert.deepEqual([record.receivedFrom?.did, record.agreement, record.writtenBy], [supplier.did, agreement, supplier.did]);
  });

  test('the same again stores nothing new', async () => {
    const offer = await offerItem(supplier);
    const body = { partner: supplier.did, dataset: offer.dataset, kind: 'item' as const };
    const [first, , again] = [
      await maker.client.call('obtain', { body }),
      await maker.client.call('obtain', { body }),
      await maker.client.call('obtain', { body }),
    ];
    assert.deepEqual([again.status, again.agreement, again.records], ['received', first.agreement, first.records]);
    const { records } = await maker.client.call('recordVersions', { params: { kind: 'item', id: first.records[0]?.id ?? '' } });
    assert.equal(records.length, 1);
  });

  test('an agreement of another participant, an unknown one, one that is not in force, one where we are the provider', async () => {
    const offer = await offerItem(supplier);
    const { agreement } = await agree(maker, supplier, offer);
    const request = (agreementId: string, change: object = {}) => ({
      ...build.transferRequest({
        id: newUrn(),
        consumerPid: newUrn(),
        agreementId,
        format: 'HttpData-PULL',
        callbackAddress: network.member('other').dsp,
      }),
      ...change,
    });
    const path = '/transfers/request';
    for (const id of [agreement ?? '', newUrn()]) {
      const { status, body } = await network.signed('other', supplier, { path, body: request(id) });
      assert.deepEqual([status, body['@type'], body.code], [400, 'TransferError', 'agreement_unknown']);
    }
    const own = request(agreement ?? '', { format: 'AmazonS3-PUSH' });
    assert.equal((await network.signed('maker', 'supplier', { path, body: own })).body.code, 'format_unknown');
    assert.equal(
      (await network.signed('maker', 'supplier', { path, body: request(agreement ?? '', { callbackAddress: 'nowhere' }) })).body.code,
      'bad_callback',
    );
    for (const [member, id] of [
      [maker, newUrn()],
      [network.member('other'), agreement ?? ''],
      [supplier, agreement ?? ''],
    ] as const)
      await assert.rejects(member.client.call('transfer', { body: { agreement: id } }), { code: 'agreement_unknown' });
    const { exchanges } = await supplier.client.call('exchanges', { query: { protocol: 'transfer' } });
    assert.equal(
      exchanges.some(({ dataset }) => dataset === offer.dataset),
      false,
    );
  });
});

describe('a transfer that stays open', () => {
  let network: Network;
  let maker: Member;
  let supplier: Member;
  before(async () => {
    network = await openNetwork({ participants: ['maker', 'supplier'], reactions: { pull: async () => ({ result: 'done' }) } });
    maker = network.member('maker');
    supplier = network.member('supplier');
  });
  after(() => network?.[Symbol.asyncDispose]());

  async function started(): Promise<{ mine: string; theirs: string }> {
    const offer = await offerItem(supplier);
    const { agreement } = await agree(maker, supplier, offer);
    const { id } = await maker.client.call('transfer', { body: { agreement: agreement ?? '' } });
    await reaches(maker, id, 'STARTED');
    return { mine: id, theirs: (await exchangeAbout(supplier, offer.dataset, 'transfer')).id };
  }
  const both = ({ mine, theirs }: { mine: string; theirs: string }, state: string) =>
    Promise.all([reaches(maker, mine, state), reaches(supplier, theirs, state)]);

  test('either side pauses it with a reason, either side resumes it, the provider completes it', async () => {
    const ids = await started();
    await act(supplier, ids.theirs, 'suspend', '점검합니다.');
    const [paused] = await both(ids, 'SUSPENDED');
    assert.equal(paused.reasons[0]?.text.ko, '점검합니다.');
    await act(supplier, ids.theirs, 'start');
    await both(ids, 'STARTED');
    await act(maker, ids.mine, 'suspend', '저장 공간이 없습니다.');
    const [, told] = await both(ids, 'SUSPENDED');
    assert.equal(told.reasons[0]?.text.ko, '저장 공간이 없습니다.');
    await act(maker, ids.mine, 'start');
    const [resumed] = await both(ids, 'STARTED');
    assert.deepEqual(story(resumed).slice(-2), ['me TransferStartMessage SUSPENDED', 'them TransferStartMessage STARTED']);
    await act(supplier, ids.theirs, 'complete');
    await both(ids, 'COMPLETED');
  });

  test('two pauses that cross leave both SUSPENDED', async () => {
    const ids = await started();
    await Promise.allSettled([act(supplier, ids.theirs, 'suspend'), act(maker, ids.mine, 'suspend')]);
    await new Promise((resolve) => setTimeout(resolve, 80));
    for (const { steps } of await both(ids, 'SUSPENDED'))
      assert.ok(
        steps.every(({ message }) => message !== 'refused'),
        JSON.stringify(steps),
      );
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { ExchangeDetail } from '@madang/core/api/views.ts';
import { agree, exchangeAbout, type Member, type Network, offerItem, openNetwork, reaches } from './network.ts';

let network: Network;
let maker: Member;
let supplier: Member;

before(async () => {
  network = await openNetwork({ participants: ['maker', 'supplier'] });
  maker = network.member('maker');
  supplier = network.member('supplier');
});
after(() => network?.[Symbol.asyncDispose]());

const story = ({ steps }: ExchangeDetail) => steps.map(({ sender, message, state }) => `${sender} ${message} ${state}`);

test('from request to FINALIZED: every step on both sides, with its time', async () => {
  const offer = await offerItem(supplier);
  const began = Date.now();
  const mine = await agree(maker, supplier, offer);
  const theirs = await reaches(supplier, (await exchangeAbout(supplier, offer.dataset)).id, 'FINALIZED');
  assert.deepEqual(story(mine), [
    'me ContractRequestMessage REQUESTED',
    'them ContractAgreementMessage AGREED',
    'me ContractAgreementVerificationMessage VERIFIED',
    'them ContractNegotiationEventMessage:FINALIZED FINALIZED',
  ]);
  assert.deepEqual(
    story(theirs),
    story(mine).map((line) => (line.startsWith('me') ? line.replace('me', 'them') : line.replace('them', 'me'))),
  );
  for (const { steps, waitingFor, actions } of [mine, theirs]) {
    assert.deepEqual([waitingFor, actions], [null, []]);
    let last = began - 5;
    for (const { at, seq, after } of steps) {
      assert.ok(Date.parse(at) >= last && Date.parse(at) <= Date.now() + 5, `${at} is out of order`);
      assert.equal(after === null, seq === 1);
      last = Date.parse(at);
    }
  }
  assert.equal(mine.agreement, theirs.agreement);
  const agreements = await Promise.all(
    [maker, supplier].map(async ({ client }) => (await client.call('agreements')).agreements.find(({ id }) => id === mine.agreement)),
  );
  assert.deepEqual(
    agreements.map((a) => [a?.role, a?.dataset]),
    [
      ['consumer', offer.dataset],
      ['provider', offer.dataset],
    ],
  );
  assert.deepEqual(agreements[0]?.policy, agreements[1]?.policy);
});

describe('a person of the provider answers', () => {
  test('yes: it waits until then, and is agreed', async () => {
    const offer = await offerItem(supplier, { answer: 'manual' });
    const { id } = await maker.client.call('negotiate', { body: { partner: supplier.did, dataset: offer.dataset } });
    const asked = await exchangeAbout(supplier, offer.dataset);
    assert.deepEqual([asked.state, asked.waitingFor], ['REQUESTED', 'me']);
    assert.equal(
      (await supplier.client.call('home')).todo.some(({ room }) => room.includes(encodeURIComponent(asked.id)) || room.includes(asked.id)),
      true,
    );
    await supplier.client.call('act', { params: { id: asked.id }, body: { action: 'agree' } });
    await reaches(maker, id, 'FINALIZED');
    await reaches(supplier, asked.id, 'FINALIZED');
  });

  test('no: the reason reaches the other side', async () => {
    const offer = await offerItem(supplier, { answer: 'manual' });
    const { id } = await maker.client.call('negotiate', { body: { partner: supplier.did, dataset: offer.dataset } });
    const asked = await exchangeAbout(supplier, offer.dataset);
    await supplier.client.call('act', { params: { id: asked.id }, body: { action: 'terminate', reason: '올해는 제공하지 않습니다.' } });
    const { reasons } = await reaches(maker, id, 'TERMINATED');
    assert.equal(reasons[0]?.text.ko, '올해는 제공하지 않습니다.');
    for (const member of [maker, supplier])
      assert.equal(
        (await member.client.call('agreements')).agreements.some(({ dataset }) => dataset === offer.dataset),
        false,
      );
  });

  test('an offer back: it is what was asked for, so it is taken', async () => {
    const offer = await offerItem(supplier, { answer: 'manual' });
    const { id } = await maker.client.call('negotiate', { body: { partner: supplier.did, dataset: offer.dataset } });
    const asked = await exchangeAbout(supplier, offer.dataset);
    await supplier.client.call('act', { params: { id: asked.id }, body: { action: 'offer' } });
    const done = await reaches(maker, id, 'FINALIZED');
    assert.deepEqual(story(done).slice(1, 3), [
      'them ContractOfferMessage OFFERED',
      'me ContractNegotiationEventMessage:ACCEPTED ACCEPTED',
    ]);
  });

  test('what the state does not allow is a conflict and changes nothing', async () => {
    const offer = await offerItem(supplier);
    const { id } = await agree(maker, supplier, offer);
    for (const action of ['agree', 'accept', 'offer', 'request', 'terminate', 'start'] as const)
      await assert.rejects(maker.client.call('act', { params: { id }, body: { action } }), { code: 'conflict', status: 409 });
    assert.equal((await maker.client.call('exchange', { params: { id } })).steps.length, 4);
  });
});

test('two terminations that cross leave both sides TERMINATED', async () => {
  for (let round = 0; round < 5; round++) {
    const offer = await offerItem(supplier, { answer: 'manual' });
    const { id } = await maker.client.call('negotiate', { body: { partner: supplier.did, dataset: offer.dataset } });
    const asked = await exchangeAbout(supplier, offer.dataset);
    const end = (member: Member, exchange: string) =>
      member.client.call('act', { params: { id: exchange }, body: { action: 'terminate' } });
    await Promise.allSettled([end(maker, id), end(supplier, asked.id)]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    for (const [member, exchange] of [
      [maker, id],
      [supplier, asked.id],
    ] as const) {
      const { state, steps } = await member.client.call('exchange', { params: { id: exchange } });
      assert.equal(state, 'TERMINATED', JSON.stringify(steps));
      assert.ok(
        steps.every(({ pending, message }) => pending === null && message !== 'refused'),
        JSON.stringify(steps),
      );
    }
  }
});

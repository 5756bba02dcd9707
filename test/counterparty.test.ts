import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import * as build from '@madang/core/dsp/build.ts';
import { newUrn } from '@madang/core/id.ts';
import { ANY, agreementFor, type Counterparty, described, OTHER, openCounterparty } from './counterparty.ts';
import { agree, type Member, type Network, offerItem, reaches } from './network.ts';
import type { Stranger } from './stranger.ts';

// Negotiations with a partner whose server is not ours: its offers and counter-offers, and what it may not do.

let party: Counterparty;
let network: Network;
let maker: Member;
let supplier: Member;
let stranger: Stranger;
before(async () => {
  party = await openCounterparty();
  ({ network, maker, supplier, stranger } = party);
});
after(() => party?.[Symbol.asyncDispose]());

test('counter-offers of both sides, we as provider: our terms are what is agreed', async () => {
  const offer = await offerItem(supplier);
  const [consumerPid, callbackAddress] = [newUrn(), `${stranger.dsp}/`];
  const wish = (terms: object) => build.messageOffer(offer.id, offer.dataset, terms);
  const heardFrom = stranger.heard.length;
  const types = () => stranger.heard.slice(heardFrom).map(({ body }) => body['@type']);
  party.answer = () => ({ status: 200 });

  const opened = await stranger.signed(supplier, {
    path: '/negotiations/request',
    body: build.contractRequest({ id: newUrn(), consumerPid, callbackAddress, offer: wish(OTHER) }),
  });
  assert.deepEqual([opened.status, opened.body.state], [201, 'REQUESTED']);
  const { providerPid } = opened.body;
  const until = (state: string) => reaches(supplier, providerPid, state);
  await until('OFFERED');
  await stranger.hears('ContractOfferMessage');
  const counter = build.contractRequest({ id: newUrn(), consumerPid, providerPid, offer: wish(OTHER) });
  assert.equal((await stranger.signed(supplier, { path: `/negotiations/${providerPid}/request`, body: counter })).status, 200);
  await until('OFFERED');
  const accepted = build.contractNegotiationEvent({ id: newUrn(), consumerPid, providerPid, eventType: 'ACCEPTED' });
  assert.equal((await stranger.signed(supplier, { path: `/negotiations/${providerPid}/events`, body: accepted })).status, 200);
  const { body: agreement } = await stranger.hears('ContractAgreementMessage');
  assert.deepEqual(agreement.agreement.permission, ANY.permission);
  const verified = build.contractAgreementVerification({ id: newUrn(), consumerPid, providerPid });
  assert.equal(
    (await stranger.signed(supplier, { path: `/negotiations/${providerPid}/agreement/verification`, body: verified })).status,
    200,
  );
  const done = await until('FINALIZED');
  await stranger.hears('ContractNegotiationEventMessage');
  assert.deepEqual(types(), [
    'ContractOfferMessage',
    'ContractOfferMessage',
    'ContractAgreementMessage',
    'ContractNegotiationEventMessage',
  ]);
  assert.equal(done.steps.length, 8);
});

test('counter-offers of both sides, we as consumer: a person decides about terms that we did not ask for', async () => {
  const { id, providerPid, dataset, offer } = await party.asked();
  const said = (terms: object) =>
    build.contractOffer({ id: newUrn(), consumerPid: id, providerPid, offer: build.messageOffer(offer, dataset, terms) as never });
  const path = `/negotiations/${id}/offers`;
  assert.equal((await stranger.signed(maker, { path, body: said(OTHER) })).status, 200);
  const waiting = await reaches(maker, id, 'OFFERED');
  assert.deepEqual([waiting.waitingFor, waiting.actions], ['me', ['accept', 'request', 'terminate']]);
  assert.match(waiting.policy.sentence.ko, /품질/);
  await maker.client.call('act', { params: { id }, body: { action: 'request' } });
  const { body: counter } = stranger.heard.findLast(({ body }) => body?.providerPid === providerPid) ?? (await stranger.hears('never'));
  assert.deepEqual(counter.offer.permission, ANY.permission);
  assert.equal((await stranger.signed(maker, { path, body: said(ANY) })).status, 200);
  await reaches(maker, id, 'ACCEPTED');
});

test('the provider begins with an offer: it waits for a person, who takes it', async () => {
  const [providerPid, dataset] = [newUrn(), newUrn()];
  party.answer = () => ({ status: 200 });
  const first = build.contractOffer({
    id: newUrn(),
    providerPid,
    callbackAddress: stranger.dsp,
    offer: build.messageOffer(newUrn(), dataset, ANY) as never,
  });
  const opened = await stranger.signed(maker, { path: '/negotiations/offers', body: first });
  assert.deepEqual([opened.status, opened.body.state], [201, 'OFFERED']);
  const id = opened.body.consumerPid;
  assert.equal((await reaches(maker, id, 'OFFERED')).waitingFor, 'me');
  await maker.client.call('act', { params: { id }, body: { action: 'accept' } });
  const message = build.contractAgreement({ id: newUrn(), consumerPid: id, providerPid, agreement: agreementFor(party, dataset) as never });
  assert.equal((await stranger.signed(maker, { path: `/negotiations/${id}/agreement`, body: message })).status, 200);
  const finalized = build.contractNegotiationEvent({ id: newUrn(), consumerPid: id, providerPid, eventType: 'FINALIZED' });
  assert.equal((await stranger.signed(maker, { path: `/negotiations/${id}/events`, body: finalized })).status, 200);
  await reaches(maker, id, 'FINALIZED');
});

test('an offer with a rule that we could not keep cannot be taken', async () => {
  const first = build.contractOffer({
    id: newUrn(),
    providerPid: newUrn(),
    callbackAddress: stranger.dsp,
    offer: build.messageOffer(newUrn(), newUrn(), { permission: ANY.permission, obligation: [{ action: 'delete' }] }) as never,
  });
  const { body } = await stranger.signed(maker, { path: '/negotiations/offers', body: first });
  await assert.rejects(maker.client.call('act', { params: { id: body.consumerPid }, body: { action: 'accept' } }), {
    code: 'policy_not_enforced',
  });
  await reaches(maker, body.consumerPid, 'OFFERED');
});

describe('an agreement that is not what was negotiated is refused', () => {
  const WRONG: Record<string, (dataset: string) => object> = {
    terms: (dataset) => agreementFor(party, dataset, {}, OTHER),
    'a further duty': (dataset) => agreementFor(party, dataset, { obligation: [{ action: 'delete' }] }),
    dataset: (dataset) => agreementFor(party, dataset, { target: newUrn() }),
    assigner: (dataset) => agreementFor(party, dataset, { assigner: supplier.did }),
    assignee: (dataset) => agreementFor(party, dataset, { assignee: supplier.did }),
  };
  for (const [what, make] of Object.entries(WRONG))
    test(what, async () => {
      const { id, providerPid, dataset } = await party.asked();
      const agreement = make(dataset) as { '@id': string };
      const message = build.contractAgreement({ id: newUrn(), consumerPid: id, providerPid, agreement: agreement as never });
      await stranger.signed(maker, { path: `/negotiations/${id}/agreement`, body: message });
      const { reasons } = await reaches(maker, id, 'TERMINATED');
      assert.equal(reasons[0]?.code, 'agreement_differs');
      const { body } = await stranger.hears('ContractNegotiationTerminationMessage');
      assert.equal(body.code, 'agreement_differs');
      const { agreements } = await maker.client.call('agreements');
      assert.equal(
        agreements.some((a) => a.id === agreement['@id']),
        false,
      );
    });

  test('the id of another agreement', async () => {
    const { agreement: taken } = await agree(maker, supplier, await offerItem(supplier));
    const { id, providerPid, dataset } = await party.asked();
    const message = build.contractAgreement({
      id: newUrn(),
      consumerPid: id,
      providerPid,
      agreement: agreementFor(party, dataset, { '@id': taken }) as never,
    });
    const refused = await stranger.signed(maker, { path: `/negotiations/${id}/agreement`, body: message });
    assert.deepEqual([refused.status, refused.body['@type']], [400, 'ContractNegotiationError']);
    await reaches(maker, id, 'REQUESTED');
  });
});

test('one process id of the partner for two negotiations: the second is refused, the first goes on', async () => {
  const first = await party.asked();
  party.answer = ({ method, body }) =>
    method === 'GET'
      ? { status: 200, json: described(first.dataset, first.offer) }
      : {
          status: 200,
          json: build.contractNegotiation({ consumerPid: body.consumerPid, providerPid: first.providerPid, state: 'REQUESTED' }),
        };
  const { id } = await maker.client.call('negotiate', { body: { partner: stranger.did, dataset: first.dataset } });
  await new Promise((resolve) => setTimeout(resolve, 80));
  const send = (consumerPid: string) =>
    stranger.signed(maker, {
      path: `/negotiations/${consumerPid}/agreement`,
      body: build.contractAgreement({
        id: newUrn(),
        consumerPid,
        providerPid: first.providerPid,
        agreement: agreementFor(party, first.dataset) as never,
      }),
    });
  assert.equal((await send(first.id)).status, 200);
  assert.equal((await send(id)).status, 400);
  await reaches(maker, first.id, 'VERIFIED');
});

test('a message of someone else, for an unknown process or with the wrong ids is refused and changes nothing', async () => {
  const { id, providerPid, dataset } = await party.asked();
  const agreement = agreementFor(party, dataset) as never;
  const message = (pids: object) => ({ ...build.contractAgreement({ id: newUrn(), consumerPid: id, providerPid, agreement }), ...pids });
  const path = `/negotiations/${id}/agreement`;
  const byOther = await network.signed('supplier', maker, { path, body: message({}) });
  assert.equal(byOther.status, 404);
  assert.equal((await network.signed('supplier', maker, { path: `/negotiations/${id}` })).status, 404);
  assert.equal((await stranger.signed(maker, { path: `/negotiations/${randomUUID()}/agreement`, body: message({}) })).status, 404);
  assert.equal((await stranger.signed(supplier, { path, body: message({}) })).status, 404);
  for (const pids of [{ consumerPid: newUrn() }, { providerPid: newUrn() }])
    assert.equal((await stranger.signed(maker, { path, body: message(pids) })).status, 400);
  for (const { body } of [byOther]) assert.deepEqual([body['@type'], body.code], ['ContractNegotiationError', 'not_found']);
  assert.equal((await maker.client.call('exchange', { params: { id } })).steps.length, 1);
});

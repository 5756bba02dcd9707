import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as build from '@madang/core/dsp/build.ts';
import { newUrn } from '@madang/core/id.ts';
import { ANY, agreementFor, type Counterparty, described, openCounterparty } from './counterparty.ts';
import { type Member, offerItem, reaches } from './network.ts';
import type { Stranger } from './stranger.ts';

// Messages that come twice, too early or again, and partners that do not answer at first.

let party: Counterparty;
let maker: Member;
let supplier: Member;
let stranger: Stranger;
before(async () => {
  party = await openCounterparty();
  ({ maker, supplier, stranger } = party);
});
after(() => party?.[Symbol.asyncDispose]());

test('the same bytes twice are answered with success and change nothing', async () => {
  const offer = await offerItem(supplier);
  party.answer = () => ({ status: 200 });
  const consumerPid = newUrn();
  const body = build.contractRequest({
    id: newUrn(),
    consumerPid,
    callbackAddress: stranger.dsp,
    offer: build.messageOffer(offer.id, offer.dataset, ANY),
  });
  const twice = async (path: string, message: object) => {
    const answers = [await stranger.signed(supplier, { path, body: message }), await stranger.signed(supplier, { path, body: message })];
    const late = await Promise.all([
      stranger.signed(supplier, { path, body: message }),
      stranger.signed(supplier, { path, body: message }),
    ]);
    return [...answers, ...late];
  };
  const opened = await twice('/negotiations/request', body);
  const { providerPid } = opened[0]!.body;
  for (const { status, body } of opened) assert.deepEqual([status, body.providerPid], [201, providerPid]);
  await reaches(supplier, providerPid, 'AGREED');
  const verified = await twice(
    `/negotiations/${providerPid}/agreement/verification`,
    build.contractAgreementVerification({ id: newUrn(), consumerPid, providerPid }),
  );
  for (const { status } of verified) assert.equal(status, 200);
  const done = await reaches(supplier, providerPid, 'FINALIZED');
  assert.equal(done.steps.length, 4);
  // The first message once more, at the end.
  assert.equal((await stranger.signed(supplier, { path: '/negotiations/request', body })).status, 201);
  const { exchanges } = await supplier.client.call('exchanges');
  assert.equal(exchanges.filter(({ dataset }) => dataset === offer.dataset).length, 1);
  assert.equal((await supplier.client.call('offer', { params: { id: offer.id } })).agreements, 1);
  const agreements = stranger.heard.filter(({ body: b }) => b?.consumerPid === consumerPid && b['@type'] === 'ContractAgreementMessage');
  assert.equal(agreements.length, 1);
});

test('a request delivered again after its offer was withdrawn is still the same negotiation', async () => {
  const offer = await offerItem(supplier, { answer: 'manual' });
  const body = build.contractRequest({
    id: newUrn(),
    consumerPid: newUrn(),
    callbackAddress: stranger.dsp,
    offer: build.messageOffer(offer.id, offer.dataset, ANY),
  });
  const first = await stranger.signed(supplier, { path: '/negotiations/request', body });
  await supplier.client.call('withdrawOffer', { params: { id: offer.id } });
  const again = await stranger.signed(supplier, { path: '/negotiations/request', body });
  assert.deepEqual([again.status, again.body.providerPid], [201, first.body.providerPid]);
});

test('FINALIZED that arrives before our verification was answered', async () => {
  const { id, providerPid, dataset } = await party.asked();
  let early: { status: number } | undefined;
  party.answer = async ({ path }) => {
    if (!path.endsWith('/verification')) return { status: 200 };
    const body = build.contractNegotiationEvent({ id: newUrn(), consumerPid: id, providerPid, eventType: 'FINALIZED' });
    early = await stranger.signed(maker, { path: `/negotiations/${id}/events`, body });
    return { status: 200 };
  };
  const message = build.contractAgreement({ id: newUrn(), consumerPid: id, providerPid, agreement: agreementFor(party, dataset) as never });
  await stranger.signed(maker, { path: `/negotiations/${id}/agreement`, body: message });
  await reaches(maker, id, 'FINALIZED');
  assert.equal(early?.status, 200);
});

test('the agreement that arrives before our request was answered with the partner’s id', async () => {
  const [providerPid, dataset, offer] = [newUrn(), newUrn(), newUrn()];
  let early: { status: number } | undefined;
  party.answer = async ({ method, body, path }) => {
    if (method === 'GET') return { status: 200, json: described(dataset, offer) };
    if (!path.endsWith('/request')) return { status: 200 };
    const { consumerPid } = body;
    const message = build.contractAgreement({ id: newUrn(), consumerPid, providerPid, agreement: agreementFor(party, dataset) as never });
    early = await stranger.signed(maker, { path: `/negotiations/${consumerPid}/agreement`, body: message });
    return { status: 201, json: build.contractNegotiation({ consumerPid, providerPid, state: 'REQUESTED' }) };
  };
  const { id } = await maker.client.call('negotiate', { body: { partner: stranger.did, dataset } });
  await reaches(maker, id, 'VERIFIED');
  assert.equal(early?.status, 200);
  const verification = stranger.heard.findLast(({ path }) => path.endsWith('/verification'));
  assert.deepEqual(
    [verification?.path, verification?.body.providerPid],
    [`/negotiations/${encodeURIComponent(providerPid)}/agreement/verification`, providerPid],
  );
});

test('a partner that answers 404, 500, or nothing at first gets the message again', async () => {
  for (const first of [{ status: 500 }, { status: 503 }, { status: 404 }, { status: 405 }, 'close'] as const) {
    const [providerPid, dataset] = [newUrn(), newUrn()];
    let tries = 0;
    party.answer = ({ method, body }) => {
      if (method === 'GET') return { status: 200, json: described(dataset) };
      return tries++ < 2
        ? first
        : { status: 200, json: build.contractNegotiation({ consumerPid: body.consumerPid, providerPid, state: 'REQUESTED' }) };
    };
    const { id } = await maker.client.call('negotiate', { body: { partner: stranger.did, dataset } });
    const end = Date.now() + 3_000;
    while (tries < 3 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(tries, 3);
    assert.equal((await maker.client.call('exchange', { params: { id } })).state, 'REQUESTED');
    const bodies = stranger.heard.filter(({ body }) => body?.consumerPid === id).map(({ body }) => JSON.stringify(body));
    assert.equal(new Set(bodies).size, 1, 'the message stays the same');
  }
});

test('a request that the partner refuses ends the negotiation with the partner’s reason', async () => {
  const dataset = newUrn();
  party.answer = ({ method, body }) =>
    method === 'GET'
      ? { status: 200, json: described(dataset) }
      : {
          status: 400,
          json: build.contractNegotiationError({
            consumerPid: body.consumerPid,
            providerPid: newUrn(),
            code: 'closed',
            reason: ['우리는 쉽니다'],
          }),
        };
  const { id } = await maker.client.call('negotiate', { body: { partner: stranger.did, dataset } });
  const { reasons } = await reaches(maker, id, 'TERMINATED');
  assert.deepEqual([reasons[0]?.code, reasons[0]?.text.ko], ['closed', '우리는 쉽니다']);
});

test('the data are fetched as soon as the start is heard, before it was answered', async () => {
  const offer = await offerItem(supplier);
  const consumerPid = newUrn();
  let pulled: { status: number; records?: unknown[] } | undefined;
  party.answer = async ({ body }) => {
    if (body?.['@type'] !== 'TransferStartMessage') return { status: 200 };
    const { endpoint, endpointProperties } = body.dataAddress;
    const token = endpointProperties.find(({ name }: { name: string }) => name === 'authorization').value;
    const answer = await fetch(endpoint, { headers: { authorization: `Bearer ${token.replace(/^Bearer /, '')}` } });
    pulled = { status: answer.status, ...(answer.ok ? ((await answer.json()) as object) : {}) };
    return { status: 200 };
  };
  const request = build.contractRequest({
    id: newUrn(),
    consumerPid,
    callbackAddress: stranger.dsp,
    offer: build.messageOffer(offer.id, offer.dataset, ANY),
  });
  const { providerPid } = (await stranger.signed(supplier, { path: '/negotiations/request', body: request })).body;
  const { agreement } = await reaches(supplier, providerPid, 'AGREED');
  const verification = build.contractAgreementVerification({ id: newUrn(), consumerPid, providerPid });
  await stranger.signed(supplier, { path: `/negotiations/${providerPid}/agreement/verification`, body: verification });
  await reaches(supplier, providerPid, 'FINALIZED');
  const body = build.transferRequest({
    id: newUrn(),
    consumerPid: newUrn(),
    agreementId: agreement ?? '',
    format: 'HttpData-PULL',
    callbackAddress: stranger.dsp,
  });
  const opened = await stranger.signed(supplier, { path: '/transfers/request', body });
  assert.equal(opened.status, 201);
  for (const end = Date.now() + 5_000; !pulled; await new Promise((resolve) => setTimeout(resolve, 10))) assert.ok(Date.now() < end);
  assert.deepEqual([pulled.status, pulled.records?.length], [200, 1]);
});

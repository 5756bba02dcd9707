import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import type { ExchangeDetail } from '@madang/core/api/views.ts';
import * as build from '@madang/core/dsp/build.ts';
import { newUrn } from '@madang/core/id.ts';
import { agree, exchangeAbout, introduce, type Member, type Network, offerItem, openNetwork, reaches } from './network.ts';
import { type Heard, openStranger, type Reply, type Stranger } from './stranger.ts';

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
const ANY = { permission: [{ action: 'use' }] };
const OTHER = { permission: [{ action: 'use', constraint: [{ leftOperand: 'UsagePurpose', operator: 'isAnyOf', rightOperand: ['quality'] }] }] } as const;

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
  assert.deepEqual(story(theirs), story(mine).map((line) => (line.startsWith('me') ? line.replace('me', 'them') : line.replace('them', 'me'))));
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
  const agreements = await Promise.all([maker, supplier].map(async ({ client }) => (await client.call('agreements')).agreements.find(({ id }) => id === mine.agreement)));
  assert.deepEqual(agreements.map((a) => [a?.role, a?.dataset]), [['consumer', offer.dataset], ['provider', offer.dataset]]);
  assert.deepEqual(agreements[0]?.policy, agreements[1]?.policy);
});

describe('a person of the provider answers', () => {
  test('yes: it waits until then, and is agreed', async () => {
    const offer = await offerItem(supplier, { answer: 'manual' });
    const { id } = await maker.client.call('negotiate', { body: { partner: supplier.did, dataset: offer.dataset } });
    const asked = await exchangeAbout(supplier, offer.dataset);
    assert.deepEqual([asked.state, asked.waitingFor], ['REQUESTED', 'me']);
    assert.equal((await supplier.client.call('home')).todo.some(({ room }) => room.includes(encodeURIComponent(asked.id)) || room.includes(asked.id)), true);
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
    for (const member of [maker, supplier]) assert.equal((await member.client.call('agreements')).agreements.some(({ dataset }) => dataset === offer.dataset), false);
  });

  test('an offer back: it is what was asked for, so it is taken', async () => {
    const offer = await offerItem(supplier, { answer: 'manual' });
    const { id } = await maker.client.call('negotiate', { body: { partner: supplier.did, dataset: offer.dataset } });
    const asked = await exchangeAbout(supplier, offer.dataset);
    await supplier.client.call('act', { params: { id: asked.id }, body: { action: 'offer' } });
    const done = await reaches(maker, id, 'FINALIZED');
    assert.deepEqual(story(done).slice(1, 3), ['them ContractOfferMessage OFFERED', 'me ContractNegotiationEventMessage:ACCEPTED ACCEPTED']);
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
    const end = (member: Member, exchange: string) => member.client.call('act', { params: { id: exchange }, body: { action: 'terminate' } });
    await Promise.allSettled([end(maker, id), end(supplier, asked.id)]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    for (const [member, exchange] of [[maker, id], [supplier, asked.id]] as const) {
      const { state, steps } = await member.client.call('exchange', { params: { id: exchange } });
      assert.equal(state, 'TERMINATED', JSON.stringify(steps));
      assert.ok(steps.every(({ pending, message }) => pending === null && message !== 'refused'), JSON.stringify(steps));
    }
  }
});

describe('with a partner whose server is not ours', () => {
  let answer: (heard: Heard) => Reply | Promise<Reply> = () => ({ status: 200 });
  let stranger: Stranger;
  before(async () => {
    stranger = await openStranger({ answer: (heard) => answer(heard) });
    for (const member of [maker, supplier]) await introduce(member, [stranger]);
  });
  after(() => stranger?.[Symbol.asyncDispose]());

  /** Our side as consumer of a dataset of the stranger. Returns our process, and the stranger's id of it. */
  async function asked(offerTerms: object = ANY): Promise<{ id: string; providerPid: string; dataset: string; offer: string }> {
    const [providerPid, dataset, offer] = [newUrn(), newUrn(), newUrn()];
    const described = build.dataset(dataset, [build.offer(offer, offerTerms)], [build.distribution('HttpData-PULL', 'service')]);
    answer = ({ method, body }) => {
      if (method === 'GET') return { status: 200, json: described };
      return { status: 200, json: build.contractNegotiation({ consumerPid: body.consumerPid, providerPid, state: 'REQUESTED' }) };
    };
    const { id } = await maker.client.call('negotiate', { body: { partner: stranger.did, dataset } });
    // Until the answer with the stranger's id is stored, any id in an early message would be taken for it.
    for (;;) {
      const { steps } = await maker.client.call('exchange', { params: { id } });
      if (steps[0]?.pending === null) return { id, providerPid, dataset, offer };
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  const agreementFor = (dataset: string, change: object = {}, terms: object = ANY) => ({
    ...build.agreement({ id: newUrn(), target: dataset, assigner: stranger.did, assignee: maker.did, timestamp: new Date().toISOString() }, terms),
    ...change,
  });

  test('counter-offers of both sides, we as provider: our terms are what is agreed', async () => {
    const offer = await offerItem(supplier);
    const [consumerPid, callbackAddress] = [newUrn(), `${stranger.dsp}/`];
    const wish = (terms: object) => build.messageOffer(offer.id, offer.dataset, terms);
    const heardFrom = stranger.heard.length;
    const types = () => stranger.heard.slice(heardFrom).map(({ body }) => body['@type']);
    answer = () => ({ status: 200 });

    const opened = await stranger.signed(supplier, { path: '/negotiations/request', body: build.contractRequest({ id: newUrn(), consumerPid, callbackAddress, offer: wish(OTHER) }) });
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
    assert.equal((await stranger.signed(supplier, { path: `/negotiations/${providerPid}/agreement/verification`, body: verified })).status, 200);
    const done = await until('FINALIZED');
    await stranger.hears('ContractNegotiationEventMessage');
    assert.deepEqual(types(), ['ContractOfferMessage', 'ContractOfferMessage', 'ContractAgreementMessage', 'ContractNegotiationEventMessage']);
    assert.equal(done.steps.length, 8);
  });

  test('counter-offers of both sides, we as consumer: a person decides about terms that we did not ask for', async () => {
    const { id, providerPid, dataset, offer } = await asked();
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
    answer = () => ({ status: 200 });
    const first = build.contractOffer({ id: newUrn(), providerPid, callbackAddress: stranger.dsp, offer: build.messageOffer(newUrn(), dataset, ANY) as never });
    const opened = await stranger.signed(maker, { path: '/negotiations/offers', body: first });
    assert.deepEqual([opened.status, opened.body.state], [201, 'OFFERED']);
    const id = opened.body.consumerPid;
    assert.equal((await reaches(maker, id, 'OFFERED')).waitingFor, 'me');
    await maker.client.call('act', { params: { id }, body: { action: 'accept' } });
    const message = build.contractAgreement({ id: newUrn(), consumerPid: id, providerPid, agreement: agreementFor(dataset) as never });
    assert.equal((await stranger.signed(maker, { path: `/negotiations/${id}/agreement`, body: message })).status, 200);
    const finalized = build.contractNegotiationEvent({ id: newUrn(), consumerPid: id, providerPid, eventType: 'FINALIZED' });
    assert.equal((await stranger.signed(maker, { path: `/negotiations/${id}/events`, body: finalized })).status, 200);
    await reaches(maker, id, 'FINALIZED');
  });

  test('an offer with a rule that we could not keep cannot be taken', async () => {
    const first = build.contractOffer({
      id: newUrn(), providerPid: newUrn(), callbackAddress: stranger.dsp,
      offer: build.messageOffer(newUrn(), newUrn(), { permission: ANY.permission, obligation: [{ action: 'delete' }] }) as never,
    });
    const { body } = await stranger.signed(maker, { path: '/negotiations/offers', body: first });
    await assert.rejects(maker.client.call('act', { params: { id: body.consumerPid }, body: { action: 'accept' } }), { code: 'policy_not_enforced' });
    await reaches(maker, body.consumerPid, 'OFFERED');
  });

  describe('an agreement that is not what was negotiated is refused', () => {
    const WRONG: Record<string, (dataset: string) => object> = {
      terms: (dataset) => agreementFor(dataset, {}, OTHER),
      'a further duty': (dataset) => agreementFor(dataset, { obligation: [{ action: 'delete' }] }),
      dataset: (dataset) => agreementFor(dataset, { target: newUrn() }),
      assigner: (dataset) => agreementFor(dataset, { assigner: supplier.did }),
      assignee: (dataset) => agreementFor(dataset, { assignee: supplier.did }),
    };
    for (const [what, make] of Object.entries(WRONG))
      test(what, async () => {
        const { id, providerPid, dataset } = await asked();
        const agreement = make(dataset) as { '@id': string };
        const message = build.contractAgreement({ id: newUrn(), consumerPid: id, providerPid, agreement: agreement as never });
        await stranger.signed(maker, { path: `/negotiations/${id}/agreement`, body: message });
        const { reasons } = await reaches(maker, id, 'TERMINATED');
        assert.equal(reasons[0]?.code, 'agreement_differs');
        const { body } = await stranger.hears('ContractNegotiationTerminationMessage');
        assert.equal(body.code, 'agreement_differs');
        const { agreements } = await maker.client.call('agreements');
        assert.equal(agreements.some((a) => a.id === agreement['@id']), false);
      });

    test('the id of another agreement', async () => {
      const { agreement: taken } = await agree(maker, supplier, await offerItem(supplier));
      const { id, providerPid, dataset } = await asked();
      const message = build.contractAgreement({ id: newUrn(), consumerPid: id, providerPid, agreement: agreementFor(dataset, { '@id': taken }) as never });
      const refused = await stranger.signed(maker, { path: `/negotiations/${id}/agreement`, body: message });
      assert.deepEqual([refused.status, refused.body['@type']], [400, 'ContractNegotiationError']);
      await reaches(maker, id, 'REQUESTED');
    });
  });

  test('one process id of the partner for two negotiations: the second is refused, the first goes on', async () => {
    const first = await asked();
    const same = { ...first };
    const described = build.dataset(same.dataset, [build.offer(same.offer, ANY)], [build.distribution('HttpData-PULL', 'service')]);
    answer = ({ method, body }) =>
      method === 'GET' ? { status: 200, json: described } : { status: 200, json: build.contractNegotiation({ consumerPid: body.consumerPid, providerPid: first.providerPid, state: 'REQUESTED' }) };
    const { id } = await maker.client.call('negotiate', { body: { partner: stranger.did, dataset: first.dataset } });
    await new Promise((resolve) => setTimeout(resolve, 80));
    const send = (consumerPid: string) =>
      stranger.signed(maker, {
        path: `/negotiations/${consumerPid}/agreement`,
        body: build.contractAgreement({ id: newUrn(), consumerPid, providerPid: first.providerPid, agreement: agreementFor(first.dataset) as never }),
      });
    assert.equal((await send(first.id)).status, 200);
    assert.equal((await send(id)).status, 400);
    await reaches(maker, first.id, 'VERIFIED');
  });

  describe('repeated and early messages', () => {
    test('the same bytes twice are answered with success and change nothing', async () => {
      const offer = await offerItem(supplier);
      answer = () => ({ status: 200 });
      const consumerPid = newUrn();
      const body = build.contractRequest({ id: newUrn(), consumerPid, callbackAddress: stranger.dsp, offer: build.messageOffer(offer.id, offer.dataset, ANY) });
      const twice = async (path: string, message: object) => {
        const answers = [await stranger.signed(supplier, { path, body: message }), await stranger.signed(supplier, { path, body: message })];
        const late = await Promise.all([stranger.signed(supplier, { path, body: message }), stranger.signed(supplier, { path, body: message })]);
        return [...answers, ...late];
      };
      const opened = await twice('/negotiations/request', body);
      const { providerPid } = opened[0]!.body;
      for (const { status, body } of opened) assert.deepEqual([status, body.providerPid], [201, providerPid]);
      await reaches(supplier, providerPid, 'AGREED');
      const verified = await twice(`/negotiations/${providerPid}/agreement/verification`, build.contractAgreementVerification({ id: newUrn(), consumerPid, providerPid }));
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
      const body = build.contractRequest({ id: newUrn(), consumerPid: newUrn(), callbackAddress: stranger.dsp, offer: build.messageOffer(offer.id, offer.dataset, ANY) });
      const first = await stranger.signed(supplier, { path: '/negotiations/request', body });
      await supplier.client.call('withdrawOffer', { params: { id: offer.id } });
      const again = await stranger.signed(supplier, { path: '/negotiations/request', body });
      assert.deepEqual([again.status, again.body.providerPid], [201, first.body.providerPid]);
    });

    test('FINALIZED that arrives before our verification was answered', async () => {
      const { id, providerPid, dataset } = await asked();
      let early: { status: number } | undefined;
      answer = async ({ path }) => {
        if (!path.endsWith('/verification')) return { status: 200 };
        const body = build.contractNegotiationEvent({ id: newUrn(), consumerPid: id, providerPid, eventType: 'FINALIZED' });
        early = await stranger.signed(maker, { path: `/negotiations/${id}/events`, body });
        return { status: 200 };
      };
      const message = build.contractAgreement({ id: newUrn(), consumerPid: id, providerPid, agreement: agreementFor(dataset) as never });
      await stranger.signed(maker, { path: `/negotiations/${id}/agreement`, body: message });
      await reaches(maker, id, 'FINALIZED');
      assert.equal(early?.status, 200);
    });

    test('the agreement that arrives before our request was answered with the partner’s id', async () => {
      const [providerPid, dataset, offer] = [newUrn(), newUrn(), newUrn()];
      let early: { status: number } | undefined;
      answer = async ({ method, body, path }) => {
        if (method === 'GET') return { status: 200, json: build.dataset(dataset, [build.offer(offer, ANY)], [build.distribution('HttpData-PULL', 'service')]) };
        if (!path.endsWith('/request')) return { status: 200 };
        const { consumerPid } = body;
        const message = build.contractAgreement({ id: newUrn(), consumerPid, providerPid, agreement: agreementFor(dataset) as never });
        early = await stranger.signed(maker, { path: `/negotiations/${consumerPid}/agreement`, body: message });
        return { status: 201, json: build.contractNegotiation({ consumerPid, providerPid, state: 'REQUESTED' }) };
      };
      const { id } = await maker.client.call('negotiate', { body: { partner: stranger.did, dataset } });
      await reaches(maker, id, 'VERIFIED');
      assert.equal(early?.status, 200);
      const verification = stranger.heard.findLast(({ path }) => path.endsWith('/verification'));
      assert.deepEqual([verification?.path, verification?.body.providerPid], [`/negotiations/${encodeURIComponent(providerPid)}/agreement/verification`, providerPid]);
    });

    test('a partner that answers 404, 500, or nothing at first gets the message again', async () => {
      for (const first of [{ status: 500 }, { status: 503 }, 'close'] as const) {
        const [providerPid, dataset] = [newUrn(), newUrn()];
        let tries = 0;
        answer = ({ method, body }) => {
          if (method === 'GET') return { status: 200, json: build.dataset(dataset, [build.offer(newUrn(), ANY)], [build.distribution('HttpData-PULL', 'service')]) };
          return tries++ < 2 ? first : { status: 200, json: build.contractNegotiation({ consumerPid: body.consumerPid, providerPid, state: 'REQUESTED' }) };
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
      answer = ({ method, body }) =>
        method === 'GET'
          ? { status: 200, json: build.dataset(dataset, [build.offer(newUrn(), ANY)], [build.distribution('HttpData-PULL', 'service')]) }
          : { status: 400, json: build.contractNegotiationError({ consumerPid: body.consumerPid, providerPid: newUrn(), code: 'closed', reason: ['우리는 쉽니다'] }) };
      const { id } = await maker.client.call('negotiate', { body: { partner: stranger.did, dataset } });
      const { reasons } = await reaches(maker, id, 'TERMINATED');
      assert.deepEqual([reasons[0]?.code, reasons[0]?.text.ko], ['closed', '우리는 쉽니다']);
    });
  });

  test('a message of someone else, for an unknown process or with the wrong ids is refused and changes nothing', async () => {
    const { id, providerPid, dataset } = await asked();
    const agreement = agreementFor(dataset) as never;
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
});

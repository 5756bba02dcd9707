import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { DeadLetter } from '@madang/core/api/views.ts';
import * as build from '@madang/core/dsp/build.ts';
import { newUrn } from '@madang/core/id.ts';
import { type Asked, agreementFor, type Counterparty, described, openCounterparty } from './counterparty.ts';
import { type Member, reaches } from './network.ts';

// What a partner refuses for good is kept: a person sees it, sends it again, or takes it off the list.

let party: Counterparty;
let maker: Member;
before(async () => {
  party = await openCounterparty();
  maker = party.maker;
});
after(() => party?.[Symbol.asyncDispose]());

const CLOSED = { status: 400, json: { '@type': 'ContractNegotiationError', code: 'closed', reason: ['우리는 쉽니다'] } };

async function lettersOf(exchange: string): Promise<DeadLetter[]> {
  for (const end = Date.now() + 30_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 15))) {
    const letters = (await maker.client.call('deadLetters')).letters.filter((letter) => letter.exchange === exchange);
    if (letters.length > 0) return letters;
  }
  throw new Error('no letter');
}
const todoOf = async (exchange: string) => (await maker.client.call('home')).todo.filter(({ id }) => id === exchange);
const again = (id: string) => maker.client.call('sendAgain', { params: { id } });

/** A request of ours that the partner refuses. */
async function refusedRequest(code = 'closed'): Promise<{ id: string; dataset: string }> {
  const dataset = newUrn();
  party.answer = ({ method }) =>
    method === 'GET' ? { status: 200, json: described(dataset) } : { ...CLOSED, json: { ...CLOSED.json, code } };
  const { id } = await maker.client.call('negotiate', { body: { partner: party.stranger.did, dataset } });
  await reaches(maker, id, 'TERMINATED');
  return { id, dataset };
}

/** A negotiation whose agreement has come; the partner answers our verification so. */
async function agreed(answer: { status: number; json?: unknown }): Promise<Asked> {
  const asked = await party.asked();
  const { id: consumerPid, providerPid, dataset } = asked;
  party.answer = ({ path }) => (path.endsWith('/verification') ? answer : { status: 200 });
  const body = build.contractAgreement({ id: newUrn(), consumerPid, providerPid, agreement: agreementFor(party, dataset) as never });
  await party.stranger.signed(maker, { path: `/negotiations/${consumerPid}/agreement`, body });
  return asked;
}

test('a request that is refused is kept with its reason, stands at home, and goes on when it is sent again', async () => {
  const { id } = await refusedRequest();
  const [letter] = await lettersOf(id);
  assert.deepEqual([letter?.message, letter?.tries, letter?.canSend], ['ContractRequestMessage', 1, true]);
  assert.deepEqual([letter?.reasons[0]?.code, letter?.reasons[0]?.because, letter?.partner.did], ['closed', 'fault', party.stranger.did]);
  const [todo] = await todoOf(id);
  assert.deepEqual([todo?.kind, todo?.text.ko], ['failed', '우리는 쉽니다']);

  const providerPid = newUrn();
  const state = 'REQUESTED';
  party.answer = ({ body }) => ({ status: 201, json: build.contractNegotiation({ consumerPid: body.consumerPid, providerPid, state }) });
  const sent = await again(letter!.id);
  assert.deepEqual([sent.state, sent.reasons, sent.steps.at(-1)?.sender], ['REQUESTED', [], 'me']);
  for (const end = Date.now() + 5_000; ; ) {
    const { steps } = await maker.client.call('exchange', { params: { id } });
    if (steps.every(({ pending }) => pending === null)) break;
    assert.ok(Date.now() < end);
  }
  const [first, second, ...more] = party.stranger.heard.filter(({ body }) => body?.consumerPid === id).map(({ body }) => body);
  assert.deepEqual([first, more], [second, []], 'the same message once more');
  assert.deepEqual(
    [(await maker.client.call('deadLetters')).letters.filter(({ exchange }) => exchange === id), await todoOf(id)],
    [[], []],
  );
  // The partner knows it now under its own id.
  const message = build.contractNegotiationTermination({ id: newUrn(), consumerPid: id, providerPid, code: 'x', reason: ['x'] });
  assert.equal((await party.stranger.signed(maker, { path: `/negotiations/${id}/termination`, body: message })).status, 200);
});

test('a verification that is refused puts the exchange back; sent again it is where it was', async () => {
  const { id } = await agreed(CLOSED);
  const [letter] = await lettersOf(id);
  assert.equal(letter?.message, 'ContractAgreementVerificationMessage');
  assert.equal((await reaches(maker, id, 'AGREED')).reasons[0]?.code, 'closed');
  party.answer = () => ({ status: 200 });
  assert.equal((await again(letter!.id)).state, 'VERIFIED');
});

test('where the exchange has gone on since, it can no longer be sent, only taken off the list', async () => {
  const { id, providerPid } = await agreed(CLOSED);
  const [letter] = await lettersOf(id);
  const body = build.contractNegotiationTermination({ id: newUrn(), consumerPid: id, providerPid, code: 'x', reason: ['x'] });
  assert.equal((await party.stranger.signed(maker, { path: `/negotiations/${id}/termination`, body })).status, 200);
  assert.equal((await lettersOf(id))[0]?.canSend, false);
  assert.equal(
    (await todoOf(id)).some(({ kind }) => kind === 'failed'),
    false,
  );
  const before = await maker.client.call('exchange', { params: { id } });
  await assert.rejects(again(letter!.id), { status: 409, code: 'conflict' });
  assert.deepEqual(await maker.client.call('exchange', { params: { id } }), before);
  await maker.client.call('dropLetter', { params: { id: letter!.id } });
  assert.deepEqual(
    (await maker.client.call('deadLetters')).letters.filter(({ exchange }) => exchange === id),
    [],
  );
});

test('a termination that the partner does not take stays ours, and can be told again', async () => {
  const { id } = await party.asked();
  party.answer = () => CLOSED;
  await maker.client.call('act', { params: { id }, body: { action: 'terminate', reason: '그만둡니다' } });
  const [letter] = await lettersOf(id);
  const ended = await maker.client.call('exchange', { params: { id } });
  assert.deepEqual([ended.state, ended.reasons[0]?.text.ko], ['TERMINATED', '그만둡니다']);
  let told = 0;
  party.answer = () => ({ status: 200, json: void told++ });
  const sent = await again(letter!.id);
  assert.deepEqual([sent.state, sent.reasons[0]?.text.ko], ['TERMINATED', '그만둡니다']);
  for (const end = Date.now() + 5_000; told === 0; await new Promise((resolve) => setTimeout(resolve, 10))) assert.ok(Date.now() < end);
});

test('a refusal by a rule is an answer, not a failure; a later request about the same settles either', async () => {
  const { id: byRule } = await refusedRequest('membership_missing');
  assert.deepEqual([(await todoOf(byRule))[0]?.kind, (await lettersOf(byRule))[0]?.reasons[0]?.because], ['refused', 'rule']);
  const { id, dataset } = await refusedRequest();
  assert.equal((await todoOf(id))[0]?.kind, 'failed');
  party.answer = ({ method, body }) =>
    method === 'GET'
      ? { status: 200, json: described(dataset) }
      : { status: 201, json: build.contractNegotiation({ consumerPid: body.consumerPid, providerPid: newUrn(), state: 'REQUESTED' }) };
  await maker.client.call('negotiate', { body: { partner: party.stranger.did, dataset } });
  assert.deepEqual(await todoOf(id), []);
});

test('of another participant, twice, or unknown: not found', async () => {
  const { id } = await refusedRequest();
  const [letter] = await lettersOf(id);
  const params = { id: letter!.id };
  for (const call of ['sendAgain', 'dropLetter'] as const) {
    await assert.rejects(party.supplier.client.call(call, { params }), { status: 404 });
    await assert.rejects(maker.client.call(call, { params: { id: 'x' } }), { status: 404 });
  }
  assert.deepEqual((await party.supplier.client.call('deadLetters')).letters, []);
  const [first, second] = await Promise.allSettled([again(params.id), again(params.id)]);
  assert.deepEqual([first?.status, second?.status].sort(), ['fulfilled', 'rejected']);
});

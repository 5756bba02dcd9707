import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { ExchangeDetail, OfferView } from '@madang/core/api/views.ts';
import * as build from '@madang/core/dsp/build.ts';
import { newUrn } from '@madang/core/id.ts';
import { agree, exchangeAbout, introduce, type Member, type Network, offerItem, openNetwork, reaches } from './network.ts';
import { openStranger, type Stranger } from './stranger.ts';
import { type Answer, send } from './wire.ts';

const story = ({ steps }: ExchangeDetail) => steps.map(({ sender, message, state }) => `${sender} ${message} ${state}`);
const act = (member: Member, id: string, action: 'suspend' | 'start' | 'complete' | 'terminate', reason?: string) =>
  member.client.call('act', { params: { id }, body: { action, ...(reason ? { reason } : {}) } });
const pull = (url: string, token?: string): Promise<Answer> => send(url, { path: '', ...(token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }) });

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
    assert.deepEqual(story(mine), ['me TransferRequestMessage REQUESTED', 'them TransferStartMessage STARTED', 'me TransferCompletionMessage COMPLETED']);
    assert.deepEqual(story(theirs), ['them TransferRequestMessage REQUESTED', 'me TransferStartMessage STARTED', 'them TransferCompletionMessage COMPLETED']);
    const received = `${supplier.did}#${offer.view.ids[0]}`;
    assert.deepEqual(mine.received, [{ kind: 'item', id: received, version: 1 }]);
    const record = await maker.client.call('record', { params: { kind: 'item', id: received } });
    assert.deepEqual([record.receivedFrom?.did, record.agreement, record.writtenBy], [supplier.did, agreement, supplier.did]);
  });

  test('the same again stores nothing new', async () => {
    const offer = await offerItem(supplier);
    const body = { partner: supplier.did, dataset: offer.dataset, kind: 'item' as const };
    const [first, , again] = [await maker.client.call('obtain', { body }), await maker.client.call('obtain', { body }), await maker.client.call('obtain', { body })];
    assert.deepEqual([again.status, again.agreement, again.records], ['received', first.agreement, first.records]);
    const { records } = await maker.client.call('recordVersions', { params: { kind: 'item', id: first.records[0]?.id ?? '' } });
    assert.equal(records.length, 1);
  });

  test('an agreement of another participant, an unknown one, one that is not in force, one where we are the provider', async () => {
    const offer = await offerItem(supplier);
    const { agreement } = await agree(maker, supplier, offer);
    const request = (agreementId: string, change: object = {}) => ({
      ...build.transferRequest({ id: newUrn(), consumerPid: newUrn(), agreementId, format: 'HttpData-PULL', callbackAddress: network.member('other').dsp }),
      ...change,
    });
    const path = '/transfers/request';
    for (const id of [agreement ?? '', newUrn()]) {
      const { status, body } = await network.signed('other', supplier, { path, body: request(id) });
      assert.deepEqual([status, body['@type'], body.code], [400, 'TransferError', 'agreement_unknown']);
    }
    const own = request(agreement ?? '', { format: 'AmazonS3-PUSH' });
    assert.equal((await network.signed('maker', 'supplier', { path, body: own })).body.code, 'format_unknown');
    assert.equal((await network.signed('maker', 'supplier', { path, body: request(agreement ?? '', { callbackAddress: 'nowhere' }) })).body.code, 'bad_callback');
    for (const [member, id] of [[maker, newUrn()], [network.member('other'), agreement ?? ''], [supplier, agreement ?? '']] as const)
      await assert.rejects(member.client.call('transfer', { body: { agreement: id } }), { code: 'agreement_unknown' });
    const { exchanges } = await supplier.client.call('exchanges', { query: { protocol: 'transfer' } });
    assert.equal(exchanges.some(({ dataset }) => dataset === offer.dataset), false);
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
  const both = ({ mine, theirs }: { mine: string; theirs: string }, state: string) => Promise.all([reaches(maker, mine, state), reaches(supplier, theirs, state)]);

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
    for (const { steps } of await both(ids, 'SUSPENDED')) assert.ok(steps.every(({ message }) => message !== 'refused'), JSON.stringify(steps));
  });
});

describe('the pull token of a partner whose server is not ours', () => {
  let network: Network;
  let supplier: Member;
  let stranger: Stranger;
  let early: Answer | undefined;
  let offer: OfferView;
  before(async () => {
    stranger = await openStranger({
      // Pulls before it has even answered the start.
      answer: async ({ body }) => {
        if (body?.['@type'] === 'TransferStartMessage') early = await pull(body.dataAddress.endpoint, tokenIn(body));
        return { status: 200 };
      },
    });
    network = await openNetwork({ participants: ['supplier', 'other'] });
    supplier = network.member('supplier');
    await introduce(supplier, [stranger]);
    const groups = ['공급망'];
    await supplier.client.call('putPartner', { body: { did: stranger.did, dsp: stranger.dsp, name: 'Stranger', shortName: 'stranger', groups } });
    offer = await offerItem(supplier, { contract: { groups } });
  });
  after(async () => {
    await network?.[Symbol.asyncDispose]();
    await stranger?.[Symbol.asyncDispose]();
  });

  // biome-ignore lint/suspicious/noExplicitAny: a message as it came
  // oxlint-disable-next-line typescript/no-explicit-any
  const tokenIn = (message: any): string => message.dataAddress.endpointProperties.find((p: { name: string }) => p.name === 'authorization').value;

  /** Agrees, asks for the data, and returns the provider's process with the data address of its start. */
  async function started() {
    const consumerPid = newUrn();
    const terms = { permission: (offer.contract.odrl as { permission: [{ action: string }] }).permission };
    const asked = build.contractRequest({ id: newUrn(), consumerPid, callbackAddress: stranger.dsp, offer: build.messageOffer(offer.id, offer.dataset, terms) });
    const { body: negotiation } = await stranger.signed(supplier, { path: '/negotiations/request', body: asked });
    const { providerPid } = negotiation;
    const { agreement } = await reaches(supplier, providerPid, 'AGREED');
    const path = `/negotiations/${providerPid}/agreement/verification`;
    await stranger.signed(supplier, { path, body: build.contractAgreementVerification({ id: newUrn(), consumerPid, providerPid }) });
    await reaches(supplier, providerPid, 'FINALIZED');
    const pid = newUrn();
    const request = build.transferRequest({ id: newUrn(), consumerPid: pid, agreementId: agreement ?? '', format: 'HttpData-PULL', callbackAddress: `${stranger.dsp}/` });
    const { status, body } = await stranger.signed(supplier, { path: '/transfers/request', body: request });
    assert.deepEqual([status, body.state], [201, 'REQUESTED']);
    return { id: body.providerPid as string, consumerPid: pid, address: await address(pid) };
  }

  /** The newest data address that was sent for a process. */
  async function address(consumerPid: string, after = 0): Promise<{ endpoint: string; token: string; count: number }> {
    for (const end = Date.now() + 3_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 10))) {
      const starts = stranger.heard.filter(({ body }) => body?.['@type'] === 'TransferStartMessage' && body.consumerPid === consumerPid);
      const last = starts.at(-1);
      if (last && starts.length > after) return { endpoint: last.body.dataAddress.endpoint, token: tokenIn(last.body), count: starts.length };
    }
    throw new Error('no start came');
  }

  test('opens the data at once, and only it does', async () => {
    const { address: a } = await started();
    const other = await started();
    assert.equal(early?.status, 200, 'the data are there before the start is answered');
    const got = await pull(a.endpoint, a.token);
    assert.deepEqual([got.status, got.body.records[0].id], [200, offer.view.ids[0]]);
    for (const token of [undefined, '', 'x', a.token.slice(1), `${a.token}x`, other.address.token, supplier.key, 'Bearer']) {
      const { status, body } = await pull(a.endpoint, token);
      assert.deepEqual([token, status, body.error.code], [token, 401, 'pull_token_invalid']);
      assert.ok(body.error.text.ko && body.error.text.en);
    }
    assert.equal((await pull(a.endpoint.replace(/[^/]+$/, newUrn()), a.token)).status, 401);
    assert.equal((await pull(a.endpoint.replace('/supplier/', '/other/'), a.token)).status, 401);
    assert.equal((await pull(a.endpoint.replace('/supplier/', '/nobody/'), a.token)).status, 404);
  });

  test('is dead while the transfer is suspended; a resumption brings another and the old one stays dead', async () => {
    const { id, consumerPid, address: first } = await started();
    await act(supplier, id, 'suspend');
    assert.deepEqual(codeOf(await pull(first.endpoint, first.token)), [403, 'transfer_not_running']);
    await act(supplier, id, 'start');
    const second = await address(consumerPid, first.count);
    assert.notEqual(second.token, first.token);
    assert.equal((await pull(second.endpoint, second.token)).status, 200);
    assert.deepEqual(codeOf(await pull(first.endpoint, first.token)), [401, 'pull_token_invalid']);
    const message = { id: newUrn(), consumerPid, providerPid: id };
    const why = { code: 'pause', reason: ['잠시'] };
    assert.equal((await stranger.signed(supplier, { path: `/transfers/${id}/suspension`, body: build.transferSuspension({ ...message, ...why }) })).status, 200);
    assert.deepEqual(codeOf(await pull(second.endpoint, second.token)), [403, 'transfer_not_running']);
    assert.equal((await stranger.signed(supplier, { path: `/transfers/${id}/start`, body: build.transferStart({ ...message, id: newUrn() }) })).status, 200);
    const third = await address(consumerPid, second.count);
    assert.equal((await pull(third.endpoint, third.token)).status, 200);
    assert.equal((await pull(second.endpoint, second.token)).status, 401);
  });

  for (const [end, path, make] of [
    ['completion', 'completion', build.transferCompletion],
    ['termination', 'termination', (head: { id: string; consumerPid: string; providerPid: string }) => build.transferTermination({ ...head, code: '1', reason: ['끝'] })],
  ] as const)
    test(`is dead after ${end}`, async () => {
      const { id, consumerPid, address: a } = await started();
      assert.equal((await stranger.signed(supplier, { path: `/transfers/${id}/${path}`, body: make({ id: newUrn(), consumerPid, providerPid: id }) })).status, 200);
      assert.deepEqual(codeOf(await pull(a.endpoint, a.token)), [403, 'transfer_not_running']);
    });

  test('opens nothing once the terms no longer hold, and a resumption is then refused with the reason', async () => {
    const { id, consumerPid, address: a } = await started();
    await supplier.client.call('putPartner', { body: { did: stranger.did, dsp: stranger.dsp, name: 'Stranger', shortName: 'stranger', groups: [] } });
    const refused = await pull(a.endpoint, a.token);
    assert.deepEqual(codeOf(refused), [403, 'terms_not_met']);
    assert.doesNotMatch(refused.text, /공급망/, 'the group is the provider’s own matter');
    await act(supplier, id, 'suspend');
    await assert.rejects(act(supplier, id, 'start'), { code: 'terms_not_met' });
    const message = build.transferStart({ id: newUrn(), consumerPid, providerPid: id });
    await stranger.signed(supplier, { path: `/transfers/${id}/start`, body: message });
    const { reasons } = await reaches(supplier, id, 'TERMINATED');
    assert.equal(reasons[0]?.code, 'group_not_named');
    const { body } = await stranger.hears('TransferTerminationMessage');
    assert.equal(body.code, 'group_not_named');
  });

  const codeOf = ({ status, body }: Answer) => [status, body.error.code];
});

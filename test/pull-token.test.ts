import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { OfferView } from '@madang/core/api/views.ts';
import * as build from '@madang/core/dsp/build.ts';
import { newUrn } from '@madang/core/id.ts';
import { introduce, type Member, type Network, offerItem, openNetwork, reaches, recordOf } from './network.ts';
import { openStranger, type Stranger } from './stranger.ts';
import { type Answer, type Body, send } from './wire.ts';

const act = (member: Member, id: string, action: 'suspend' | 'start' | 'complete' | 'terminate', reason?: string) =>
  member.client.call('act', { params: { id }, body: { action, ...(reason ? { reason } : {}) } });
const pull = (url: string, token?: string): Promise<Answer> =>
  send(url, { path: '', ...(token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }) });

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
    await supplier.client.call('putPartner', {
      body: { did: stranger.did, dsp: stranger.dsp, name: 'Stranger', shortName: 'stranger', groups },
    });
    offer = await offerItem(supplier, { contract: { groups } });
  });
  after(async () => {
    await network?.[Symbol.asyncDispose]();
    await stranger?.[Symbol.asyncDispose]();
  });

  const tokenIn = (message: Body): string =>
    message.dataAddress.endpointProperties.find((p: { name: string }) => p.name === 'authorization').value;

  /** Agrees, asks for the data, and returns the provider's process with the data address of its start. */
  async function started() {
    const consumerPid = newUrn();
    const terms = { permission: (offer.contract.odrl as { permission: [{ action: string }] }).permission };
    const asked = build.contractRequest({
      id: newUrn(),
      consumerPid,
      callbackAddress: stranger.dsp,
      offer: build.messageOffer(offer.id, offer.dataset, terms),
    });
    const { body: negotiation } = await stranger.signed(supplier, { path: '/negotiations/request', body: asked });
    const { providerPid } = negotiation;
    const { agreement } = await reaches(supplier, providerPid, 'AGREED');
    const path = `/negotiations/${providerPid}/agreement/verification`;
    await stranger.signed(supplier, { path, body: build.contractAgreementVerification({ id: newUrn(), consumerPid, providerPid }) });
    await reaches(supplier, providerPid, 'FINALIZED');
    const pid = newUrn();
    const request = build.transferRequest({
      id: newUrn(),
      consumerPid: pid,
      agreementId: agreement ?? '',
      format: 'HttpData-PULL',
      callbackAddress: `${stranger.dsp}/`,
    });
    const { status, body } = await stranger.signed(supplier, { path: '/transfers/request', body: request });
    assert.deepEqual([status, body.state], [201, 'REQUESTED']);
    return { id: body.providerPid as string, consumerPid: pid, address: await address(pid) };
  }

  /** The newest data address that was sent for a process. */
  async function address(consumerPid: string, after = 0): Promise<{ endpoint: string; token: string; count: number }> {
    for (const end = Date.now() + 3_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 10))) {
      const starts = stranger.heard.filter(({ body }) => body?.['@type'] === 'TransferStartMessage' && body.consumerPid === consumerPid);
      const last = starts.at(-1);
      if (last && starts.length > after)
        return { endpoint: last.body.dataAddress.endpoint, token: tokenIn(last.body), count: starts.length };
    }
    throw new Error('no start came');
  }

  test('opens the data at once, and only it does', async () => {
    const { address: a } = await started();
    const other = await started();
    assert.equal(early?.status, 200, 'the data are there before the start is answered');
    const got = await pull(a.endpoint, a.token);
    assert.deepEqual([got.status, got.body.records[0].id], [200, recordOf(offer)]);
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
    assert.equal(
      (await stranger.signed(supplier, { path: `/transfers/${id}/suspension`, body: build.transferSuspension({ ...message, ...why }) }))
        .status,
      200,
    );
    assert.deepEqual(codeOf(await pull(second.endpoint, second.token)), [403, 'transfer_not_running']);
    assert.equal(
      (await stranger.signed(supplier, { path: `/transfers/${id}/start`, body: build.transferStart({ ...message, id: newUrn() }) })).status,
      200,
    );
    const third = await address(consumerPid, second.count);
    assert.equal((await pull(third.endpoint, third.token)).status, 200);
    assert.equal((await pull(second.endpoint, second.token)).status, 401);
  });

  for (const [end, path, make] of [
    ['completion', 'completion', build.transferCompletion],
    [
      'termination',
      'termination',
      (head: { id: string; consumerPid: string; providerPid: string }) => build.transferTermination({ ...head, code: '1', reason: ['끝'] }),
    ],
  ] as const)
    test(`is dead after ${end}`, async () => {
      const { id, consumerPid, address: a } = await started();
      assert.equal(
        (await stranger.signed(supplier, { path: `/transfers/${id}/${path}`, body: make({ id: newUrn(), consumerPid, providerPid: id }) }))
          .status,
        200,
      );
      assert.deepEqual(codeOf(await pull(a.endpoint, a.token)), [403, 'transfer_not_running']);
    });

  test('opens nothing once the terms no longer hold, and a resumption is then refused with the reason', async () => {
    const { id, consumerPid, address: a } = await started();
    await supplier.client.call('putPartner', {
      body: { did: stranger.did, dsp: stranger.dsp, name: 'Stranger', shortName: 'stranger', groups: [] },
    });
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

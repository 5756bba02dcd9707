import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as build from '@madang/core/dsp/build.ts';
import { newUrn } from '@madang/core/id.ts';
import { introduce, type Member, type Network, offerItem, openNetwork, reaches } from './network.ts';
import { openStranger, type Stranger } from './stranger.ts';

let network: Network;
let owner: Member;
before(async () => {
  network = await openNetwork({ participants: ['owner'] });
  owner = network.member('owner');
  await offerItem(owner);
});
after(() => network?.[Symbol.asyncDispose]());

describe('a rule that is not enforced', () => {
  const RULES: Record<string, [status: number, odrl: unknown]> = {
    'an unknown operand': [
      422,
      { permission: [{ action: 'use', constraint: [{ leftOperand: 'spatial', operator: 'eq', rightOperand: 'KR' }] }] },
    ],
    'an unknown operator': [
      422,
      { permission: [{ action: 'use', constraint: [{ leftOperand: 'Partner', operator: 'isPartOf', rightOperand: 'x' }] }] },
    ],
    'an unknown purpose': [
      422,
      { permission: [{ action: 'use', constraint: [{ leftOperand: 'UsagePurpose', operator: 'eq', rightOperand: 'marketing' }] }] },
    ],
    'a duty': [422, { permission: [{ action: 'use' }], obligation: [{ action: 'delete' }] }],
    'a duty of a permission': [422, { permission: [{ action: 'use', duty: [{ action: 'inform' }] }] }],
    'a prohibition': [422, { permission: [{ action: 'use' }], prohibition: [{ action: 'distribute' }] }],
    'an alternative': [
      422,
      { permission: [{ action: 'use', constraint: [{ or: [{ leftOperand: 'Partner', operator: 'eq', rightOperand: 'did:web:x' }] }] }] },
    ],
    'another action': [422, { permission: [{ action: 'sell' }] }],
    'a number': [400, { permission: [{ action: 'use', constraint: [{ leftOperand: 'dateTime', operator: 'lt', rightOperand: 5 }] }] }],
    'no permission': [400, {}],
    'no policy at all': [400, 'everyone'],
  };
  for (const [what, [status, odrl]] of Object.entries(RULES))
    test(`${what} cannot be written, neither as access nor as contract`, async () => {
      const before = (await owner.client.call('offers')).offers.length;
      const view = (await owner.client.call('offers')).offers[0]!.view as { kind: 'item'; ids: string[]; fields: 'whole' };
      for (const part of ['access', 'contract']) {
        const body = { title: 'x', view, access: { choices: {} }, contract: { choices: {} }, [part]: { odrl } };
        await assert.rejects(
          owner.client.call('createOffer', { body }),
          (error: { status: number; code: string; data: { path: string }; text: { ko: string; en: string } }) => {
            assert.deepEqual([error.status, error.code], [status, status === 422 ? 'policy_not_enforced' : 'policy_malformed']);
            return error.data.path.startsWith('$') && /[가-힣]/.test(error.text.ko) && error.text.en !== error.text.ko;
          },
        );
        await assert.rejects(owner.client.call('readPolicy', { body: { odrl } }), { status });
      }
      assert.equal((await owner.client.call('offers')).offers.length, before);
    });

  describe('in what a partner sends', () => {
    let stranger: Stranger;
    const DUTY = { permission: [{ action: 'use' }], obligation: [{ action: 'delete' }] };
    const dataset = newUrn();
    before(async () => {
      stranger = await openStranger({
        answer: () => ({
          status: 200,
          json: build.dataset(dataset, [build.offer(newUrn(), DUTY)], [build.distribution('HttpData-PULL', 'service')]),
        }),
      });
      await introduce(owner, [stranger]);
    });
    after(() => stranger?.[Symbol.asyncDispose]());

    test('an offer of the partner is not asked for', async () => {
      await assert.rejects(owner.client.call('negotiate', { body: { partner: stranger.did, dataset } }), {
        code: 'policy_not_enforced',
        status: 422,
      });
      assert.equal(
        stranger.heard.some(({ method }) => method === 'POST'),
        false,
      );
    });

    test('a request with it is answered with our own terms, never agreed', async () => {
      const offer = await offerItem(owner);
      const asked = build.messageOffer(offer.id, offer.dataset, DUTY);
      const body = build.contractRequest({ id: newUrn(), consumerPid: newUrn(), callbackAddress: stranger.dsp, offer: asked });
      const { body: opened } = await stranger.signed(owner, { path: '/negotiations/request', body });
      assert.equal((await reaches(owner, opened.providerPid, 'OFFERED', 'AGREED')).state, 'OFFERED');
    });
  });
});

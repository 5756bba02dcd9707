import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { OfferView } from '@madang/core/api/views.ts';
import * as build from '@madang/core/dsp/build.ts';
import { CONTEXT } from '@madang/core/dsp/version.ts';
import { newUrn } from '@madang/core/id.ts';
import type { Choices } from '@madang/core/policy/choices.ts';
import { agree, exchangeAbout, introduce, type Member, type Network, offerItem, openNetwork, reaches } from './network.ts';
import { openStranger } from './stranger.ts';

// Who sees an offer, who gets what it offers, and what is told to those who do not.

let network: Network;
let owner: Member;
let named: Member;
let outsider: Member;
let operator: Member;
let rogue: Member;
const GROUP = '비밀 협력사 모임';

before(async () => {
  network = await openNetwork({ participants: ['owner', 'named-partner', 'outsider', 'operator', 'rogue'] });
  owner = network.member('owner');
  named = network.member('named-partner');
  outsider = network.member('outsider');
  operator = network.member('operator');
  rogue = network.member('rogue');
  await owner.client.call('putPartner', {
    body: { did: named.did, dsp: named.dsp, name: '이름 있는 협력사', shortName: 'named', groups: [GROUP] },
  });
  await owner.client.call('setTrust', { body: { operators: [operator.did] } });
});
after(() => network?.[Symbol.asyncDispose]());

const CATALOG = { path: '/catalog/request', body: { '@context': [CONTEXT], '@type': 'CatalogRequestMessage' } };
const ANY = { permission: [{ action: 'use' }] };
const day = (days: number) => new Date(Date.now() + days * 86_400_000 + 9 * 3_600_000).toISOString().slice(0, 10);
const membership = async (issuer: Member, subject: string, until = day(30)) =>
  (await issuer.client.call('issueMembership', { body: { subject, until } })).jwt;

const request = (offer: string, dataset: string, terms: object = ANY) =>
  build.contractRequest({
    id: newUrn(),
    consumerPid: newUrn(),
    callbackAddress: outsider.dsp,
    offer: build.messageOffer(offer, dataset, terms),
  });

/** All that a participant is answered about an offer: its catalogue, the dataset, a request for it. */
async function answers(who: string, { id, dataset }: Pick<OfferView, 'id' | 'dataset'>, claims: object = {}) {
  const ask = (a: { path: string; body?: unknown }) => network.signed(who, 'owner', { ...a, token: { claims: { ...claims } } });
  return [
    await ask(CATALOG),
    await ask({ path: `/catalog/datasets/${encodeURIComponent(dataset)}` }),
    await ask({ path: '/negotiations/request', body: request(id, dataset) }),
  ] as const;
}

async function sees(who: string, offer: OfferView, claims: object = {}): Promise<boolean> {
  const [catalog, dataset, negotiation] = await answers(who, offer, claims);
  const visible = catalog.text.includes(offer.dataset);
  assert.deepEqual(
    [dataset.status, negotiation.status],
    visible ? [200, 201] : [404, 400],
    'catalogue, dataset and negotiation answer alike',
  );
  if (visible) return true;
  assert.deepEqual([dataset.body.code, negotiation.body.code], ['dataset_unknown', 'offer_unknown']);
  // Not one byte differs from the answers about an offer that does not exist.
  const none = { id: newUrn(), dataset: newUrn() };
  const [, noDataset, noNegotiation] = await answers(who, none, claims);
  const plain = (text: string, { id, dataset: d }: { id: string; dataset: string }) => text.replaceAll(id, 'ID').replaceAll(d, 'DATASET');
  assert.equal(plain(dataset.text, offer), plain(noDataset.text, none));
  assert.equal(plain(negotiation.text, offer), plain(noNegotiation.text, none));
  return false;
}

describe('access: whom an offer is shown', () => {
  const hidden = async (access: Choices, words: readonly string[] = []) => {
    const offer = await offerItem(owner, { access });
    assert.equal(await sees('outsider', offer), false);
    for (const { text } of await answers('outsider', offer))
      for (const word of [...words, '이름 있는', GROUP]) assert.ok(!text.includes(word), `${word} was told`);
    return offer;
  };

  test('named partners', async () => {
    const offer = await hidden({ partners: [named.did] }, [named.did]);
    assert.equal(await sees('named-partner', offer), true);
  });

  test('a group of the address book, from the moment that a partner is in it', async () => {
    const offer = await hidden({ groups: [GROUP] });
    assert.equal(await sees('named-partner', offer), true);
    const entry = { did: outsider.did, dsp: outsider.dsp, name: 'Outsider', shortName: 'outsider' };
    await owner.client.call('putPartner', { body: { ...entry, groups: [GROUP] } });
    assert.equal(await sees('outsider', offer), true);
    await owner.client.call('putPartner', { body: { ...entry, groups: [] } });
    assert.equal(await sees('outsider', offer), false);
  });

  test('members: with a credential that holds, of an operator that the owner trusts', async () => {
    const offer = await hidden({ members: true });
    const shows = (...credentials: string[]) => sees('outsider', offer, { credentials });
    const right = await membership(operator, outsider.did);
    const [head, body, signature] = right.split('.') as [string, string, string];
    const forged = Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(body, 'base64url').toString()), exp: 4_102_444_800 })).toString(
      'base64url',
    );
    assert.equal(await shows(await membership(operator, outsider.did, day(-2))), false, 'expired');
    assert.equal(await shows(await membership(operator, named.did)), false, 'of someone else');
    assert.equal(await shows(await membership(rogue, outsider.did)), false, 'of an operator that is not trusted');
    assert.equal(await shows(await membership(outsider, outsider.did)), false, 'of its own making');
    assert.equal(await shows(`${head}.${forged}.${signature}`), false, 'changed after it was signed');
    assert.equal(await shows('x', 'a.b.c', ''), false, 'garbage');
    assert.equal(await shows('garbage', right), true, 'one that holds counts, whatever stands beside it');
    await owner.client.call('setTrust', { body: { operators: [] } });
    assert.equal(await shows(right), false, 'trust can be taken back');
    await owner.client.call('setTrust', { body: { operators: [operator.did] } });
  });

  test('a purpose that the partner declares', async () => {
    const offer = await hidden({ purposes: ['battery-passport'] });
    assert.equal(await sees('outsider', offer, { purpose: 'quality' }), false);
    assert.equal(await sees('outsider', offer, { purpose: ['battery-passport'] }), false);
    assert.equal(await sees('outsider', offer, { purpose: 'battery-passport' }), true);
  });

  test('a time window', async () => {
    assert.equal(await sees('outsider', await offerItem(owner, { access: { from: day(0), until: day(0) } })), true);
    await hidden({ from: day(1) });
    await hidden({ until: day(-1) });
  });

  test('all at once, and withdrawal', async () => {
    const offer = await hidden({ partners: [named.did, outsider.did], groups: [GROUP] });
    assert.equal(await sees('named-partner', offer), true);
    await owner.client.call('withdrawOffer', { params: { id: offer.id } });
    assert.equal(await sees('named-partner', offer), false);
    await owner.client.call('restoreOffer', { params: { id: offer.id } });
    assert.equal(await sees('named-partner', offer), true);
  });
});

describe('contract: on which terms it is agreed', () => {
  const REFUSED: readonly [what: string, contract: () => Choices, code: string, found: RegExp | null][] = [
    ['another partner', () => ({ partners: [named.did] }), 'partner_not_named', /outsider/],
    ['not in the group', () => ({ groups: [GROUP] }), 'group_not_named', null],
    ['no membership', () => ({ members: true }), 'membership_missing', null],
    ['no purpose', () => ({ purposes: ['battery-passport'] }), 'purpose_missing', null],
    ['too early', () => ({ from: day(1) }), 'too_early', /20/],
    ['too late', () => ({ until: day(-1) }), 'too_late', /20/],
  ];
  for (const [what, contract, code, found] of REFUSED)
    test(`${what}: each side is told what it is entitled to`, async () => {
      const { dataset } = await offerItem(owner, { contract: contract() });
      const { id } = await outsider.client.call('negotiate', { body: { partner: owner.did, dataset } });
      const [told] = (await reaches(outsider, id, 'TERMINATED')).reasons;
      assert.deepEqual([told?.code, told?.clause], [code, '$.permission[0].constraint[0]']);
      assert.ok(/[가-힣]/.test(told?.text.ko ?? '') && /[a-z]/.test(told?.text.en ?? '') && told?.change?.ko && told.change.en);
      assert.match(told.text.ko, /Part/, 'what it is about');
      assert.deepEqual([told.found, told.required], [undefined, undefined]);
      const [kept] = (await reaches(owner, (await exchangeAbout(owner, dataset)).id, 'TERMINATED')).reasons;
      assert.deepEqual([kept?.code, kept?.text], [code, told.text]);
      assert.ok(kept?.required);
      if (found) assert.match(kept.found ?? '', found);
      for (const { client } of [owner, outsider])
        assert.equal(
          (await client.call('agreements')).agreements.some((a) => a.dataset === dataset),
          false,
        );
    });

  test('every clause that does not hold is told, not only the first', async () => {
    const { dataset } = await offerItem(owner, { contract: { partners: [named.did], members: true, purposes: ['cbam'], until: day(-1) } });
    const { id } = await outsider.client.call('negotiate', { body: { partner: owner.did, dataset, purpose: 'quality' } });
    const { reasons } = await reaches(outsider, id, 'TERMINATED');
    assert.deepEqual(
      reasons.map(({ code }) => code),
      ['partner_not_named', 'membership_missing', 'purpose_not_allowed', 'too_late'],
    );
  });

  test('terms that hold are agreed, with the credential from the wallet and the purpose that is given', async () => {
    const offer = await offerItem(owner, { contract: { members: true, purposes: ['battery-passport'] } });
    const { id } = await outsider.client.call('negotiate', {
      body: { partner: owner.did, dataset: offer.dataset, purpose: 'battery-passport' },
    });
    assert.equal((await reaches(outsider, id, 'TERMINATED')).reasons[0]?.code, 'membership_missing');
    await assert.rejects(outsider.client.call('storeCredential', { body: { jwt: await membership(operator, named.did) } }), {
      code: 'credential_not_ours',
    });
    await assert.rejects(outsider.client.call('storeCredential', { body: { jwt: await membership(operator, outsider.did, day(-2)) } }), {
      code: 'credential_invalid',
    });
    await assert.rejects(outsider.client.call('storeCredential', { body: { jwt: 'x.y.z' } }), { code: 'credential_invalid' });
    await outsider.client.call('storeCredential', { body: { jwt: await membership(operator, outsider.did) } });
    await agree(outsider, owner, offer, 'battery-passport');
  });

  test('what crosses the wire to the refused side holds no finding and no third party', async () => {
    await using stranger = await openStranger();
    await introduce(owner, [stranger]);
    const offer = await offerItem(owner, { contract: { partners: [named.did], groups: [GROUP] } });
    const terms = { permission: (offer.contract.odrl as { permission: object[] }).permission };
    const body = { ...request(offer.id, offer.dataset, terms), callbackAddress: stranger.dsp };
    await stranger.signed(owner, { path: '/negotiations/request', body });
    const sent = JSON.stringify((await stranger.hears('ContractNegotiationTerminationMessage')).body);
    for (const word of ['found', 'required', named.did, 'named-partner', '이름 있는', GROUP])
      assert.ok(!sent.includes(word), `${word} was sent: ${sent}`);
    assert.match(sent, /"@language":"ko"/);
    assert.match(sent, /group_not_named/);
  });
});

test('policy try: who would see and get an offer, and why not, without asking anyone', async () => {
  const { id } = await offerItem(owner, { access: { partners: [named.did] }, contract: { until: day(-1) } });
  const { results } = await owner.client.call('tryPolicy', { body: { offer: id } });
  const of = (did: string) => results.find(({ partner }) => partner.did === did);
  assert.deepEqual(
    [of(named.did)?.visible, of(named.did)?.agreed, of(named.did)?.reasons.map(({ code }) => code)],
    [true, false, ['too_late']],
  );
  assert.deepEqual(
    [of(outsider.did)?.visible, of(outsider.did)?.reasons.map(({ code }) => code)],
    [false, ['partner_not_named', 'too_late']],
  );
  const earlier = await owner.client.call('tryPolicy', {
    body: { offer: id, partner: named.did, at: new Date(Date.now() - 3 * 86_400_000).toISOString() },
  });
  assert.deepEqual(
    earlier.results.map(({ agreed }) => agreed),
    [true],
  );
});

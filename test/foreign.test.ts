import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import * as build from '@madang/core/dsp/build.ts';
import { CONTEXT } from '@madang/core/dsp/version.ts';
import { newUrn } from '@madang/core/id.ts';
import { agreementFor, type Counterparty, described, openCounterparty } from './counterparty.ts';
import { exchangeAbout, offerItem, reaches } from './network.ts';

let party: Counterparty;
before(async () => {
  party = await openCounterparty();
});
after(() => party[Symbol.asyncDispose]());

const EDC = 'https://w3id.org/edc/v0.0.1/ns/';
/** In EDC's order: its own context last, `@context` at the end of the message. */
const context = { '@context': [CONTEXT, 'https://w3id.org/edc/dspace/v0.0.1'] };

test('a consumer that spells JSON-LD its own way negotiates and is answered in ours', async () => {
  const { maker, stranger } = party;
  party.answer = ({ method }) => (method === 'GET' ? { status: 404 } : { status: 200 });
  const offer = await offerItem(maker, { contract: { until: '2030-12-31' } });
  const [rule] = (offer.contract.odrl as { permission: { constraint: { operator: string; rightOperand: string }[] }[] }).permission;
  const [until] = rule?.constraint ?? [];
  const consumerPid = newUrn();
  const request = {
    '@id': newUrn(),
    '@type': 'dspace:ContractRequestMessage',
    'dspace:consumerPid': { '@id': consumerPid },
    callbackAddress: `${stranger.dsp}/`,
    offer: {
      '@id': offer.id,
      '@type': ['Offer'],
      'odrl:permission': {
        action: { '@id': 'odrl:use' },
        constraint: { leftOperand: `${EDC}dateTime`, operator: `odrl:${until?.operator}`, rightOperand: until?.rightOperand },
      },
      assigner: maker.did,
      target: { '@id': offer.dataset },
    },
    more: { 'edc:of': 'something' },
    ...context,
  };
  const opened = await stranger.signed(maker, {
    path: '/negotiations/request',
    raw: new TextEncoder().encode(JSON.stringify(request)),
    method: 'POST',
    headers: {},
  });
  assert.equal(opened.status, 201, opened.text);
  const { path, body } = await stranger.hears('ContractAgreementMessage');
  assert.equal(path, `/negotiations/${encodeURIComponent(consumerPid)}/agreement`, 'no second slash');
  const [permission] = body.agreement.permission;
  assert.deepEqual([body['@context'], body.consumerPid, permission.action], [[CONTEXT], consumerPid, 'use']);
  assert.deepEqual(permission.constraint, [
    { leftOperand: `${EDC}dateTime`, operator: until?.operator, rightOperand: until?.rightOperand },
  ]);
  const verified = await stranger.signed(maker, {
    path: `/negotiations/${encodeURIComponent(opened.body.providerPid)}/agreement/verification`,
    body: { '@type': 'ContractAgreementVerificationMessage', consumerPid, providerPid: opened.body.providerPid, ...context },
  });
  assert.equal(verified.status, 200, verified.text);
  await reaches(maker, (await exchangeAbout(maker, offer.dataset)).id, 'FINALIZED');
});

test('a message out of turn is 400, so that no connector takes it for a reason to end everything', async () => {
  const { maker, stranger } = party;
  const offer = await offerItem(maker, { answer: 'manual' });
  const [consumerPid, head] = [newUrn(), { id: newUrn() }];
  const asked = build.messageOffer(offer.id, offer.dataset, { permission: [{ action: 'use' }] });
  const request = build.contractRequest({ ...head, consumerPid, callbackAddress: stranger.dsp, offer: asked });
  const { body } = await stranger.signed(maker, { path: '/negotiations/request', body: request });
  const early = build.contractAgreementVerification({ ...head, consumerPid, providerPid: body.providerPid });
  const path = `/negotiations/${encodeURIComponent(body.providerPid)}/agreement/verification`;
  assert.equal((await stranger.signed(maker, { path, body: early })).status, 400);
  // At once and all together: each is either taken, refused for good, or asked to come again.
  const ends = Array.from({ length: 8 }, (_, i) =>
    build.contractNegotiationTermination({ id: newUrn(), consumerPid, providerPid: body.providerPid, code: `c${i}`, reason: ['over'] }),
  );
  const answers = await Promise.all(
    ends.map((end) => stranger.signed(maker, { path: path.replace('agreement/verification', 'termination'), body: end })),
  );
  assert.ok(answers.some(({ status }) => status === 200));
  for (const { status, text } of answers) assert.ok([200, 400, 503].includes(status), `${status} ${text}`);
});

test('a provider that answers 200 for 201, names its data address in its own namespace, wants the token alone, and ends with one text as reason', async () => {
  const { maker, stranger } = party;
  const asked = await party.asked();
  const pids = { consumerPid: asked.id, providerPid: asked.providerPid };
  const message = { '@type': 'ContractAgreementMessage', ...pids, agreement: agreementFor(party, asked.dataset), ...context };
  const path = (protocol: string, end: string) => `/${protocol}/${encodeURIComponent(asked.id)}/${end}`;
  assert.equal((await stranger.signed(maker, { path: path('negotiations', 'agreement'), body: message })).status, 200);
  await stranger.hears('ContractAgreementVerificationMessage');
  const finalized = { '@type': 'ContractNegotiationEventMessage', ...pids, eventType: 'dspace:FINALIZED', ...context };
  assert.equal((await stranger.signed(maker, { path: path('negotiations', 'events'), body: finalized })).status, 200);
  const { agreement } = await reaches(maker, asked.id, 'FINALIZED');

  const providerPid = newUrn();
  const tokens: (string | undefined)[] = [];
  party.answer = ({ method, path: at, headers, body }) => {
    if (method === 'GET' && at === '/public') {
      tokens.push(headers.authorization);
      return headers.authorization === 'edr' ? { status: 200, text: 'bytes' } : { status: 403 };
    }
    return {
      status: 200,
      json: { '@id': providerPid, '@type': 'TransferProcess', state: 'REQUESTED', providerPid, consumerPid: body.consumerPid, ...context },
    };
  };
  const { id } = await maker.client.call('transfer', { body: { agreement: agreement ?? '' } });
  await stranger.hears('TransferRequestMessage');
  const property = (name: string, value: string) => ({ '@type': 'EndpointProperty', name: EDC + name, value });
  const start = {
    '@type': 'TransferStartMessage',
    providerPid,
    consumerPid: id,
    dataAddress: {
      '@type': 'DataAddress',
      endpointType: 'https://w3id.org/idsa/v4.1/HTTP',
      endpointProperties: [
        property('endpoint', `${stranger.dsp}/public`),
        property('authType', 'bearer'),
        property('authorization', 'edr'),
      ],
    },
    ...context,
  };
  assert.equal((await stranger.signed(maker, { path: `/transfers/${encodeURIComponent(id)}/start`, body: start })).status, 200);
  const { transfer } = await reaches(maker, id, 'COMPLETED');
  assert.equal(transfer?.file?.sha256, createHash('sha256').update('bytes').digest('hex'));
  assert.deepEqual(tokens, ['Bearer edr', 'edr']);

  const other = await party.asked();
  const termination = {
    '@type': 'ContractNegotiationTerminationMessage',
    consumerPid: other.id,
    providerPid: other.providerPid,
    reason: 'no longer wanted',
    ...context,
  };
  const ended = await stranger.signed(maker, { path: `/negotiations/${encodeURIComponent(other.id)}/termination`, body: termination });
  assert.equal(ended.status, 200, ended.text);
  const { reasons } = await reaches(maker, other.id, 'TERMINATED');
  assert.equal(reasons[0]?.text.en, 'no longer wanted');
});

test('a catalogue with a dataset that nobody can ask for still shows the others', async () => {
  const { maker, stranger } = party;
  const { '@context': _, ...good } = described('good');
  const bad = {
    '@id': 'bad',
    '@type': 'Dataset',
    'dct:title': 'Without a rule',
    hasPolicy: [{ '@id': 'x', '@type': 'Offer' }],
    distribution: [],
  };
  party.answer = () => ({
    status: 200,
    json: { '@id': 'c', '@type': 'Catalog', participantId: stranger.did, dataset: [good, bad], ...context },
  });
  const { datasets } = await maker.client.call('catalog', { body: { partner: stranger.did, refresh: true } });
  const shown = datasets.map((d) => [d.id, d.title, d.formats] as const).toSorted(([a], [b]) => a.localeCompare(b));
  assert.deepEqual(shown, [
    ['bad', 'Without a rule', []],
    ['good', 'good', ['HttpData-PULL']],
  ]);
  party.answer = () => ({ status: 200, json: { ...bad, ...context } });
  await assert.rejects(maker.client.call('negotiate', { body: { partner: stranger.did, dataset: 'bad' } }), { code: 'policy_malformed' });
});

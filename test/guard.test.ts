import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { contentHash } from '@madang/core/canonical.ts';
import * as build from '@madang/core/dsp/build.ts';
import { newUrn } from '@madang/core/id.ts';
import { apply } from '@madang/server/protocol/apply.ts';
import { freshDatabase } from './database.ts';
import { exchangeAbout, introduce, type Member, type Network, offerItem, openNetwork, reaches, writeItem } from './network.ts';
import { type Heard, openStranger, type Reply, type Stranger } from './stranger.ts';
import { send } from './wire.ts';

// What a partner whose server is not ours cannot do to a house, by what it answers, refuses or sends.

let network: Network;
let maker: Member;
let supplier: Member;
let stranger: Stranger;
let answer: (heard: Heard) => Reply | Promise<Reply> | undefined = () => undefined;
const NO: Reply = { status: 400, json: { code: 'no', reason: ['싫습니다'] } };

before(async () => {
  stranger = await openStranger({ answer: (heard) => answer(heard) ?? { status: 200 } });
  network = await openNetwork({ participants: ['maker', 'supplier'] });
  maker = network.member('maker');
  supplier = network.member('supplier');
  await introduce(maker, [stranger]);
});
after(async () => {
  await network?.[Symbol.asyncDispose]();
  await stranger?.[Symbol.asyncDispose]();
});
const TERMS = { permission: [{ action: 'use' }] };

/** An agreement in force between a house and the stranger, without the way to it. Returns its id, which is its dataset's too. */
async function agreed(of: string, role: 'consumer' | 'provider', dataset: string = newUrn()): Promise<string> {
  const { context } = network.server;
  const house = context.houses.get(of);
  const id = newUrn();
  const timestamp = new Date().toISOString();
  const [assigner, assignee] = role === 'consumer' ? [stranger.did, house.did] : [house.did, stranger.did];
  const document = build.agreement({ id, target: dataset, assigner, assignee, timestamp }, TERMS);
  const about = { protocol: 'negotiation', role, peer: stranger.did, peerPid: newUrn(), peerAddress: stranger.dsp } as const;
  const move = { from: null, to: 'FINALIZED', message: 'seed', sender: 'me', agreement: { id, document, signedAt: timestamp } } as const;
  await apply(context, house, { create: { id: newUrn(), ...about, dataset, title: 'x', content: {} }, moves: [move] });
  return id;
}

describe('what a provider has closed, no refusal of the consumer opens again', { concurrency: 3 }, () => {
  const CLOSINGS = [
    ['suspend', 'SUSPENDED'],
    ['complete', 'COMPLETED'],
    ['terminate', 'TERMINATED'],
  ] as const;
  for (const [action, state] of CLOSINGS)
    test(action, async () => {
      answer = ({ path }) => (/suspension|completion|termination/.test(path) ? NO : undefined);
      const { dataset } = await offerItem(supplier);
      const agreementId = await agreed('supplier', 'provider', dataset);
      const consumerPid = newUrn();
      const request = build.transferRequest({
        id: newUrn(),
        consumerPid,
        agreementId,
        format: 'HttpData-PULL',
        callbackAddress: stranger.dsp,
      });
      const { body } = await stranger.signed(supplier, { path: '/transfers/request', body: request });
      await reaches(supplier, body.providerPid, 'STARTED');
      let start: Heard | undefined;
      while (!start) {
        start = stranger.heard.find((one) => one.body?.['@type'] === 'TransferStartMessage' && one.body.consumerPid === consumerPid);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      const { endpoint, endpointProperties } = start.body.dataAddress;
      const authorization = `Bearer ${endpointProperties.find((p: { name: string }) => p.name === 'authorization').value}`;
      const pull = async () => (await send(endpoint, { path: '', headers: { authorization } })).status;
      assert.equal(await pull(), 200);
      await supplier.client.call('act', { params: { id: body.providerPid }, body: { action, reason: '그만합니다.' } });
      for (let refused = false; !refused; ) {
        const { steps } = await supplier.client.call('exchange', { params: { id: body.providerPid } });
        refused = steps.at(-1)?.message === 'refused';
      }
      const closed = await supplier.client.call('exchange', { params: { id: body.providerPid } });
      assert.equal(closed.state, state);
      assert.deepEqual(
        closed.reasons.map(({ text }) => text.ko),
        action === 'complete' ? [] : ['그만합니다.'],
        'and why it was closed stays',
      );
      assert.equal(closed.steps.at(-1)?.reasons[0]?.code, 'no', 'the history tells the refusal');
      assert.equal(await pull(), 403);
    });
});

describe('what a partner gives', () => {
  /** Fetches records from the stranger under an agreement; the transfer as it ends. */
  async function give(...list: { kind: string; id: string; body: unknown }[]) {
    const id = await agreed('maker', 'consumer');
    const records = await Promise.all(list.map(async (record) => ({ version: 1, hash: await contentHash(record.body), ...record })));
    const headers = { 'content-type': 'application/vnd.madang.records+ndjson' };
    const text = records.map((record) => `${JSON.stringify(record)}\n`).join('');
    answer = ({ path, body }) => {
      if (path === '/transfers/request')
        return { status: 201, json: build.transferProcess({ consumerPid: body.consumerPid, providerPid: id, state: 'REQUESTED' }) };
      return path === `/data/${id}` ? { status: 200, headers, text } : undefined;
    };
    const transfer = await maker.client.call('transfer', { body: { agreement: id } });
    const dataAddress = build.dataAddress('HTTP', `${stranger.dsp}/data/${id}`, { authorization: 'secret', authType: 'bearer' });
    const message = build.transferStart({ id: newUrn(), consumerPid: transfer.id, providerPid: id, dataAddress });
    await stranger.signed(maker, { path: `/transfers/${transfer.id}/start`, body: message });
    return reaches(maker, transfer.id, 'COMPLETED', 'TERMINATED');
  }

  const line = (item: string, id: string, quantity: string) => ({
    item,
    line: id,
    type: 'process',
    name: id,
    component: null,
    supplier: null,
    quantity,
    unit: 'kilogram',
    stage: 'production',
    factor: { value: '1', dataType: 'primary', source: 's', status: 'verified' },
  });

  test('says nothing about our own product: lines of a bill of materials that it sends are not ours', async () => {
    const item = await writeItem(maker);
    const others = await writeItem(maker);
    await maker.client.call('writeRecord', { params: { kind: 'bom-line', id: 'own-1' }, body: line(item, '1', '5') });
    const coverage = () => maker.client.call('coverage', { params: { item } });
    const before = await coverage();
    const { state } = await give(
      { kind: 'bom-line', id: 'l', body: line(item, '2', '-1000') },
      { kind: 'bom-line', id: 'm', body: line(others, '1', '1') },
      { kind: 'bom-line', id: 'n', body: {} },
    );
    assert.equal(state, 'COMPLETED');
    assert.deepEqual(await coverage(), before);
    await assert.rejects(maker.client.call('coverage', { params: { item: others } }), { code: 'bom_missing' });
    assert.equal((await maker.client.call('chain', { query: {} })).item, item);
  });

  test('is not offered on to others', async () => {
    const { received } = await give({ kind: 'item', id: 'part', body: { name: 'x' } });
    const view = { kind: 'item' as const, ids: [received[0]?.id ?? ''], fields: 'whole' as const };
    const everyone = { choices: {} };
    await assert.rejects(
      maker.client.call('createOffer', { body: { title: 'x', view, access: everyone, contract: everyone, answer: 'auto' } }),
      { code: 'record_not_ours' },
    );
  });

  test('as a passport is one, so that the room of passports still opens', async () => {
    for (const body of [
      {},
      { id: 'javascript:alert(1)', name: { ko: '가', en: 'a' }, attributes: {} },
      { id: 'https://x.example', name: 'x', attributes: {} },
    ]) {
      const { state, reasons } = await give({ kind: 'passport', id: 'p', body });
      assert.deepEqual([state, reasons[0]?.code], ['TERMINATED', 'passport_invalid']);
    }
    const right = {
      id: 'https://maker.example/passports/m/1',
      name: { ko: '팩', en: 'Pack' },
      attributes: { batteryChemistry: { state: 'given', value: 'NMC' } },
    };
    assert.equal((await give({ kind: 'passport', id: 'p', body: right })).state, 'COMPLETED');
    const { passports } = await maker.client.call('passports', {});
    assert.deepEqual(
      passports.map(({ url }) => url),
      [right.id],
    );
  });

  test('under a token that no header can carry ends the transfer', async () => {
    const id = await agreed('maker', 'consumer');
    answer = ({ path, body }) =>
      path === '/transfers/request'
        ? { status: 201, json: build.transferProcess({ consumerPid: body.consumerPid, providerPid: id, state: 'REQUESTED' }) }
        : undefined;
    const transfer = await maker.client.call('transfer', { body: { agreement: id } });
    const dataAddress = build.dataAddress('HTTP', `${stranger.dsp}/data/${id}`, { authorization: 'a\r\nx: y', authType: 'bearer' });
    await stranger.signed(maker, {
      path: `/transfers/${transfer.id}/start`,
      body: build.transferStart({ id: newUrn(), consumerPid: transfer.id, providerPid: id, dataAddress }),
    });
    const { reasons } = await reaches(maker, transfer.id, 'TERMINATED');
    assert.equal(reasons[0]?.code, 'pull_unreadable');
  });
});

test('a name that escapes to no text cannot come in: a room that lists partners always opens', async () => {
  const iss = `${stranger.did}:%C0%80`;
  const { status, body } = await stranger.signed(maker, {
    path: '/catalog/request',
    body: build.catalogRequest(),
    token: { claims: { iss, sub: iss }, header: { kid: `${iss}#k` } },
  });
  assert.deepEqual([status, body.code], [401, 'token_invalid']);
  await introduce(maker, [{ did: iss, dsp: stranger.dsp }]).catch(() => {});
  await maker.client.call('home', {});
});

test('a message larger than any is refused before it is kept', async () => {
  const offer = { ...build.messageOffer(newUrn(), newUrn(), TERMS), pad: 'x'.repeat(300_000) };
  const message = build.contractOffer({ id: newUrn(), providerPid: newUrn(), callbackAddress: stranger.dsp, offer: offer as never });
  const { status, body } = await stranger.signed(maker, { path: '/negotiations/offers', body: message });
  assert.deepEqual([status, body.code], [413, 'too_large']);
});

test('an answer with a process id that cannot be kept holds up nothing else', async () => {
  const dataset = newUrn();
  answer = ({ method }) =>
    method === 'GET'
      ? { status: 200, json: build.dataset(dataset, [build.offer(newUrn(), TERMS)], [build.distribution('HttpData-PULL', 'service')]) }
      : { status: 201, json: { providerPid: 'x'.repeat(100_000) } };
  const { id } = await maker.client.call('negotiate', { body: { partner: stranger.did, dataset } });
  const delivered = async () => (await maker.client.call('exchange', { params: { id } })).steps[0]?.pending === null;
  for (const end = Date.now() + 3_000; !(await delivered()); ) assert.ok(Date.now() < end, 'it is noted as delivered');
});

test('two products of one dataset asked for at once are one negotiation and one transfer; another purpose is another', async () => {
  const ids = [await writeItem(supplier), await writeItem(supplier)];
  const everyone = { choices: {} };
  const offer = await supplier.client.call('createOffer', {
    body: { title: 'Both', view: { kind: 'item', ids, fields: 'whole' }, access: everyone, contract: everyone, answer: 'auto' },
  });
  const obtain = (product: string, purpose?: string) =>
    maker.client.call('obtain', { body: { partner: supplier.did, product, kind: 'item', ...(purpose ? { purpose } : {}) } });
  const both = await Promise.all(ids.map((id) => obtain(id)));
  assert.deepEqual(
    both.map(({ status }) => status),
    ['received', 'received'],
  );
  assert.deepEqual([both[0]?.negotiation, both[0]?.transfer], [both[1]?.negotiation, both[1]?.transfer]);
  const other = await obtain(ids[0] ?? '', 'battery-passport');
  assert.equal(other.status, 'received');
  assert.notEqual(other.negotiation, both[0]?.negotiation);
  assert.equal((await obtain(ids[0] ?? '')).negotiation, both[0]?.negotiation);
  await exchangeAbout(supplier, offer.dataset);
});

test('a participant may be called anything that a name may be', async () => {
  const member = await network.host('error');
  await introduce(member, [supplier]);
  const { dataset } = await offerItem(supplier);
  assert.equal((await member.client.call('obtain', { body: { partner: supplier.did, dataset, kind: 'item' } })).status, 'received');
});

test('a form of another site signs nobody in', async () => {
  const body = JSON.stringify({ key: maker.key });
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])
    assert.equal(
      (await fetch(`${network.url}/api/session`, { method: 'POST', headers: { 'content-type': type }, body })).status,
      400,
      type,
    );
});

test('with another master key the server does not start, and nothing under way is ended by it', async () => {
  const database = await freshDatabase();
  try {
    const first = await openNetwork({ participants: ['maker'], database });
    const { dataset } = await offerItem(first.member('maker'));
    const port = new URL(first.url).port;
    await first[Symbol.asyncDispose]();
    const settings = { MADANG_PORT: port, MADANG_MASTER_KEY: randomBytes(32).toString('base64') };
    await assert.rejects(openNetwork({ participants: [], database, settings }), { code: 'wrong_master_key' });
    assert.ok(dataset);
  } finally {
    await database.drop();
  }
});

test('a search finds records by what they say now, not by what they said before', async () => {
  const id = await writeItem(maker);
  const find = async (q: string) =>
    (await maker.client.call('records', { params: { kind: 'item' }, query: { q } })).records.map((r) => [r.id, r.version]);
  const body = {
    id,
    productIds: [`urn:test:product-id:${id}`],
    name: { ko: '새 부품', en: 'Renamed' },
    declaredUnit: 'kilogram',
    massPerUnit: '1',
  };
  await maker.client.call('writeRecord', { params: { kind: 'item', id }, body: { ...body, name: { ko: '옛 부품', en: 'Oldname' } } });
  await maker.client.call('writeRecord', { params: { kind: 'item', id }, body });
  assert.deepEqual([await find('oldname'), await find('renamed')], [[], [[id, 3]]]);
});

import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import * as build from '@madang/core/dsp/build.ts';
import type { DataAddress } from '@madang/core/dsp/types.ts';
import { newUrn } from '@madang/core/id.ts';
import { apply } from '@madang/server/protocol/apply.ts';
import {
  agreed,
  bytesOf,
  type Cutter,
  detail,
  download,
  offerView,
  openTwoApart,
  sha256,
  type Two,
  type TwoApart,
  transferOf,
  until,
  upload,
  writeItems,
} from './data.ts';
import { introduce, type Member, type Network, offerItem, openNetwork, reaches } from './network.ts';
import { type Heard, openStranger, type Reply, type Stranger } from './stranger.ts';
import { send } from './wire.ts';

describe('a push from one of our houses to another', () => {
  let apart: TwoApart;
  let two: Two;
  let cutter: Cutter;
  before(async () => {
    apart = await openTwoApart('consumer');
    ({ two, cutter } = apart);
  });
  after(() => apart?.[Symbol.asyncDispose]());

  const both = async ({ mine, theirs }: { mine: string; theirs: string }) => {
    await reaches(two.provider, theirs, 'COMPLETED');
    return reaches(two.consumer, mine, 'COMPLETED');
  };

  test('records are stored as records', async () => {
    const ids = await writeItems(two.provider, 3);
    const t = await transferOf(
      two,
      await offerView(two.provider, { kind: 'item', ids, fields: 'whole' }),
      'HttpData-PUSH',
      'STARTED',
      'COMPLETED',
    );
    const { received, transfer, steps } = await both(t);
    assert.deepEqual(new Set(received.map(({ id }) => id)), new Set(ids.map((id) => `${two.provider.did}#${id}`)));
    assert.deepEqual([transfer?.format, transfer?.kind], ['HttpData-PUSH', 'records']);
    assert.deepEqual(
      steps.map(({ sender, message }) => `${sender} ${message}`),
      ['me TransferRequestMessage', 'them TransferStartMessage', 'them TransferCompletionMessage'],
    );
  });

  test('a file comes whole, however often the connection breaks', async () => {
    const bytes = bytesOf(3_000_000, 9) as Buffer<ArrayBuffer>;
    const hash = await upload(two.provider, bytes, '시험성적서.pdf');
    const offer = await offerView(two.provider, { kind: 'file', sha256: hash });
    const { agreement } = await agreed(two, offer);
    const before = cutter.cuts;
    let left = 4;
    apart.cutAfter(() => (left-- > 0 ? randomInt(100_000, 2_500_000) : undefined));
    const { id } = await two.consumer.client.call('transfer', { body: { agreement, format: 'HttpData-PUSH' } });
    const { transfer } = await until(
      () => detail(two.consumer, id),
      ({ state }) => state === 'COMPLETED' || state === 'TERMINATED',
    );
    apart.cutAfter();
    assert.ok(cutter.cuts > before);
    assert.deepEqual(
      [transfer?.file?.sha256, transfer?.file?.name, transfer?.file?.mediaType],
      [hash, '시험성적서.pdf', 'application/pdf'],
    );
    const kept = await download({ ...two.consumer, management: two.consumer.management }, hash);
    assert.equal(sha256(kept), hash);
  });

  test('nobody else sends anything in its place, and nothing that was not asked for is taken', async () => {
    const ids = await writeItems(two.provider, 1);
    const offer = await offerView(two.provider, { kind: 'item', ids, fields: 'whole' });
    const done = await transferOf(two, offer, 'HttpData-PUSH', 'COMPLETED');
    const pulled = await transferOf(two, offer, 'HttpData-PULL', 'COMPLETED');
    const base = two.consumer.dsp.replace(/\/dsp\/.*$/, '/inbox/');
    const post = async (id: string, authorization = 'Bearer x') => {
      const { status, body } = await send(base, { path: encodeURIComponent(id), body: {}, headers: { authorization } });
      return [status, body.error.code];
    };
    for (const id of [done.mine, done.theirs, pulled.mine, newUrn()]) assert.deepEqual(await post(id), [401, 'pull_token_invalid']);
    assert.deepEqual(await post(done.mine, `Bearer ${two.consumer.key}`), [401, 'pull_token_invalid']);
    const { content } = await two.at.provider.server.context.store.call<{ content: { dataAddress: DataAddress } }>(
      'exchange_read',
      'supplier',
      { id: done.theirs },
    );
    const token = content.dataAddress.endpointProperties?.find(({ name }) => name === 'authorization')?.value ?? '';
    assert.deepEqual(await post(done.mine, `Bearer ${token}`), [403, 'transfer_not_running']);
    assert.deepEqual(await post(pulled.mine, `Bearer ${token}`), [401, 'pull_token_invalid']);
  });
});

describe('a push to a connector of another make', () => {
  let network: Network;
  let supplier: Member;
  let stranger: Stranger;
  const replies = new Map<string, (heard: Heard) => Reply>();
  before(async () => {
    stranger = await openStranger({ answer: (heard) => replies.get(heard.path)?.(heard) ?? { status: 200 } });
    network = await openNetwork({ participants: ['supplier'] });
    supplier = network.member('supplier');
    await introduce(supplier, [stranger]);
  });
  after(async () => {
    await network?.[Symbol.asyncDispose]();
    await stranger?.[Symbol.asyncDispose]();
  });

  /** The stranger asks for a push of an item; answers the provider's id of the transfer, or the error. */
  async function asks(
    dataAddress: DataAddress | undefined,
  ): Promise<{ id: string; code: string | undefined; item: string; consumerPid: string }> {
    const { context } = network.server;
    const house = context.houses.get('supplier');
    const offer = await offerItem(supplier);
    const agreement = newUrn();
    const timestamp = new Date().toISOString();
    const document = build.agreement(
      { id: agreement, target: offer.dataset, assigner: house.did, assignee: stranger.did, timestamp },
      { permission: [{ action: 'use' }] },
    );
    const about = { protocol: 'negotiation', role: 'provider', peer: stranger.did, peerPid: newUrn(), peerAddress: stranger.dsp } as const;
    const move = {
      from: null,
      to: 'FINALIZED',
      message: 'seed',
      sender: 'me',
      agreement: { id: agreement, document, signedAt: timestamp },
    } as const;
    await apply(context, house, { create: { id: newUrn(), ...about, dataset: offer.dataset, title: 'x', content: {} }, moves: [move] });
    const consumerPid = newUrn();
    const request = { id: newUrn(), consumerPid, agreementId: agreement, format: 'HttpData-PUSH', callbackAddress: stranger.dsp };
    const body = build.transferRequest(dataAddress ? { ...request, dataAddress } : request);
    const answer = await stranger.signed(supplier, { path: '/transfers/request', body });
    const item = 'ids' in offer.view ? (offer.view.ids[0] ?? '') : '';
    return { id: answer.body.providerPid, code: answer.body.code, item, consumerPid };
  }

  const address = (path: string, properties: Record<string, string> = {}, base = stranger.dsp) =>
    build.dataAddress('HTTP', base + path, properties);
  const posted = (path: string) => stranger.heard.filter((heard) => heard.path === path);

  test('sends JSON with the credentials that it gave, after the start, and then completes', async () => {
    for (const [properties, header] of [
      [{ authorization: 'secret', authType: 'bearer' }, 'Bearer secret'],
      [{ authorization: 'Bearer secret', authType: 'bearer' }, 'Bearer secret'],
      [{ authorization: 'Basic eDp5' }, 'Basic eDp5'],
      [{}, undefined],
    ] as const) {
      const path = `/sink/${newUrn()}`;
      const { id, item, consumerPid } = await asks(address(path, properties));
      await reaches(supplier, id, 'COMPLETED');
      const [heard] = posted(path);
      assert.deepEqual([heard?.method, heard?.headers.authorization, heard?.headers['content-type']], ['POST', header, 'application/json']);
      assert.deepEqual([heard?.body.records.length, heard?.body.records[0].id], [1, item]);
      const mine = (type: string) => stranger.heard.findIndex(({ body }) => body?.['@type'] === type && body.consumerPid === consumerPid);
      await until(
        async () => mine('TransferCompletionMessage'),
        (at) => at >= 0,
      );
      const order = [mine('TransferStartMessage'), stranger.heard.indexOf(heard as Heard), mine('TransferCompletionMessage')];
      assert.deepEqual(
        order,
        order.toSorted((a, b) => a - b),
      );
      assert.equal(stranger.heard[order[0] ?? 0]?.body.dataAddress, undefined);
    }
  });

  test('a server that is away for a moment gets all of it again', async () => {
    const path = `/sink/${newUrn()}`;
    let tries = 0;
    replies.set(path, () => (++tries === 1 ? 'close' : tries === 2 ? { status: 503 } : { status: 204 }));
    const { id, item } = await asks(address(path));
    await reaches(supplier, id, 'COMPLETED');
    assert.deepEqual(
      posted(path).map(({ body }) => body.records[0].id),
      [item, item, item],
    );
  });

  const REFUSALS: readonly [what: string, code: string, reply: Reply][] = [
    ['refuses', 'push_refused', { status: 403, text: 'no' }],
    ['answers with a page', 'push_refused', { status: 404, headers: { 'content-type': 'text/html' }, text: '<h1>Not found</h1>' }],
    ['leads elsewhere', 'push_refused', { status: 307, headers: { location: 'http://10.0.0.1/' } }],
  ];
  for (const [what, code, reply] of REFUSALS)
    test(`a server that ${what} ends it, with the reason`, async () => {
      const path = `/sink/${newUrn()}`;
      replies.set(path, () => reply);
      const { id } = await asks(address(path));
      const { reasons } = await reaches(supplier, id, 'TERMINATED');
      assert.equal(reasons[0]?.code, code);
      assert.equal(posted(path).length, 1);
    });

  test('an inner address is never called', async () => {
    for (const base of ['http://10.0.0.1', 'http://169.254.169.254', 'http://[fd00::1]']) {
      const { id } = await asks(address('/x', {}, base));
      const { reasons } = await reaches(supplier, id, 'TERMINATED');
      assert.equal(reasons[0]?.code, 'outbound_forbidden');
    }
  });

  test('without an address to send to there is no push', async () => {
    for (const given of [undefined, build.dataAddress('HTTP'), address('', {}, 'file:///etc/passwd'), address('', {}, 'nowhere')])
      assert.equal((await asks(given)).code, 'data_address_missing');
  });
});

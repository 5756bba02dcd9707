import assert from 'node:assert/strict';
import { after, before, describe, mock, test } from 'node:test';
import { newUrn } from '@madang/core/id.ts';
import { connect } from '@madang/server/db/connect.ts';
import { getExchange } from '@madang/server/protocol/find.ts';
import { pullToken } from '@madang/server/transfer/token.ts';
import { offerView, openTwo, type Two, transferOf, writeItems } from './data.ts';
import type { Member } from './network.ts';
import { type Answer, send } from './wire.ts';

/** Two servers; the consumer fetches nothing by itself, so that a transfer stays open. */
let two: Two;
before(async () => {
  two = await openTwo({
    provider: { participants: ['supplier', 'other'] },
    consumer: { participants: ['maker', 'third'], reactions: { pull: async () => ({ result: 'done' }) } },
  });
});
after(() => two?.[Symbol.asyncDispose]());

const get = (url: string, authorization?: string): Promise<Answer> =>
  send(url, { path: '', ...(authorization === undefined ? {} : { headers: { authorization } }) });
const codeOf = ({ status, body }: Answer) => [status, body.error?.code];
const addressOf = (id: string, member: Member = two.consumer) => member.client.call('dataAddress', { params: { id } });

async function opened(): Promise<{ mine: string; theirs: string }> {
  const ids = await writeItems(two.provider, 1);
  return transferOf(two, await offerView(two.provider, { kind: 'item', ids, fields: 'whole' }), 'HttpData-PULL', 'STARTED');
}

/** A token as the provider would have made it at another time, or for another run. */
async function made(id: string, { minutes = 0, run = 1 } = {}): Promise<string> {
  const { context } = two.at.provider.server;
  const house = context.houses.get('supplier');
  const exchange = await getExchange(context, house, id);
  const now = Date.now();
  const clock = mock.method(Date, 'now', () => now - minutes * 60_000);
  const token = pullToken(context, house, exchange, run);
  clock.mock.restore();
  return `Bearer ${token}`;
}

describe('a pull token', () => {
  test('opens what it is for until it runs out, and says so then', async () => {
    const t = await opened();
    const { endpoint, authorization, expiresAt } = await addressOf(t.mine);
    assert.ok(Date.parse(expiresAt ?? '') > Date.now() + 13 * 60_000);
    assert.equal((await get(endpoint, authorization)).status, 200);
    assert.equal((await get(endpoint, await made(t.theirs, { minutes: 14 }))).status, 200);
    assert.deepEqual(codeOf(await get(endpoint, await made(t.theirs, { minutes: 16 }))), [401, 'pull_token_expired']);
  });

  test('of another transfer, another run, changed anywhere, or made up opens nothing and does not say why', async () => {
    const [t, other] = [await opened(), await opened()];
    const { endpoint, authorization } = await addressOf(t.mine);
    const [head = '', run = '', until = '', mac = ''] = /^Bearer (\d+)\.(\d+)\.(.+)$/.exec(authorization)?.map((part) => part) ?? [];
    assert.ok(head);
    for (const wrong of [
      undefined,
      '',
      'Bearer',
      `Bearer ${mac}`,
      (await addressOf(other.mine)).authorization,
      await made(t.theirs, { run: 2 }),
      await made(t.theirs, { run: 2, minutes: 16 }),
      `Bearer ${run}.${Number(until) + 1}.${mac}`,
      `Bearer ${run}.${until}.${mac.slice(1)}A`,
      `Bearer ${run}.${until}.${mac.toUpperCase()}`,
      `Bearer ${run}.${until}.${'A'.repeat(43)}`,
      `Bearer 9${run}.${until}.${mac}`,
      `Bearer ${two.provider.key}`,
    ])
      assert.deepEqual(codeOf(await get(endpoint, wrong)), [401, 'pull_token_invalid'], wrong);
    assert.deepEqual(codeOf(await get(endpoint.replace(encodeURIComponent(t.theirs), newUrn()), authorization)), [
      401,
      'pull_token_invalid',
    ]);
    assert.deepEqual(codeOf(await get(endpoint.replace('/supplier/', '/other/'), authorization)), [401, 'pull_token_invalid']);
    assert.equal((await get(endpoint, authorization)).status, 200);
  });

  test('is renewed once for all who ask at the same time; the one before stays good', async () => {
    const t = await opened();
    const first = await addressOf(t.mine);
    const sql = connect(two.at.consumer.database.owner);
    const soon = new Date(Date.now() + 30_000).toISOString();
    await sql`update exchange set content = content || ${sql.json({ tokenUntil: soon })} where id = ${t.mine}`;
    await sql.end();
    const many = await Promise.all(Array.from({ length: 20 }, () => addressOf(t.mine)));
    const tokens = new Set(many.map(({ authorization }) => authorization));
    assert.equal(tokens.size, 1);
    // Made in the same second it is the same token.
    assert.ok(many.every(({ expiresAt }) => Date.parse(expiresAt ?? '') > Date.parse(soon) + 10 * 60_000));
    for (const authorization of [first.authorization, ...tokens]) assert.equal((await get(first.endpoint, authorization)).status, 200);
  });

  test('is renewed for its own consumer only, with a proof that is used once, while the transfer runs', async () => {
    const t = await opened();
    const { endpoint } = await addressOf(t.mine);
    const proof = (from: string) => two.at.consumer.signed(from, { did: two.provider.did, dsp: endpoint }, { path: '/token', body: {} });
    const { status, body } = await proof('maker');
    assert.deepEqual([status, body.authType, body.expiresIn], [200, 'bearer', 900]);
    assert.equal((await get(endpoint, `Bearer ${body.authorization}`)).status, 200);
    assert.deepEqual(codeOf(await proof('third')), [404, 'not_found']);
    assert.deepEqual(codeOf(await send(`${endpoint}/token`, { path: '', body: {} })), [401, 'token_missing']);
    const again = await two.at.consumer.signed(
      'maker',
      { did: two.provider.did, dsp: endpoint },
      { path: '/token', body: {}, token: { claims: { jti: 'one' } } },
    );
    assert.equal(again.status, 200);
    const claims = { jti: 'one' };
    assert.deepEqual(
      codeOf(
        await two.at.consumer.signed('maker', { did: two.provider.did, dsp: endpoint }, { path: '/token', body: {}, token: { claims } }),
      ),
      [401, 'token_reused'],
    );
    await two.provider.client.call('act', { params: { id: t.theirs }, body: { action: 'suspend' } });
    assert.deepEqual(codeOf(await proof('maker')), [403, 'transfer_not_running']);
  });

  test('there is none of a transfer of ours as provider, of one that does not run, of someone else’s', async () => {
    const t = await opened();
    await assert.rejects(addressOf(t.theirs, two.provider), { code: 'data_address_none' });
    await assert.rejects(addressOf(t.mine, two.at.consumer.member('third')), { code: 'not_found' });
    await two.consumer.client.call('act', { params: { id: t.mine }, body: { action: 'terminate' } });
    await assert.rejects(addressOf(t.mine), { code: 'data_address_none' });
  });
});

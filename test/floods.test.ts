import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as build from '@madang/core/dsp/build.ts';
import { newUrn } from '@madang/core/id.ts';
import { connect } from '@madang/server/db/connect.ts';
import { ANY, type Counterparty, OTHER, openCounterparty } from './counterparty.ts';
import { offerItem, reaches } from './network.ts';
import type { Answer } from './wire.ts';

// What a partner may ask of us without end, and where it may be answered.

let party: Counterparty;
before(async () => {
  party = await openCounterparty();
});
after(() => party?.[Symbol.asyncDispose]());

/** A request of the stranger for an offer of the supplier. */
const request = (
  offer: { id: string; dataset: string },
  more: { callbackAddress?: string; consumerPid?: string } = {},
): Promise<Answer> => {
  const head = { id: newUrn(), consumerPid: newUrn(), callbackAddress: party.stranger.dsp, ...more };
  const body = build.contractRequest({ ...head, offer: build.messageOffer(offer.id, offer.dataset, ANY) });
  return party.stranger.signed(party.supplier, { path: '/negotiations/request', body });
};

test('who has a thousand under way gets no further one, a repetition gets its own, and others are served', async () => {
  const offer = await offerItem(party.supplier, { answer: 'manual' });
  const { openings } = party.network.server.context;
  const consumerPid = newUrn();
  assert.equal((await request(offer, { consumerPid })).status, 201);
  const owner = connect(party.network.database.owner);
  try {
    const { did, dsp } = party.stranger;
    await owner.begin(async (sql) => {
      await sql`select set_participant('supplier')`;
      await sql`
        insert into exchange (participant, id, protocol, role, peer, peer_pid, peer_address, state, dataset, title, content, steps)
        select 'supplier', 'flood ' || n, 'negotiation', 'provider', ${did}, 'pid ' || n, ${dsp}, 'REQUESTED', 'd', 't', '{}', 1 from generate_series(1, 1000) n`;
      await sql`
        insert into step (participant, exchange, seq, message, sender, state)
        select 'supplier', 'flood ' || n, 1, 'ContractRequestMessage', 'them', 'REQUESTED' from generate_series(1, 1000) n`;
    });
    for (let n = 1; n <= 1_000; n++)
      openings.note({ participant: 'supplier', protocol: 'negotiation', peer: did, id: `flood ${n}`, state: 'REQUESTED' } as never, true);

    const refused = await request(offer);
    assert.deepEqual([refused.status, refused.body.code, refused.body['@type']], [429, 'too_many_open', 'ContractNegotiationError']);
    assert.match(refused.body.reason[0]['@value'], /1000건.*마치거나 종료한 뒤/);
    assert.equal((await request(offer, { consumerPid })).status, 201, 'the one that it has opened already');
    const terms = build.messageOffer(newUrn(), newUrn(), ANY, { assigner: did, assignee: party.supplier.did });
    const body = build.contractOffer({ id: newUrn(), providerPid: newUrn(), callbackAddress: dsp, offer: terms as never });
    assert.equal((await party.stranger.signed(party.supplier, { path: '/negotiations/offers', body })).status, 429);
    await owner.begin(async (sql) => {
      await sql`select set_participant('supplier')`;
      await sql`update exchange set state = 'TERMINATED' where id like 'flood %'`;
    });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    assert.equal((await request(offer)).status, 201, 'when they have ended');
  } finally {
    await owner.end();
  }
});

test('offers and counter-offers without end are ended with a reason', async () => {
  const offer = await offerItem(party.supplier);
  party.answer = () => ({ status: 200 });
  const consumerPid = newUrn();
  const asked = build.messageOffer(offer.id, offer.dataset, OTHER);
  const opening = build.contractRequest({ id: newUrn(), consumerPid, callbackAddress: party.stranger.dsp, offer: asked });
  const { providerPid } = (await party.stranger.signed(party.supplier, { path: '/negotiations/request', body: opening })).body;
  let rounds = 0;
  for (; rounds < 80; rounds++) {
    const state = (await reaches(party.supplier, providerPid, 'OFFERED', 'TERMINATED')).state;
    if (state === 'TERMINATED') break;
    const body = build.contractRequest({ id: newUrn(), consumerPid, providerPid, offer: asked });
    assert.equal((await party.stranger.signed(party.supplier, { path: `/negotiations/${providerPid}/request`, body })).status, 200);
  }
  const { reasons, steps } = await reaches(party.supplier, providerPid, 'TERMINATED');
  assert.deepEqual([reasons[0]?.code, reasons[0]?.because, rounds, steps.length], ['too_many_rounds', 'fault', 50, 102]);
  assert.equal((await party.stranger.hears('ContractNegotiationTerminationMessage')).body.code, 'too_many_rounds');
});

describe('a callbackAddress that is no address to answer at', () => {
  const cases = () => ({
    nothing: undefined,
    'no address': 'here',
    'another protocol': 'ftp://localhost/dsp',
    'a private address': 'http://10.0.0.1/dsp',
    'the address of a cloud’s own service': 'http://169.254.169.254/latest',
    'a private address inside an IPv6 one': 'http://[::ffff:10.0.0.1]/dsp',
    'with a password': party.stranger.dsp.replace('http://', 'http://a:b@'),
    'our own': party.supplier.dsp,
    'our own, written otherwise': `${party.supplier.dsp.replace('/dsp/', '/./dsp/')}/`,
    'a place below our own': `${party.supplier.dsp}/negotiations`,
    'without end': `${party.stranger.dsp}/${'x'.repeat(5_000)}`,
  });
  test('is refused, and nothing is stored', async () => {
    const offer = await offerItem(party.supplier);
    const before = (await party.supplier.client.call('exchanges', { query: { limit: 500 } })).exchanges.length;
    for (const [what, callbackAddress] of Object.entries(cases())) {
      const { status, body } = await request(offer, { callbackAddress: callbackAddress as string });
      assert.deepEqual([what, status], [what, 400]);
      assert.ok(['bad_callback', 'bad_message'].includes(body.code), `${what}: ${body.code}`);
    }
    assert.equal((await party.supplier.client.call('exchanges', { query: { limit: 500 } })).exchanges.length, before);
  });
});

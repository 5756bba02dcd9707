import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { after, before, describe, test } from 'node:test';
import type { ExchangeDetail } from '@madang/core/api/views.ts';
import * as build from '@madang/core/dsp/build.ts';
import { newUrn } from '@madang/core/id.ts';
import { ANY, agreementFor, type Counterparty, described, openCounterparty } from './counterparty.ts';
import { exchangeAbout, type Member, offerItem, reaches } from './network.ts';
import type { Reply } from './stranger.ts';

// Partners that send what nobody may, or answer as no connector does: a clear error, the state stays, and who must act can see why.

let party: Counterparty;
let maker: Member;
let supplier: Member;
before(async () => {
  party = await openCounterparty();
  ({ maker, supplier } = party);
});
after(() => party?.[Symbol.asyncDispose]());

async function until<T>(what: string, ms: number, look: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + ms; ; await new Promise((resolve) => setTimeout(resolve, 20))) {
    const found = await look();
    if (found !== undefined) return found;
    assert.ok(Date.now() < end, what);
  }
}
const detail = ({ client }: Member, id: string) => client.call('exchange', { params: { id } });
const letterOf = async ({ client }: Member, exchange: string) =>
  (await client.call('deadLetters')).letters.find((letter) => letter.exchange === exchange);

describe('a message', () => {
  /** A request of the stranger as text, with more fields. */
  async function request(more: string): Promise<{ raw: string; dataset: string }> {
    const offer = await offerItem(supplier, { answer: 'manual' });
    const message = build.messageOffer(offer.id, offer.dataset, ANY);
    const body = build.contractRequest({ id: newUrn(), consumerPid: newUrn(), callbackAddress: party.stranger.dsp, offer: message });
    return { raw: JSON.stringify(body).replace(/}$/, `,${more}}`), dataset: offer.dataset };
  }
  const send = (raw: string | Uint8Array<ArrayBuffer>) => party.stranger.signed(supplier, { path: '/negotiations/request', raw });
  const exchanges = async (dataset: string) =>
    (await supplier.client.call('exchanges', { query: { limit: 500 } })).exchanges.filter((e) => e.dataset === dataset);

  test('with unknown fields is taken', async () => {
    const { raw, dataset } = await request('"x":{"y":[1]}');
    assert.equal((await send(raw)).status, 201);
    assert.equal((await exchanges(dataset)).length, 1);
  });
  for (const [what, more, status] of [
    ['with a name twice', '"consumerPid":"urn:other"', 400],
    ['with a name twice, far inside', '"x":{"y":[{"a":1,"a":2}]}', 400],
    ['with __proto__', '"__proto__":{"callbackAddress":"http://10.0.0.1"}', 400],
    ['1,000 levels deep', `"x":${'['.repeat(1_000)}${']'.repeat(1_000)}`, 400],
    ['of 50 MB', `"x":"${'x'.repeat(50 * 1024 * 1024)}"`, 413],
  ] as const)
    test(`${what} is refused, and nothing is stored`, async () => {
      const { raw, dataset } = await request(more);
      const answer = await send(raw);
      assert.deepEqual([answer.status, answer.body['@type']], [status, 'ContractNegotiationError']);
      assert.equal(answer.body.reason.length >= 2 && /[가-힣]/.test(answer.body.reason[0]['@value']), true);
      assert.deepEqual(await exchanges(dataset), []);
    });
});

/** A negotiation of ours that the stranger has not acknowledged yet; it answers our request so. */
async function asking(reply: (consumerPid: string) => Reply): Promise<{ id: string; dataset: string }> {
  const dataset = newUrn();
  party.answer = ({ method, body }) => (method === 'GET' ? { status: 200, json: described(dataset) } : reply(body.consumerPid));
  const { id } = await maker.client.call('negotiate', { body: { partner: party.stranger.did, dataset } });
  return { id, dataset };
}
/** What stands beside the message that is still on its way. */
const pendingOf = ({ steps }: ExchangeDetail) => steps.find(({ pending }) => pending?.last)?.pending;

describe('a partner', () => {
  test('that answers with a page instead of its id is understood when its first message comes', async () => {
    const { id, dataset } = await asking(() => ({ status: 200, text: '<html>Welcome</html>', headers: { 'content-type': 'text/html' } }));
    const providerPid = newUrn();
    assert.equal((await reaches(maker, id, 'REQUESTED')).state, 'REQUESTED');
    party.answer = () => ({ status: 200, text: '<html>' });
    const agreement = agreementFor(party, dataset) as never;
    const body = build.contractAgreement({ id: newUrn(), consumerPid: id, providerPid, agreement });
    assert.equal((await party.stranger.signed(maker, { path: `/negotiations/${id}/agreement`, body })).status, 200);
    await reaches(maker, id, 'VERIFIED');
    assert.equal((await party.stranger.hears('ContractAgreementVerificationMessage')).body.providerPid, providerPid);
  });

  test('that refuses with a page: ended, with a reason, and kept', async () => {
    const { id } = await asking(() => ({ status: 400, text: '<html>Bad Request</html>' }));
    assert.equal((await reaches(maker, id, 'TERMINATED')).reasons[0]?.code, 'http_400');
    assert.match((await letterOf(maker, id))?.reasons[0]?.text.ko ?? '', /HTTP 400/);
  });

  test('that answers with another process’s id is not believed; what is wrong stands beside the message', async () => {
    const providerPid = newUrn();
    let right = false;
    const { id } = await asking((consumerPid) => ({
      status: 201,
      json: build.contractNegotiation({ consumerPid: right ? consumerPid : newUrn(), providerPid, state: 'REQUESTED' }),
    }));
    const { ko } = (await until('no error', 8_000, async () => pendingOf(await detail(maker, id))?.last ?? undefined)) as { ko: string };
    assert.match(ko, /다른 교환의 번호/);
    right = true;
    await until('not delivered', 20_000, async () => ((await detail(maker, id)).steps[0]?.pending === null ? true : undefined));
    assert.equal((await detail(maker, id)).state, 'REQUESTED');
  });

  test('that gives one id to two negotiations keeps the first; the second waits, and says for what', async () => {
    const providerPid = newUrn();
    const answer = (consumerPid: string): Reply => ({
      status: 201,
      json: build.contractNegotiation({ consumerPid, providerPid, state: 'REQUESTED' }),
    });
    const first = await asking(answer);
    await until('not delivered', 5_000, async () => ((await detail(maker, first.id)).steps[0]?.pending === null ? true : undefined));
    const second = await asking(answer);
    await until('not delivered', 5_000, async () => ((await detail(maker, second.id)).steps[0]?.pending === null ? true : undefined));
    party.answer = () => ({ status: 200 });
    const body = build.contractNegotiationTermination({ id: newUrn(), consumerPid: second.id, providerPid, code: 'x', reason: ['x'] });
    const sent = await party.stranger.signed(maker, { path: `/negotiations/${second.id}/termination`, body });
    assert.deepEqual([sent.status, sent.body.code], [400, 'pids_differ']);
    const own = { ...body, consumerPid: first.id, '@id': newUrn() };
    assert.equal((await party.stranger.signed(maker, { path: `/negotiations/${first.id}/termination`, body: own })).status, 200);
  });

  test('that answers 500 for long: nothing is lost, and the wait is seen with its error', async () => {
    let isDown = true;
    const { id } = await asking((consumerPid) =>
      isDown
        ? { status: 500, text: 'oops' }
        : { status: 201, json: build.contractNegotiation({ consumerPid, providerPid: newUrn(), state: 'REQUESTED' }) },
    );
    const pending = await until('not seen', 8_000, async () => pendingOf(await detail(maker, id)) ?? undefined);
    assert.ok(pending.tries > 5 && /HTTP 500/.test(pending.last?.en ?? ''), JSON.stringify(pending));
    const { reach } = (await maker.client.call('partners')).partners.find(({ did }) => did === party.stranger.did)!;
    assert.deepEqual([reach.state, /HTTP 500/.test(reach.error?.ko ?? '')], ['unreachable', true]);
    isDown = false;
    await until('not delivered', 20_000, async () => ((await detail(maker, id)).steps[0]?.pending === null ? true : undefined));
  });
});

describe('a callbackAddress', () => {
  /** A host of the stranger's choosing, and a negotiation that the supplier is to answer there. */
  async function at(answer: RequestListener) {
    const server = createServer(answer);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const offer = await offerItem(supplier);
    const message = build.messageOffer(offer.id, offer.dataset, ANY);
    const callbackAddress = `http://localhost:${port}/dsp`;
    const body = build.contractRequest({ id: newUrn(), consumerPid: newUrn(), callbackAddress, offer: message });
    const { status } = await party.stranger.signed(supplier, { path: '/negotiations/request', body });
    assert.equal(status, 201);
    const close = () => {
      server.closeAllConnections();
      server.close();
    };
    return { id: (await exchangeAbout(supplier, offer.dataset)).id, [Symbol.dispose]: close };
  }

  test('that redirects is not followed; a person sees that, and the agreement was not given', async () => {
    const before = party.stranger.heard.length;
    using asked = await at((req, res) => void res.writeHead(307, { location: `${party.stranger.dsp}${req.url}` }).end());
    const letter = await until('no letter', 8_000, () => letterOf(supplier, asked.id));
    assert.deepEqual([letter.message, letter.reasons[0]?.code, letter.canSend], ['ContractAgreementMessage', 'http_307', true]);
    assert.equal((await detail(supplier, asked.id)).state, 'REQUESTED');
    assert.equal(party.stranger.heard.length, before);
    assert.deepEqual(
      (await supplier.client.call('agreements')).agreements.filter(({ negotiation }) => negotiation === asked.id),
      [],
    );
  });

  test('of a host that answers a byte a second: others are served meanwhile, and the wait is seen', async () => {
    using asked = await at((_, res) => {
      const drip = setInterval(() => res.write('x'), 1_000);
      res.on('close', () => clearInterval(drip));
    });
    party.answer = () => ({ status: 200 });
    const offer = await offerItem(supplier);
    const body = build.contractRequest({
      id: newUrn(),
      consumerPid: newUrn(),
      callbackAddress: party.stranger.dsp,
      offer: build.messageOffer(offer.id, offer.dataset, ANY),
    });
    const { providerPid } = (await party.stranger.signed(supplier, { path: '/negotiations/request', body })).body;
    await until('others wait', 5_000, async () => ((await detail(supplier, providerPid)).steps[1]?.pending === null ? true : undefined));
    const pending = await until('not seen', 40_000, async () => pendingOf(await detail(supplier, asked.id)) ?? undefined);
    assert.match(pending.last?.en ?? '', /TIMEOUT/);
    assert.equal((await detail(supplier, asked.id)).state, 'AGREED');
  });
});

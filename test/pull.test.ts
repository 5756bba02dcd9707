import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { contentHash } from '@madang/core/canonical.ts';
import * as build from '@madang/core/dsp/build.ts';
import { newUrn } from '@madang/core/id.ts';
import { apply } from '@madang/server/protocol/apply.ts';
import { download } from './data.ts';
import { introduce, type Member, type Network, openNetwork, reaches } from './network.ts';
import { type Heard, openStranger, type Reply, type Stranger } from './stranger.ts';

// What a partner whose server is not ours may answer when its data are fetched: nothing unreadable is stored, and no transfer hangs.

let network: Network;
let maker: Member;
let stranger: Stranger;
const data = new Map<string, (heard: Heard) => Reply | Promise<Reply>>();

before(async () => {
  stranger = await openStranger({
    answer: (heard) => {
      if (heard.path === '/transfers/request')
        return {
          status: 200,
          json: build.transferProcess({ consumerPid: heard.body.consumerPid, providerPid: heard.body.agreementId, state: 'REQUESTED' }),
        };
      return data.get(heard.path)?.(heard) ?? { status: 200 };
    },
  });
  network = await openNetwork({ participants: ['maker'] });
  maker = network.member('maker');
  await introduce(maker, [stranger]);
});
after(async () => {
  await network?.[Symbol.asyncDispose]();
  await stranger?.[Symbol.asyncDispose]();
});

const RECORDS = 'application/vnd.madang.records+ndjson';
const TERMS = { permission: [{ action: 'use' }] };

/** A transfer that our side has asked for, and what the stranger answers to the pull. The agreement's id is the stranger's process id. */
async function asked(answer: (heard: Heard) => Reply | Promise<Reply>): Promise<{ id: string; providerPid: string; path: string }> {
  const { context } = network.server;
  const house = context.houses.get('maker');
  const id = newUrn();
  const timestamp = new Date().toISOString();
  const document = build.agreement({ id, target: id, assigner: stranger.did, assignee: house.did, timestamp }, TERMS);
  const about = { protocol: 'negotiation', role: 'consumer', peer: stranger.did, peerPid: newUrn(), peerAddress: stranger.dsp } as const;
  const move = { from: null, to: 'FINALIZED', message: 'seed', sender: 'me', agreement: { id, document, signedAt: timestamp } } as const;
  await apply(context, house, { create: { id: newUrn(), ...about, dataset: id, title: 'x', content: {} }, moves: [move] });
  const transfer = await maker.client.call('transfer', { body: { agreement: id } });
  const path = `/data/${id}`;
  data.set(path, answer);
  return { id: transfer.id, providerPid: id, path };
}

async function start(t: { id: string; providerPid: string; path: string }, dataAddress: object = address(t.path)): Promise<number> {
  const message = build.transferStart({ id: newUrn(), consumerPid: t.id, providerPid: t.providerPid, dataAddress: dataAddress as never });
  return (await stranger.signed(maker, { path: `/transfers/${t.id}/start`, body: message })).status;
}

const address = (path: string, base = stranger.dsp) =>
  build.dataAddress('https://w3id.org/idsa/v4.1/HTTP', base + path, { authorization: 'secret', authType: 'bearer' });

async function records(body: unknown, change: object = {}): Promise<Reply> {
  const record = { kind: 'item', id: `r-${newUrn()}`, version: 1, hash: await contentHash(body).catch(() => ''), body, ...change };
  return lines(JSON.stringify(record));
}
const lines = (...texts: string[]): Reply => ({ status: 200, headers: { 'content-type': RECORDS }, text: `${texts.join('\n')}\n` });
const received = async () => (await maker.client.call('records', { params: { kind: 'item' } })).records.length;

test('right data are stored, with the token in the header', async () => {
  let token: string | undefined;
  const t = await asked((heard) => {
    token = heard.headers.authorization;
    return records({ name: 'x' });
  });
  await start(t);
  const { received: stored } = await reaches(maker, t.id, 'COMPLETED');
  assert.deepEqual([stored.length, token], [1, 'Bearer secret']);
});

test('a start without a data address waits for one that has it', async () => {
  const t = await asked(() => records({ name: 'x' }));
  const bare = build.transferStart({ id: newUrn(), consumerPid: t.id, providerPid: t.providerPid });
  assert.equal((await stranger.signed(maker, { path: `/transfers/${t.id}/start`, body: bare })).status, 200);
  await reaches(maker, t.id, 'STARTED');
});

test('a partner that is away for a moment is asked again', async () => {
  let tries = 0;
  const t = await asked(() => (++tries < 3 ? (tries === 1 ? 'close' : { status: 503 }) : records({ name: 'x' })));
  await start(t);
  await reaches(maker, t.id, 'COMPLETED');
  assert.equal(tries, 3);
});

test('the same start twice fetches once', async () => {
  let tries = 0;
  const t = await asked(() => {
    tries++;
    return records({ name: 'x' });
  });
  const message = build.transferStart({ id: newUrn(), consumerPid: t.id, providerPid: t.providerPid, dataAddress: address(t.path) });
  for (let i = 0; i < 2; i++) assert.equal((await stranger.signed(maker, { path: `/transfers/${t.id}/start`, body: message })).status, 200);
  await reaches(maker, t.id, 'COMPLETED');
  assert.equal((await stranger.signed(maker, { path: `/transfers/${t.id}/start`, body: message })).status, 200);
  assert.equal(tries, 1);
});

test('a suspension that comes while the data are fetched: it is suspended, and completes after the next start', async () => {
  const t = await asked(async () => {
    const body = build.transferSuspension({ id: newUrn(), consumerPid: t.id, providerPid: t.providerPid, code: '1', reason: ['잠시'] });
    await stranger.signed(maker, { path: `/transfers/${t.id}/suspension`, body });
    return records({ name: 'x' }, { id: t.id });
  });
  await start(t);
  const { steps } = await reaches(maker, t.id, 'SUSPENDED');
  assert.equal(steps.at(-1)?.sender, 'them');
  data.set(t.path, () => records({ name: 'x' }, { id: t.id }));
  await start(t);
  await reaches(maker, t.id, 'COMPLETED');
});

describe('data that cannot be taken end the transfer with the reason, and nothing is stored', { concurrency: 4 }, () => {
  const WRONG: Record<string, [code: string, answer: () => Reply | Promise<Reply>]> = {
    'not JSON': ['pull_unreadable', () => lines('<html>')],
    'a page for people': [
      'pull_unreadable',
      () => ({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, text: '<h1>Sign in</h1>' }),
    ],
    'an empty body': ['pull_unreadable', () => ({ status: 200 })],
    'a packed form that was not asked for': [
      'pull_unreadable',
      () => ({ status: 200, headers: { 'content-type': 'text/plain', 'content-encoding': 'gzip' }, text: 'x' }),
    ],
    'a line that is no record': ['pull_unreadable', () => lines('{"items":[]}')],
    'a line without an end': ['pull_unreadable', () => lines(`{"kind":"${'x'.repeat(5_000_000)}`)],
    'bytes that are no text': [
      'pull_unreadable',
      () => ({ status: 200, headers: { 'content-type': RECORDS }, bytes: Buffer.from([0xc3, 0x28, 0x0a]) }),
    ],
    'a wrong hash': ['pull_unreadable', () => records({ name: 'x' }, { hash: 'no' })],
    'a kind that we do not know': ['pull_unreadable', () => records({ name: 'x' }, { kind: 'secret' })],
    'a body that is no object': ['bad_request', () => records('text')],
    'a footprint with a negative mass': [
      'footprint_invalid',
      () => records({ pcf: { productMassPerDeclaredUnit: '-1' } }, { kind: 'footprint' }),
    ],
    'text that a database does not keep': ['pull_unreadable', () => records({ name: 'a\0b' })],
    'half a character': ['pull_unreadable', () => lines('{"kind":"item","id":"h","version":1,"hash":"x","body":{"n":"\\ud800"}}')],
    'a number without a value': ['pull_unreadable', () => lines('{"kind":"item","id":"h","version":1,"hash":"x","body":{"n":1e999}}')],
    'values nested without end': [
      'pull_unreadable',
      () => lines(`{"kind":"item","id":"h","version":1,"hash":"x","body":{"n":${'['.repeat(20_000)}${']'.repeat(20_000)}}}`),
    ],
    'a refusal': ['pull_refused', () => ({ status: 403, json: { error: {} } })],
    'a redirect, which is not followed': ['pull_refused', () => ({ status: 302, headers: { location: `${stranger.dsp}/elsewhere` } })],
  };
  for (const [what, [code, answer]] of Object.entries(WRONG))
    test(what, async () => {
      const t = await asked(answer);
      await start(t);
      const { reasons, received: stored } = await reaches(maker, t.id, 'TERMINATED');
      assert.equal(reasons[0]?.code, code);
      assert.ok(reasons[0].text.ko && reasons[0].text.en);
      assert.deepEqual(stored, []);
    });

  for (const [what, code, make] of [
    ['an inner address', 'outbound_forbidden', () => address('/x', 'http://10.0.0.1')],
    ['a file', 'outbound_forbidden', () => address('', 'file:///etc/passwd')],
    ['no token', 'pull_unreadable', () => build.dataAddress('HTTP', `${stranger.dsp}/data`)],
    ['no endpoint', 'pull_unreadable', () => build.dataAddress('HTTP', undefined, { authorization: 'x' })],
  ] as const)
    test(`a data address with ${what}`, async () => {
      const t = await asked(() => records({ name: 'x' }));
      const before = stranger.heard.length;
      await start(t, make());
      const { reasons } = await reaches(maker, t.id, 'TERMINATED');
      assert.equal(reasons[0]?.code, code);
      assert.equal(
        stranger.heard.slice(before).some(({ path }) => path === t.path),
        false,
      );
    });

  test('a good record beside a bad one is not stored either', async () => {
    const good = await records({ name: 'good' });
    const bad = await records({ name: 'bad' }, { hash: 'no' });
    const before = await received();
    const t = await asked(() => lines(...[good, bad].map((reply) => (reply as { text: string }).text.trim())));
    await start(t);
    await reaches(maker, t.id, 'TERMINATED');
    assert.ok((await received()) >= before);
    const { records: all } = await maker.client.call('records', { params: { kind: 'item' }, query: { limit: 500 } });
    assert.equal(
      all.some(({ body }) => (body as { name: string }).name === 'good'),
      false,
    );
  });
});

describe('what is no record is kept as a file under the agreement', () => {
  const FILES: Record<string, [reply: Reply, name: string, type: string, text: string]> = {
    'plain text': [{ status: 200, headers: { 'content-type': 'text/plain' }, text: '안녕' }, 'x', 'text/plain', '안녕'],
    'JSON of a connector of another make': [
      {
        status: 200,
        headers: { 'content-type': 'application/json', 'content-disposition': 'attachment; filename="pcf.json"' },
        json: { a: 1 },
      },
      'pcf.json',
      'application/json',
      '{"a":1}',
    ],
    'a page that says what it is': [
      { status: 200, headers: { 'content-type': 'text/html', 'content-disposition': 'attachment; filename="report.html"' }, text: '<p>' },
      'report.html',
      'text/html',
      '<p>',
    ],
    'bytes without any type': [{ status: 200, text: 'abc' }, 'x', 'application/octet-stream', 'abc'],
    'a name that leads elsewhere': [
      { status: 200, headers: { 'content-disposition': `attachment; filename*=UTF-8''..%2F..%2Fetc%2Fpasswd` }, text: 'root' },
      'passwd',
      'application/octet-stream',
      'root',
    ],
  };
  for (const [what, [reply, name, type, text]] of Object.entries(FILES))
    test(what, async () => {
      const t = await asked(() => reply);
      await start(t);
      const { transfer, received: none, agreement } = await reaches(maker, t.id, 'COMPLETED');
      const file = transfer?.file;
      assert.deepEqual(
        [file?.name, file?.mediaType, file?.agreement, file?.transfer, file?.receivedFrom?.did],
        [name, type, agreement, t.id, stranger.did],
      );
      assert.deepEqual([none, transfer?.kind], [[], 'file']);
      assert.equal((await download(maker, file?.sha256 ?? '')).toString(), text);
    });

  test('other bytes than were announced are dropped, with the reason', async () => {
    const digest = createHash('sha256').update('what was meant').digest('base64');
    const t = await asked(() => ({ status: 200, headers: { 'repr-digest': `sha-256=:${digest}:` }, text: 'what came' }));
    await start(t);
    const { reasons, transfer } = await reaches(maker, t.id, 'TERMINATED');
    assert.deepEqual([reasons[0]?.code, transfer?.file], ['file_differs', null]);
  });

  test('a service is not fetched by itself', async () => {
    let tries = 0;
    const t = await asked(() => {
      tries++;
      return { status: 200, text: 'x' };
    });
    const dataAddress = build.dataAddress('HTTP', stranger.dsp + t.path, { authorization: 'secret', kind: 'service' });
    await start(t, dataAddress);
    await reaches(maker, t.id, 'STARTED');
    const { endpoint, authorization, expiresAt } = await maker.client.call('dataAddress', { params: { id: t.id } });
    assert.deepEqual([endpoint, authorization, expiresAt, tries], [stranger.dsp + t.path, 'Bearer secret', null, 0]);
    const file = await maker.client.call('fetchService', { params: { id: t.id }, body: { name: '답.txt' } });
    assert.deepEqual([file.name, file.agreement !== null, file.transfer, tries], ['답.txt', true, t.id, 1]);
    await assert.rejects(maker.client.call('fetchService', { params: { id: t.id }, body: { path: '/../../secret' } }), {
      code: 'bad_request',
    });
    assert.equal(tries, 1);
  });
});

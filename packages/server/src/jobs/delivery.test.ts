import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import test from 'node:test';
import { MadangError } from '@madang/core/error.ts';
import type { Outbound } from '../http/outbound.ts';
import { readJws } from '../identity/jws.ts';
import type { Keys } from '../identity/keys.ts';
import type { House } from '../participants/houses.ts';
import { PEER_PID } from '../protocol/out.ts';
import { backOff, isOver, judge, messageDelivery } from './delivery.ts';
import type { Outgoing } from './dispatcher.ts';

test('pauses double up to a limit, each by chance between half and whole', () => {
  for (const [soon, most] of [
    [true, 8_000],
    [false, 20 * 60_000],
  ] as const)
    for (let tries = 0; tries < 200; tries++) {
      const whole = Math.min(10 * 2 ** tries, most);
      const pauses = Array.from({ length: 20 }, () => backOff(tries, soon));
      assert.ok(
        pauses.every((pause) => pause >= whole / 2 && pause <= whole),
        `${tries}: ${pauses}`,
      );
      assert.ok(new Set(pauses).size > 1, 'what failed together does not come again together');
    }
});

test('it is over after half a minute of answers that it is too early, or two days without contact', () => {
  let pauses = 0;
  let soon = 0;
  for (; !isOver({ tries: soon, soon, since: 0 }); soon++) pauses += 10 * 2 ** soon;
  assert.ok(pauses > 20_000 && pauses < 200_000, `${pauses} ms`);
  const hours = (n: number) => Date.now() - n * 3_600_000;
  assert.equal(isOver({ tries: 10_000, soon: 0, since: hours(47) }), false);
  assert.equal(isOver({ tries: 100, soon: 0, since: hours(49) }), true);
  assert.equal(isOver({ tries: 3, soon: 0, since: hours(49) }), false, 'the program has slept, not the peer');
});

const opening = { opens: true, body: { consumerPid: 'mine' } };
const later = { opens: false, body: { consumerPid: 'mine', providerPid: 'theirs' } };
const answer = (status: number, text = '') => ({ status, headers: {}, text });

test('an answer is done, not yet, again or no', () => {
  const meaning: Record<string, readonly number[]> = {
    done: [200, 201, 202, 204],
    again: [405, 408, 425, 429, 500, 502, 503, 504, 599],
    refused: [301, 302, 304, 400, 403, 406, 410, 413, 415, 422, 431],
    soon: [401, 404, 409],
  };
  for (const [result, statuses] of Object.entries(meaning))
    for (const status of statuses) assert.equal(judge(answer(status), later).result, result, String(status));
  assert.deepEqual(
    [judge(answer(409), later), judge(answer(404), later)].map((tried) => tried.result === 'soon' && (tried.least ?? 0) >= 500),
    [true, false],
  );
  for (const unready of ['', '<html>Not Found</html>'])
    assert.equal(judge(answer(404, unready), opening).result, 'soon', 'its endpoints are not there yet');
  const unknown = '{"@type":"ContractNegotiationError","code":"404","reason":["no such offer"]}';
  assert.equal(judge(answer(404, unknown), opening).result, 'refused', 'there is nothing yet that this could be too early for');
});

test('a termination that is refused comes again for some seconds, and keeps what was said', () => {
  const body = { '@type': 'ContractNegotiationTerminationMessage', consumerPid: 'mine', providerPid: 'theirs' };
  const judged = judge(answer(400, '{"code":"closed","reason":["no"]}'), { opens: false, body });
  assert.ok(judged.result === 'soon' && judged.reasons?.[0]?.code === 'closed');
  assert.equal(judge(answer(403), { opens: false, body }).result, 'refused');
  assert.deepEqual([isOver({ tries: 10, soon: 10, since: 0 }, true), isOver({ tries: 10, soon: 10, since: Date.now() })], [true, false]);
});

test('a refusal has a reason, whatever the body', () => {
  for (const text of ['', '<html>', '{}', 'null', '[]', '{"reason":5}', '{"code":{"a":1}}']) {
    const refused = judge(answer(400, text), later);
    assert.ok(refused.result === 'refused' && refused.reasons[0]?.code === 'http_400' && refused.reasons[0].text.ko, text);
  }
  const told = judge(answer(400, '{"code":"closed","reason":["no"]}'), later);
  assert.ok(told.result === 'refused' && told.reasons[0]?.code === 'closed');
});

test('the peer’s process id is the one of its role, and only one that can be kept', () => {
  const asProvider = { opens: true, body: { providerPid: 'mine' } };
  assert.deepEqual(judge(answer(201, '{"providerPid":"p","consumerPid":"mine"}'), opening), { result: 'done', peerPid: 'p' });
  assert.deepEqual(judge(answer(201, '{"providerPid":"p"}'), opening), { result: 'done', peerPid: 'p' });
  assert.deepEqual(judge(answer(201, '{"providerPid":"mine","consumerPid":"c"}'), asProvider), { result: 'done', peerPid: 'c' });
  const both = '{"providerPid":"p","consumerPid":"c"}';
  assert.deepEqual(judge(answer(200, both), later), { result: 'done' });
  for (const other of [opening, asProvider]) assert.equal(judge(answer(201, both), other).result, 'again', 'of another process');
  for (const pid of ['', 'x'.repeat(5_000), 'a\0b', '\ud800', 5, null, {}, []])
    assert.deepEqual(judge(answer(201, JSON.stringify({ providerPid: pid })), opening), { result: 'done' }, String(pid));
  for (const text of ['', 'null', '5', '"x"', '{']) assert.deepEqual(judge(answer(201, text), opening), { result: 'done' }, text);
});

const NEVER = new AbortController().signal;
const house = { id: 'maker', did: 'did:web:maker.example' } as House;
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const keys: Keys = { signing: async () => ({ kid: 'key-1', key: privateKey }), publicKeys: async () => [], create: async () => {} };
const wallet = { show: async () => [], store: () => Promise.reject(new Error('no')), check: async () => [] };
const out: Outgoing = {
  id: 'o',
  kind: 'message',
  path: '/negotiations/:pid/events',
  body: { providerPid: PEER_PID, note: `${PEER_PID} in a text` },
  exchange: 'x',
  peer: 'did:web:peer.example',
  peerPid: 'a/b "c"',
  peerAddress: 'https://peer.example/dsp/',
  opens: false,
  tries: 0,
};

test('a message goes to the peer’s process with its id in the path and the body, under a fresh token for the peer', async () => {
  const sent: { url: string; body?: string; token: string }[] = [];
  const outbound = {
    async send({ url, body, headers }: { url: string; body?: string; headers?: Readonly<Record<string, string>> }) {
      sent.push({ url, ...(body === undefined ? {} : { body }), token: headers?.['authorization']?.replace('Bearer ', '') ?? '' });
      return answer(200);
    },
  } as unknown as Outbound;
  const deliver = messageDelivery({ outbound, keys, wallet });
  for (let i = 0; i < 2; i++) assert.deepEqual(await deliver(house, out, NEVER), { result: 'done', met: true });
  assert.equal(sent[0]?.url, 'https://peer.example/dsp/negotiations/a%2Fb%20%22c%22/events');
  assert.deepEqual(JSON.parse(sent[0].body ?? ''), { providerPid: 'a/b "c"', note: `${PEER_PID} in a text` });
  const claims = sent.map(({ token }) => readJws(token)?.payload);
  assert.deepEqual([claims[0]?.['aud'], claims[0]?.['iss']], [out.peer, house.did]);
  assert.notEqual(claims[0]?.['jti'], claims[1]?.['jti']);
});

test('whoever answers has been met, unless it is a fault of the server or of something before it', async () => {
  for (const [status, met] of [
    [200, true],
    [400, true],
    [401, true],
    [404, true],
    [429, true],
    [405, false],
    [500, false],
    [502, false],
    [503, false],
  ] as const) {
    const outbound = { send: async () => answer(status) } as unknown as Outbound;
    assert.equal((await messageDelivery({ outbound, keys, wallet })(house, out, NEVER)).met, met, String(status));
  }
});

test('only what lies between us and the peer is an answer; a fault of our own house is none', async () => {
  const failing = (error: Error) => ({ send: () => Promise.reject(error) }) as unknown as Outbound;
  const of = (error: Error, more: Partial<Outgoing> = {}) =>
    messageDelivery({ outbound: failing(error), keys, wallet })(house, { ...out, ...more }, NEVER);
  const away = new MadangError('outbound_unreachable', { values: { url: 'x', why: 'y' } });
  assert.equal((await of(away)).result, 'again');
  assert.equal((await of(new MadangError('outbound_too_large', { values: { url: 'x', limit: 'y' } }))).result, 'again');
  assert.equal((await of(new MadangError('outbound_forbidden', { values: { url: 'x' } }))).result, 'refused');
  assert.equal((await of(away, { peerAddress: 'ftp://peer.example' })).result, 'refused');
  assert.equal((await of(away, { peerPid: '..' })).result, 'refused');
  await assert.rejects(of(new MadangError('unavailable')), { code: 'unavailable' });
  await assert.rejects(of(new TypeError('a mistake')), TypeError);
  const sealed: Keys = { ...keys, signing: () => Promise.reject(new MadangError('wrong_master_key')) };
  await assert.rejects(messageDelivery({ outbound: failing(away), keys: sealed, wallet })(house, out, NEVER), { code: 'wrong_master_key' });
});

import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import test from 'node:test';
import { MadangError } from '@madang/core/error.ts';
import { readJws } from '../identity/jws.ts';
import type { Keys } from '../identity/keys.ts';
import type { House } from '../participants/houses.ts';
import { PEER_PID } from '../protocol/out.ts';
import { judge, ladder, messageDelivery } from './delivery.ts';
import type { Outgoing } from './dispatcher.ts';

test('pauses grow and end: half a minute for a peer that is not ready, two days for one that is away', () => {
  for (const [soon, least, most] of [
    [true, 20_000, 60_000],
    [false, 1.5 * 86_400_000, 3 * 86_400_000],
  ] as const) {
    let sum = 0;
    let last = 0;
    for (let tries = 0; ; tries++) {
      const pause = ladder(tries, soon);
      if (pause === undefined) break;
      assert.ok(pause >= last && pause > 0);
      last = pause;
      sum += pause;
    }
    assert.ok(sum >= least && sum <= most, `${sum} ms`);
  }
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
  assert.equal(judge(answer(404), opening).result, 'refused', 'there is nothing yet that a 404 could be too early for');
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
  const both = JSON.stringify({ providerPid: 'p', consumerPid: 'c' });
  assert.deepEqual(judge(answer(201, both), opening), { result: 'done', peerPid: 'p' });
  assert.deepEqual(judge(answer(201, both), { opens: true, body: { providerPid: 'mine' } }), { result: 'done', peerPid: 'c' });
  assert.deepEqual(judge(answer(200, both), later), { result: 'done' });
  for (const pid of ['', 'x'.repeat(5_000), 'a\0b', '\ud800', 5, null, {}, []])
    assert.deepEqual(judge(answer(201, JSON.stringify({ providerPid: pid })), opening), { result: 'done' }, String(pid));
  for (const text of ['', 'null', '5', '"x"', '{']) assert.deepEqual(judge(answer(201, text), opening), { result: 'done' }, text);
});

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
    [Symbol.dispose]() {},
  };
  const deliver = messageDelivery({ outbound, keys, wallet });
  for (let i = 0; i < 2; i++) assert.deepEqual(await deliver(house, out), { result: 'done' });
  assert.equal(sent[0]?.url, 'https://peer.example/dsp/negotiations/a%2Fb%20%22c%22/events');
  assert.deepEqual(JSON.parse(sent[0].body ?? ''), { providerPid: 'a/b "c"', note: `${PEER_PID} in a text` });
  const claims = sent.map(({ token }) => readJws(token)?.payload);
  assert.deepEqual([claims[0]?.['aud'], claims[0]?.['iss']], [out.peer, house.did]);
  assert.notEqual(claims[0]?.['jti'], claims[1]?.['jti']);
});

test('only what lies between us and the peer is an answer; a fault of our own house is none', async () => {
  const failing = (error: Error) => ({ send: () => Promise.reject(error), [Symbol.dispose]() {} });
  const of = (error: Error, more: Partial<Outgoing> = {}) =>
    messageDelivery({ outbound: failing(error), keys, wallet })(house, { ...out, ...more });
  const away = new MadangError('outbound_unreachable', { values: { url: 'x', why: 'y' } });
  assert.equal((await of(away)).result, 'again');
  assert.equal((await of(new MadangError('outbound_too_large', { values: { url: 'x', limit: 'y' } }))).result, 'again');
  assert.equal((await of(new MadangError('outbound_forbidden', { values: { url: 'x' } }))).result, 'refused');
  assert.equal((await of(away, { peerAddress: 'ftp://peer.example' })).result, 'refused');
  assert.equal((await of(away, { peerPid: '..' })).result, 'refused');
  await assert.rejects(of(new MadangError('unavailable')), { code: 'unavailable' });
  await assert.rejects(of(new TypeError('a mistake')), TypeError);
  const sealed: Keys = { ...keys, signing: () => Promise.reject(new MadangError('wrong_master_key')) };
  await assert.rejects(messageDelivery({ outbound: failing(away), keys: sealed, wallet })(house, out), { code: 'wrong_master_key' });
});

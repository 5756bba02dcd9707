import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mock, test } from 'node:test';
import { MadangError } from '@madang/core/error.ts';
import type { Outbound } from '../http/outbound.ts';
import { openResolver } from './resolver.ts';

const DID = 'did:web:peer.example';
const jwk = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' }) as Record<string, unknown>;
const document = (keys: Record<string, unknown>, more: object = {}) => ({
  id: DID,
  verificationMethod: Object.entries(keys).map(([kid, publicKeyJwk]) => ({
    id: `${DID}#${kid}`,
    type: 'JsonWebKey2020',
    controller: DID,
    publicKeyJwk,
  })),
  ...more,
});

/** A peer whose document is what `serve` gives, or which cannot be reached when it throws. */
function open(serve: () => unknown) {
  const asked: string[] = [];
  const outbound: Pick<Outbound, 'send'> = {
    async send({ url }) {
      asked.push(url);
      return { status: 200, headers: {}, text: JSON.stringify(serve()) };
    },
  };
  return { resolver: openResolver(outbound), asked };
}
const away = (): never => {
  throw new MadangError('outbound_unreachable', { values: { url: 'x', why: 'y' } });
};
const pass = (ms: number) => mock.timers.tick(ms);

test.beforeEach(() => mock.timers.enable({ apis: ['Date', 'setTimeout'], now: 1_800_000_000_000 }));
test.afterEach(() => mock.timers.reset());

test('a document is read once in five minutes, whoever asks', async () => {
  const first = jwk();
  const { resolver, asked } = open(() => document({ a: first }));
  const keys = await Promise.all(Array.from({ length: 5 }, () => resolver.key(DID, `${DID}#a`)));
  assert.deepEqual(keys[4]?.export({ format: 'jwk' }), first);
  pass(4 * 60_000);
  await resolver.key(DID, `${DID}#a`);
  assert.deepEqual(asked, ['https://peer.example/.well-known/did.json']);
  pass(60_001);
  await resolver.key(DID, `${DID}#a`);
  assert.equal(asked.length, 2);
});

test('a new key is found after ten seconds, a removed one holds for five minutes at most', async () => {
  let keys: Record<string, unknown> = { a: jwk() };
  const { resolver, asked } = open(() => document(keys));
  await resolver.key(DID, `${DID}#a`);
  keys = { b: jwk() };
  await assert.rejects(resolver.key(DID, `${DID}#b`), { code: 'did_unresolved' });
  assert.equal(asked.length, 1, 'not at once: anyone may name keys that do not exist');
  pass(10_001);
  await resolver.key(DID, `${DID}#b`);
  await assert.rejects(resolver.key(DID, `${DID}#a`), { code: 'did_unresolved' });
  assert.equal(asked.length, 2);
});

test('unknown keys make the document be read again every ten seconds at most', async () => {
  const { resolver, asked } = open(() => document({ a: jwk() }));
  for (let second = 0; second < 60; second++) {
    await assert.rejects(resolver.key(DID, `${DID}#${second}`), { code: 'did_unresolved' });
    pass(1_000);
  }
  assert.ok(asked.length <= 7, String(asked.length));
});

test('a peer that is away for a moment loses nothing to someone who names an unknown key of it', async () => {
  let gone = false;
  const { resolver } = open(() => (gone ? away() : document({ a: jwk() })));
  await resolver.key(DID, `${DID}#a`);
  gone = true;
  pass(10_001);
  await assert.rejects(resolver.key(DID, `${DID}#x`), { code: 'outbound_unreachable' });
  await resolver.key(DID, `${DID}#a`);
});

test('a peer that cannot be reached is asked once a second at most, and then again', async () => {
  let gone = true;
  const { resolver, asked } = open(() => (gone ? away() : document({ a: jwk() })));
  for (let i = 0; i < 5; i++) await assert.rejects(resolver.key(DID, `${DID}#a`), { code: 'outbound_unreachable' });
  assert.equal(asked.length, 1);
  gone = false;
  pass(1_001);
  await resolver.key(DID, `${DID}#a`);
});

test('a document of another DID, or without the form of one, is none', async () => {
  const wrong = [
    document({}, { id: 'did:web:other.example' }),
    null,
    'x',
    [],
    {},
    { id: DID },
    { id: DID, verificationMethod: {} },
    document({}, { service: {} }),
  ];
  for (const served of wrong) {
    const { resolver } = open(() => served);
    await assert.rejects(resolver.document(DID), { code: 'did_unresolved' }, JSON.stringify(served));
  }
});

test('keys that are no P-256 keys are no keys', async () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' });
  for (const key of [rsa, { kty: 'oct', k: 'AA' }, { kty: 'EC', crv: 'P-256', x: 'AA' }, { ...jwk(), crv: 'P-384' }, 'x', 1]) {
    const { resolver } = open(() => document({ a: key }));
    await assert.rejects(resolver.key(DID, `${DID}#a`), { code: 'did_unresolved' }, JSON.stringify(key));
  }
});

test('a key named by its fragment alone', async () => {
  const { resolver } = open(() => ({ id: DID, verificationMethod: [null, { id: '#a', publicKeyJwk: jwk() }] }));
  await resolver.key(DID, `${DID}#a`);
});

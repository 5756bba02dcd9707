import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mock, test } from 'node:test';
import { MadangError } from '@madang/core/error.ts';
import { readJws, signJws } from './jws.ts';
import type { Keys } from './keys.ts';
import type { Resolver } from './resolver.ts';
import { signToken, verifyToken } from './token.ts';

const NOW = 1_800_000_000;
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const DID = 'did:web:sender.example';
const AUDIENCE = 'did:web:receiver.example';
const KID = `${DID}#key-1`;

const resolver: Resolver = {
  document: () => Promise.reject(new Error('not asked')),
  async key(did, kid) {
    if (did !== DID || kid !== KID)
      throw new MadangError('outbound_unreachable', { values: { url: 'https://10.0.0.1:22', why: 'ECONNREFUSED' } });
    return publicKey;
  },
};
const keys: Keys = { signing: async () => ({ kid: 'key-1', key: privateKey }), publicKeys: async () => [], create: async () => {} };

test.before(() => mock.timers.enable({ apis: ['Date'], now: NOW * 1000 }));
test.after(() => mock.timers.reset());

const CLAIMS = { iss: DID, sub: DID, aud: AUDIENCE, jti: 'j', iat: NOW, exp: NOW + 60 };
const verify = (claims: object, kid = KID) =>
  verifyToken(resolver, AUDIENCE, `Bearer ${signJws(privateKey, kid, { ...CLAIMS, ...claims })}`);

test('what one side signs the other takes, with all that it says', async () => {
  const token = await signToken(keys, { participant: 'sender', did: DID, audience: AUDIENCE, credentials: ['a.b.c'], purpose: 'x' });
  const claims = await verifyToken(resolver, AUDIENCE, `Bearer ${token}`);
  assert.deepEqual([claims.issuer, claims.credentials, claims.purpose], [DID, ['a.b.c'], 'x']);
  assert.equal(claims.jti, readJws(token)?.payload['jti']);
  const bare = await signToken(keys, { participant: 'sender', did: DID, audience: AUDIENCE, credentials: [] });
  assert.deepEqual(Object.keys(readJws(bare)?.payload ?? {}).sort(), ['aud', 'exp', 'iat', 'iss', 'jti', 'sub']);
});

test('times, to the second: ten seconds of leeway on both sides, ten minutes at most', async () => {
  const taken: object[] = [
    { exp: NOW - 10, iat: NOW - 60 },
    { iat: NOW + 10, exp: NOW + 70 },
    { nbf: NOW + 10 },
    { nbf: NOW - 10_000 },
    { iat: NOW, exp: NOW + 600 },
    { iat: NOW + 10, exp: NOW + 610 },
    { exp: NOW + 0.5 },
    { iat: NOW - 600, exp: NOW },
  ];
  for (const claims of taken) await verify(claims);
  const refused: [claims: object, code: string][] = [
    [{ exp: NOW - 11, iat: NOW - 60 }, 'token_expired'],
    [{ iat: NOW + 11, exp: NOW + 70 }, 'token_invalid'],
    [{ nbf: NOW + 11 }, 'token_invalid'],
    [{ exp: NOW + 601 }, 'token_invalid'],
    [{ iat: NOW - 601, exp: NOW }, 'token_invalid'],
    [{ iat: '1', exp: NOW }, 'token_invalid'],
    [{ exp: null }, 'token_invalid'],
    [{ nbf: 'now' }, 'token_invalid'],
  ];
  for (const [claims, code] of refused) await assert.rejects(verify(claims), { code }, JSON.stringify(claims));
});

test('it is remembered for as long as it would be taken', async () => {
  for (const exp of [NOW + 60, NOW - 10, NOW + 0.9]) {
    const { expires } = await verify({ iat: NOW - 60, exp });
    // The last instant at which it is taken, with clocks that count whole seconds.
    assert.ok(Date.parse(expires) >= (Math.floor(exp + 10) + 1) * 1000, String(exp));
  }
});

test('for one audience, which may stand in a list', async () => {
  await verify({ aud: ['did:web:x', AUDIENCE] });
  for (const aud of [
    'did:web:x',
    [],
    [['did:web:receiver.example']],
    `${AUDIENCE}:a`,
    AUDIENCE.toUpperCase(),
    null,
    undefined,
    { [AUDIENCE]: 1 },
  ])
    await assert.rejects(verify({ aud }), { code: 'token_audience' }, JSON.stringify(aud));
});

test('issuer, subject and key are one', async () => {
  const wrong: [object, string?][] = [
    [{ iss: 'did:web:x' }],
    [{ sub: 'did:web:x' }],
    [{ sub: undefined }],
    [{ iss: undefined, sub: undefined }],
    [{ iss: 1, sub: 1 }],
    [{}, 'did:web:x#key-1'],
    [{}, 'key-1'],
    [{}, `${DID}.evil#key-1`],
    [{}, DID],
    [{ jti: '' }],
    [{ jti: undefined }],
    [{ jti: 'x'.repeat(201) }],
    [{ jti: 5 }],
  ];
  for (const [claims, kid] of wrong) await assert.rejects(verify(claims, kid), { code: 'token_invalid' }, JSON.stringify([claims, kid]));
});

test('only texts are credentials, twenty at most', async () => {
  const { credentials } = await verify({ credentials: [1, null, 'a', {}, ...Array(30).fill('b')] });
  assert.deepEqual(credentials, ['a', ...Array(19).fill('b')]);
  assert.deepEqual((await verify({ credentials: 'a', purpose: 5 })).credentials, []);
});

test('a refusal tells nobody what answers at an address', async () => {
  const error = await verify({ iss: 'did:web:x', sub: 'did:web:x' }, 'did:web:x#1').catch((e: unknown) => e as MadangError);
  assert.ok(error instanceof MadangError && error.code === 'token_invalid');
  assert.doesNotMatch(JSON.stringify(error.body), /10\.0\.0\.1|ECONNREFUSED/);
});

test('no token, or what is none', async () => {
  for (const header of [undefined, '', 'Bearer ', 'Bearer'])
    await assert.rejects(verifyToken(resolver, AUDIENCE, header), { status: 401 }, header);
  for (const header of ['Basic YTpi', 'Bearer a.b.c', 'Bearer Bearer x'])
    await assert.rejects(verifyToken(resolver, AUDIENCE, header), { code: 'token_invalid' }, header);
});

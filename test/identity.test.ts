import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import type { OfferView } from '@madang/core/api/views.ts';
import { CONTEXT } from '@madang/core/dsp/version.ts';
import { connect } from '@madang/server/db/connect.ts';
import { type Member, type Network, offerItem, openNetwork } from './network.ts';
import { openStranger, type StrangerOptions } from './stranger.ts';
import { type Answer, send, signed, type TokenChange } from './wire.ts';

let network: Network;
let maker: Member;
let supplier: Member;
let offer: OfferView;
before(async () => {
  network = await openNetwork({ participants: ['maker', 'supplier'] });
  maker = network.member('maker');
  supplier = network.member('supplier');
  offer = await offerItem(supplier);
});
after(() => network?.[Symbol.asyncDispose]());

const CATALOG = { path: '/catalog/request', body: { '@context': [CONTEXT], '@type': 'CatalogRequestMessage' } };
const now = () => Math.floor(Date.now() / 1000);
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

function refused({ status, body }: Answer, code: string): void {
  assert.deepEqual([status, body?.code], [401, code]);
  assert.equal(body['@type'].endsWith('Error'), true);
  assert.ok(body.reason.some((r: { '@language'?: string }) => r['@language'] === 'ko'));
}

test('the DID document is served, holds the public key, and leads to the protocol', async () => {
  const answer = await send(maker.dsp.replace(/\/dsp\/.*$/, ''), { path: '/did.json' });
  const { id, verificationMethod, service } = answer.body;
  assert.deepEqual([answer.status, id], [200, maker.did]);
  assert.deepEqual(Object.keys(verificationMethod[0].publicKeyJwk).sort(), ['crv', 'kty', 'x', 'y']);
  assert.deepEqual(
    service.map((s: { serviceEndpoint: string }) => s.serviceEndpoint),
    [maker.dsp.replace(/\/dsp\/.*$/, '/.well-known/dspace-version'), `${maker.dsp}/catalog`],
  );
});

describe('the token of a request between participants', () => {
  const { privateKey: otherKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const unsigned = (header: object, claims: object = {}) =>
    `${encode(header)}.${encode({ iss: maker.did, sub: maker.did, aud: supplier.did, jti: randomUUID(), iat: now(), exp: now() + 60, ...claims })}`;

  const WRONG: readonly [what: string, code: string, change: () => TokenChange | Promise<TokenChange>][] = [
    ['empty', 'token_invalid', () => ({ raw: '' })],
    ['garbage', 'token_invalid', () => ({ raw: 'garbage' })],
    ['three pieces of garbage', 'token_invalid', () => ({ raw: 'a.b.c' })],
    ['JSON that is no object', 'token_invalid', () => ({ raw: `${encode([])}.${encode('x')}.x` })],
    ['expired', 'token_expired', () => ({ claims: { iat: now() - 120, exp: now() - 60 } })],
    ['not yet valid', 'token_invalid', () => ({ claims: { nbf: now() + 120 } })],
    ['made in the future', 'token_invalid', () => ({ claims: { iat: now() + 120, exp: now() + 180 } })],
    ['good for a year', 'token_invalid', () => ({ claims: { exp: now() + 31_536_000 } })],
    ['without expiry', 'token_invalid', () => ({ claims: { exp: undefined } })],
    ['without a one-use id', 'token_invalid', () => ({ claims: { jti: undefined } })],
    ['with a one-use id without end', 'token_invalid', () => ({ claims: { jti: 'x'.repeat(5_000) } })],
    ['with a one-use id that cannot be kept', 'token_invalid', () => ({ claims: { jti: 'a\0b' } })],
    ['for another audience', 'token_audience', () => ({ claims: { aud: maker.did } })],
    ['without audience', 'token_audience', () => ({ claims: { aud: undefined } })],
    ['with times that are no numbers', 'token_invalid', () => ({ claims: { exp: 'soon' } })],
    ['unsigned (alg none)', 'token_invalid', () => ({ raw: `${unsigned({ alg: 'none', kid: `${maker.did}#key-1` })}.` })],
    ['unsigned (ES256 in name)', 'token_invalid', () => ({ raw: `${unsigned({ alg: 'ES256', kid: `${maker.did}#key-1` })}.` })],
    [
      'signed with the public key as a password',
      'token_invalid',
      async () => {
        const { keys } = network.server.context;
        const text = unsigned({ alg: 'HS256', kid: `${maker.did}#key-1` });
        const secret = JSON.stringify((await keys.publicKeys('maker'))[0]?.publicJwk);
        return { raw: `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}` };
      },
    ],
    ['signed by a key that nobody knows', 'token_invalid', () => ({ key: otherKey })],
    [
      'of another participant, signed with our own key',
      'token_invalid',
      () => ({ claims: { iss: supplier.did, sub: supplier.did }, header: { kid: `${supplier.did}#key-1` } }),
    ],
    ['whose key belongs to another DID', 'token_invalid', () => ({ header: { kid: `${supplier.did}#key-1` } })],
    ['whose subject is another', 'token_invalid', () => ({ claims: { sub: supplier.did } })],
    ['with an unknown key', 'token_invalid', () => ({ header: { kid: `${maker.did}#key-9` } })],
    ['with a header that must be understood', 'token_invalid', () => ({ header: { crit: ['exp'] } })],
    [
      'of a DID of another method',
      'token_invalid',
      () => ({ claims: { iss: 'did:key:z6Mk', sub: 'did:key:z6Mk' }, header: { kid: 'did:key:z6Mk#1' } }),
    ],
    [
      'of a DID that cannot be read',
      'token_invalid',
      () => ({ claims: { iss: 'did:web:%zz', sub: 'did:web:%zz' }, header: { kid: 'did:web:%zz#1' } }),
    ],
    [
      'of a DID whose server does not answer',
      'token_invalid',
      () => ({ claims: { iss: 'did:web:localhost%3A1', sub: 'did:web:localhost%3A1' }, header: { kid: 'did:web:localhost%3A1#1' } }),
    ],
    [
      'of a DID at an inner address',
      'token_invalid',
      () => ({ claims: { iss: 'did:web:10.0.0.1', sub: 'did:web:10.0.0.1' }, header: { kid: 'did:web:10.0.0.1#1' } }),
    ],
  ];
  for (const [what, code, change] of WRONG)
    test(what, async () => {
      const token = await change();
      refused(await network.signed('maker', 'supplier', { ...CATALOG, token }), code);
      refused(await network.signed('maker', 'supplier', { path: `/negotiations/${randomUUID()}`, token }), code);
      refused(await network.signed('maker', 'supplier', { path: '/transfers/request', body: {}, token }), code);
    });

  test('missing', async () => {
    refused(await send(supplier.dsp, CATALOG), 'token_missing');
    refused(await send(supplier.dsp, { ...CATALOG, headers: { authorization: 'Basic YTpi' } }), 'token_invalid');
  });

  test('far too long', async () => {
    const { status } = await network.signed('maker', 'supplier', { ...CATALOG, token: { claims: { pad: 'x'.repeat(300_000) } } });
    assert.equal(status, 431);
  });

  test('with twenty credentials', async () => {
    const credentials = Array.from({ length: 20 }, () => `x.${'y'.repeat(900)}.z`);
    assert.equal((await network.signed('maker', 'supplier', { ...CATALOG, token: { claims: { credentials } } })).status, 200);
  });

  test('is good once, also when it is sent ten times at the same moment, and for one participant', async () => {
    const { kid, key } = await network.server.context.keys.signing('maker');
    const raw = signed({ did: maker.did, kid, key }, supplier.did);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => network.signed('maker', 'supplier', { ...CATALOG, token: { raw } })),
    );
    assert.deepEqual(
      [200, 401].map((status) => answers.filter((answer) => answer.status === status).length),
      [1, 9],
    );
    refused(await network.signed('maker', 'supplier', { ...CATALOG, token: { raw } }), 'token_reused');
    refused(await network.signed('maker', 'supplier', { path: `/catalog/datasets/${offer.dataset}`, token: { raw } }), 'token_reused');
    refused(await network.signed('maker', 'maker', { ...CATALOG, token: { raw } }), 'token_audience');
    // A message after it, too: the token goes with the first request whatever that was.
    refused(await network.signed('maker', 'supplier', { path: `/negotiations/${randomUUID()}`, token: { raw } }), 'token_reused');
  });

  test('a participant that we do not host is not found', async () => {
    const { status, body } = await network.signed(
      'maker',
      { did: supplier.did, dsp: supplier.dsp.replace('/supplier/', '/nobody/') },
      CATALOG,
    );
    assert.deepEqual([status, body['@type'], body.code], [404, 'CatalogError', 'not_found']);
  });

  test('a participant that is not in the address book is known by its DID, and sees what is for anyone', async () => {
    await using stranger = await openStranger();
    const { status, body } = await stranger.signed(supplier, CATALOG);
    assert.deepEqual([status, body.dataset.length], [200, 1]);
  });

  const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' });
  const DOCUMENTS: Record<string, NonNullable<StrangerOptions['document']>> = {
    'for another DID': (d) => ({ ...d, id: 'did:web:example.com' }),
    'that is a text': () => 'document',
    'that is null': () => null,
    'without keys': (d) => ({ ...d, verificationMethod: [] }),
    'with keys that are null': (d) => ({ ...d, verificationMethod: [null, 1, 'x'] }),
    'with half a key': (d) => ({
      ...d,
      verificationMethod: [{ ...(d['verificationMethod'] as object[])[0], publicKeyJwk: { kty: 'EC', crv: 'P-256', x: 'AA' } }],
    }),
    'with an RSA key': (d) => ({ ...d, verificationMethod: [{ ...(d['verificationMethod'] as object[])[0], publicKeyJwk: rsa() }] }),
    'with a private key of another kind': (d) => ({
      ...d,
      verificationMethod: [{ ...(d['verificationMethod'] as object[])[0], publicKeyJwk: { kty: 'oct', k: 'AA' } }],
    }),
    'larger than any': (d) => ({ ...d, pad: 'x'.repeat(300_000) }),
  };
  for (const [what, document] of Object.entries(DOCUMENTS))
    test(`a DID document ${what} proves nothing`, async () => {
      await using stranger = await openStranger({ document });
      refused(await stranger.signed(supplier, CATALOG), 'token_invalid');
    });
});

test('what is secret is nowhere in the database: signing keys, management keys, sessions', async () => {
  const { key } = await network.server.context.keys.signing('maker');
  const { d = '' } = (key as KeyObject).export({ format: 'jwk' });
  const cookie = await fetch(`${network.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ key: maker.key }),
  });
  const session = /madang_session=[^.]+\.([^;]+)/.exec(cookie.headers.getSetCookie()[0] ?? '')?.[1] ?? '';
  const secrets = { d, hex: Buffer.from(d, 'base64url').toString('hex'), key: maker.key.split('.')[1] ?? '', session };
  for (const value of Object.values(secrets)) assert.ok(value.length >= 32);
  const owner = connect(network.database.owner);
  try {
    const tables = await owner`select format('%I', tablename) as name from pg_tables where schemaname = 'public'`;
    let seen = 0;
    for (const { name } of tables) {
      for (const { row } of await owner.unsafe(`select t::text as row from ${name} t`)) {
        seen++;
        for (const [what, value] of Object.entries(secrets)) assert.ok(!row.includes(value), `${what} in ${name}`);
      }
    }
    assert.ok(seen > 5);
    const [sealed] = await owner`select sealed from signing_key where participant = 'maker'`;
    assert.ok(sealed?.sealed.length > 100);
  } finally {
    await owner.end({ timeout: 1 });
  }
});

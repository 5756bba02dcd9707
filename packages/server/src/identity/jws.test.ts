import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import test from 'node:test';
import fc from 'fast-check';
import { compactVerify, decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';
import { isSignedBy, readJws, signJws } from './jws.ts';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const KID = 'did:web:a#key-1';
const PAYLOAD = { iss: 'did:web:a', n: 1, text: '한글' };
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token with a header of one's own and a right ES256 signature over it. */
function made(header: object, payload: unknown = PAYLOAD): string {
  const input = `${encode(header)}.${encode(payload)}`;
  return `${input}.${sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

test('what is signed here holds here and for jose, and reads the same', async () => {
  const token = signJws(privateKey, KID, PAYLOAD);
  assert.equal(isSignedBy(publicKey, token), true);
  assert.deepEqual(readJws(token), { header: { alg: 'ES256', kid: KID }, payload: PAYLOAD });
  const { payload, protectedHeader } = await compactVerify(token, publicKey, { algorithms: ['ES256'] });
  assert.deepEqual([JSON.parse(Buffer.from(payload).toString()), protectedHeader], [PAYLOAD, { alg: 'ES256', kid: KID }]);
});

test('what jose signs holds here, and reads the same', async () => {
  const token = await new SignJWT(PAYLOAD).setProtectedHeader({ alg: 'ES256', kid: KID, typ: 'JWT' }).sign(privateKey);
  assert.equal(isSignedBy(publicKey, token), true);
  assert.deepEqual(readJws(token), { header: decodeProtectedHeader(token), payload: decodeJwt(token) });
});

test('the known ways around', () => {
  const right = signJws(privateKey, KID, PAYLOAD);
  const [head = '', body = '', signature = ''] = right.split('.');
  const secret = publicKey.export({ type: 'spki', format: 'pem' });
  const hmac = `${encode({ alg: 'HS256', kid: KID })}.${body}`;
  const der = sign('sha256', Buffer.from(`${head}.${body}`), privateKey).toString('base64url');
  const wrong: Record<string, string> = {
    'no algorithm': `${encode({ alg: 'none', kid: KID })}.${body}.`,
    'no algorithm, with a signature': made({ alg: 'none', kid: KID }),
    'the public key as a password': `${hmac}.${createHmac('sha256', secret).update(hmac).digest('base64url')}`,
    'an algorithm in other letters': made({ alg: 'es256', kid: KID }),
    'an algorithm that is a list': made({ alg: ['ES256'], kid: KID }),
    'another algorithm in the header': made({ alg: 'ES384', kid: KID }),
    'no algorithm named': made({ kid: KID }),
    'a header to be understood': made({ alg: 'ES256', kid: KID, crit: ['exp'], exp: 0 }),
    'an empty list of headers to be understood': made({ alg: 'ES256', kid: KID, crit: [] }),
    'a payload that is not encoded': made({ alg: 'ES256', kid: KID, b64: false }),
    'another header': `${encode({ alg: 'ES256', kid: 'x' })}.${body}.${signature}`,
    'another payload': `${head}.${encode({ ...PAYLOAD, n: 2 })}.${signature}`,
    'no signature': `${head}.${body}.`,
    'half a signature': `${head}.${body}.${signature.slice(0, 43)}`,
    'a longer signature': `${head}.${body}.${Buffer.concat([Buffer.from(signature, 'base64url'), Buffer.alloc(1)]).toString('base64url')}`,
    'a signature of zeros': `${head}.${body}.${Buffer.alloc(64).toString('base64url')}`,
    'a signature in DER': `${head}.${body}.${der}`,
    'the signature with padding': `${right}==`,
    'the signature with letters outside the alphabet': `${head}.${body}.${signature.slice(0, 10)}!${signature.slice(10)}`,
    'the signature with a line break': `${right}\n`,
    'two parts': `${head}.${body}`,
    'four parts': `${right}.`,
    'a dot before': `.${right}`,
    nothing: '',
  };
  for (const [what, token] of Object.entries(wrong)) assert.equal(isSignedBy(publicKey, token), false, what);
  assert.equal(isSignedBy(other.publicKey, right), false, 'another key');
});

test('one signature has one form: its last letter cannot be changed', () => {
  const right = signJws(privateKey, KID, PAYLOAD);
  for (const last of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_') {
    const token = right.slice(0, -1) + last;
    assert.equal(isSignedBy(publicKey, token), token === right, last);
  }
});

test('header and payload are JSON objects', () => {
  for (const value of [[], 'x', 1, null, true]) {
    assert.equal(readJws(made({ alg: 'ES256' }, value)), undefined);
    assert.equal(readJws(`${encode(value)}.${encode({})}.x`), undefined);
  }
  for (const text of ['a.b.c', '..', '...', 'x', `${encode({})}.${Buffer.from('{').toString('base64url')}.x`])
    assert.equal(readJws(text), undefined, text);
});

test('whatever the text, it is read or not, and never throws or holds', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.string(),
          fc.json().map((json) => Buffer.from(json).toString('base64url')),
        ),
        { maxLength: 5 },
      ),
      (parts) => {
        const token = parts.join('.');
        readJws(token);
        assert.equal(isSignedBy(publicKey, token), false);
      },
    ),
  );
});

import assert from 'node:assert/strict';
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import test from 'node:test';
import fc from 'fast-check';
import { fromDer, toDer } from './ecdsa.ts';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const data = Buffer.from('data');
const joined = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;

test('Node takes one form for the other', () => {
  // One in 128 has a number that is a byte shorter.
  for (let n = 0; n < 500; n++) {
    const der = sign('sha256', data, privateKey);
    assert.equal(verify('sha256', data, joined, fromDer(der)), true);
    assert.deepEqual(toDer(fromDer(der)), der);
  }
});

test('numbers in as few bytes as they take, without a sign', () => {
  const of = (r: string, s: string) => Buffer.from(r.padStart(64, '0') + s.padStart(64, '0'), 'hex');
  assert.equal(toDer(of('1', '80')).toString('hex'), '3007020101' + '02020080');
  assert.equal(toDer(of('0', '7f')).toString('hex'), '3006020100' + '02017f');
  assert.equal(toDer(of('f'.repeat(64), '1')).toString('hex'), `3026022100${'f'.repeat(64)}020101`);
});

test('there and back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 64, maxLength: 64 }), fc.nat(32), (bytes, zeros) => {
      const signature = Buffer.from(bytes).fill(0, 0, zeros);
      assert.deepEqual(fromDer(toDer(signature)), signature);
    }),
  );
});

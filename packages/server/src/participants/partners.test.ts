import assert from 'node:assert/strict';
import test from 'node:test';
import { shortOf } from './partners.ts';

test('any DID has a name, also one whose escapes are no text', () => {
  for (const [did, name] of [
    ['did:web:example.com', 'example.com'],
    ['did:web:localhost%3A1:participants:maker', 'maker'],
    ['did:web:a:%EA%B0%80', '가'],
    ['did:web:a:%zz', '%zz'],
    ['did:web:a:%C0%80', '%C0%80'],
    ['', ''],
  ] as const)
    assert.equal(shortOf(did), name);
});

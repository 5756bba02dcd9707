import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import fc from 'fast-check';
import { seal, unseal } from './seal.ts';

const master = randomBytes(32);
const WRONG = { code: 'wrong_master_key' };

test('opens to what was sealed, and is another text each time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (plain, label) => {
      const sealed = seal(master, label, plain);
      assert.equal(unseal(master, label, sealed), plain);
      assert.notDeepEqual(seal(master, label, plain), sealed);
    }),
    { numRuns: 50 },
  );
});

test('with another key, at another place, or changed in a single bit it does not open', () => {
  const sealed = seal(master, 'maker/key-1', '{"d":"secret"}');
  assert.throws(() => unseal(randomBytes(32), 'maker/key-1', sealed), WRONG);
  for (const label of ['supplier/key-1', 'maker/key-2', '', 'maker/key-1 '])
    assert.throws(() => unseal(master, label, sealed), WRONG, label);
  for (let i = 0; i < sealed.length; i++) {
    const changed = Buffer.from(sealed);
    changed[i] = (changed[i] ?? 0) ^ 1;
    assert.throws(() => unseal(master, 'maker/key-1', changed), WRONG, `byte ${i}`);
  }
});

test('cut off at any length it does not open', () => {
  const sealed = seal(master, 'l', 'secret');
  for (let length = 0; length < sealed.length; length++)
    assert.throws(() => unseal(master, 'l', sealed.subarray(0, length)), WRONG, `${length} bytes`);
});

test('a tag of a few bytes, which could be guessed, is not taken', () => {
  const sealed = seal(master, 'l', '');
  for (const length of [4, 8, 12, 15])
    assert.throws(() => unseal(master, 'l', sealed.subarray(0, 12 + length)), WRONG, `${length} bytes of the tag`);
  assert.equal(unseal(master, 'l', sealed), '');
});

import assert from 'node:assert/strict';
import test from 'node:test';
import { sameProduct } from './views.ts';

test('a part number and a URN that ends in it mean the same, escaped or not', () => {
  for (const [component, ids] of [
    ['pack-80', ['pack-80']],
    ['pack-80', ['urn:pact:maker:product-id:pack-80']],
    ['urn:pact:maker:product-id:pack-80', ['urn:gtin:pack-80']],
    ['셀 80', ['urn:pact:maker:product-id:%EC%85%80%2080']],
    ['a', ['urn:x:b', 'urn:x:a']],
    // An escape that cannot be read stands for itself.
    ['%zz', ['urn:x:%zz']],
  ] as const)
    assert.equal(sameProduct(component, ids), true, component);
});

test('parts of a number, nothing, and other products do not', () => {
  for (const [component, ids] of [
    ['pack-80', []],
    ['pack-80', ['pack-800', 'urn:x:pack', 'PACK-80', 'pack-80 ', 'urn:pack-80:x']],
    ['', ['']],
    ['', ['urn:x:']],
    ['urn:x:', ['urn:y:']],
  ] as const)
    assert.equal(sameProduct(component, ids), false, component);
});

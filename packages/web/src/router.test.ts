import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { placeOf, to } from './router.ts';

test('an address is a room, what the room reads, and a query', () => {
  assert.deepEqual(placeOf('/').room, 'home');
  const { room, path, query } = placeOf('/exchanges/urn%3Auuid%3Aa?state=mine');
  assert.deepEqual([room, path, query.get('state')], ['exchanges', ['urn:uuid:a'], 'mine']);
  assert.deepEqual(placeOf('/passports/garam/100%').path, ['garam', '100%']);
});

test('any identifier survives the way through the address bar', () => {
  const id = fc.string({ minLength: 1, unit: 'grapheme' }).filter((s) => s !== '.' && s !== '..' && s.isWellFormed());
  fc.assert(fc.property(id, (one) => assert.deepEqual(placeOf(to('partners', one)).path, [one])));
});

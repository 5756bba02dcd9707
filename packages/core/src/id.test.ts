import assert from 'node:assert/strict';
import test from 'node:test';
import { MadangError } from './error.ts';
import { checkSlug, isUrn, isUuid, newUrn, newUuid, urnOf, uuidOf } from './id.ts';

const refused = (code: string) => (e: unknown) => e instanceof MadangError && e.code === code;

test('identifiers', () => {
  const uuid = newUuid();
  assert.ok(isUuid(uuid) && isUrn(newUrn()) && !isUuid('x') && !isUrn('https://a'));
  assert.equal(uuidOf(urnOf(uuid)), uuid);
  assert.equal(uuidOf(uuid), undefined);
  assert.equal(checkSlug('garam'), 'garam');
  for (const bad of ['', 'a', 'Garam', 'a_b', '가람', '-ab', 'ab-', 'x'.repeat(41), '../a', 3])
    assert.throws(() => checkSlug(bad), refused('bad_slug'));
});

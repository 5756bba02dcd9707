import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { canonical, contentHash } from './canonical.ts';

test('the content hash depends on the value alone', async () => {
  assert.equal(canonical({ b: 1, a: [true, null, '가'] }), '{"a":[true,null,"가"],"b":1}');
  assert.equal(await contentHash({}), 'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue()), async (value) => {
      const turned = Object.fromEntries(Object.entries(value).reverse());
      assert.equal(await contentHash(turned), await contentHash(value));
    }),
    { numRuns: 30 },
  );
});

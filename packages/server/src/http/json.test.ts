import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { parseJson } from './json.ts';

test('whatever JSON writes is read, however it is spaced', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'), (value, space) => {
      const text = JSON.stringify(value, undefined, space);
      if (text.includes('\\u') || text.includes('__proto__')) return;
      assert.deepEqual(parseJson(text), { value: JSON.parse(text) });
    }),
  );
  for (const text of [
    '{"a\\\\":1}',
    '{"a\\"":1}',
    '{"a\\\\\\":":":"}',
    '{"a" \n:{"a":{"a":[":",{"a":1}]}}}',
    '"a:b"',
    '[":",":"]',
    '{}',
    '""',
  ])
    assert.equal(parseJson(text).why, undefined, text);
});

test('what cannot be kept, or means two things, is not taken', () => {
  for (const [text, why] of [
    ['{"a":1,"a":1}', /twice/],
    ['{"b":{"a":1,"a" : 2}}', /twice/],
    ['[{"a\\"":1,"a\\"":2}]', /twice/],
    ['{"a":1,"\\u0061":2}', /twice/],
    ['{"__proto__":1}', /__proto__/],
    ['[{"a":{"__proto__":{"x":1}}}]', /__proto__/],
    [`${'['.repeat(1_000)}${']'.repeat(1_000)}`, /deeper/],
    ['{"a":1e999}', /range/],
    ['{"a":"\\u0000"}', /U\+0000/],
    ['{"a":"\\ud800"}', /half/],
    ['{', /syntax/],
  ] as const)
    assert.match(parseJson(text).why ?? '', why, text.slice(0, 40));
});

import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { has, project } from './project.ts';

const body = {
  id: 'a',
  pcf: { total: '1', parts: { inside: '2', secret: '3' }, regions: ['KR', 'EU'] },
  lines: [{ name: 'x', supplier: 'hidden' }, { name: 'y' }, null, 'text', 5],
};

test('the declared fields and nothing else, also inside lists', () => {
  assert.deepEqual(project(body, ['id']), { id: 'a' });
  assert.deepEqual(project(body, ['pcf.parts.inside']), { pcf: { parts: { inside: '2' } } });
  assert.deepEqual(project(body, ['lines.name']), { lines: [{ name: 'x' }, { name: 'y' }, {}, {}, {}] });
  assert.deepEqual(project(body, ['pcf.regions']), { pcf: { regions: ['KR', 'EU'] } });
  assert.deepEqual(project(body, ['pcf.total', 'pcf.parts.inside']), { pcf: { total: '1', parts: { inside: '2' } } });
});

test('declared whole wins over its own parts, in any order', () => {
  for (const fields of [
    ['pcf.parts', 'pcf.parts.inside'],
    ['pcf.parts.inside', 'pcf.parts'],
  ])
    assert.deepEqual(project(body, fields), { pcf: { parts: { inside: '2', secret: '3' } } });
});

test('what is not there is left out', () => {
  for (const field of ['nothing', 'pcf.nothing', 'id.nothing', '', '.', 'pcf.', '.id', 'pcf..total']) {
    const shown = project(body, [field]);
    assert.doesNotMatch(JSON.stringify(shown), /"(1|2|3|x|y|KR|hidden|a)"/, field);
  }
  for (const value of [null, 'text', 5, [1], undefined]) assert.deepEqual(project(value, ['0', 'length', 'id']), {});
});

test('names of the language are names like others: nothing inherited is shown, nothing is changed', () => {
  const fields = [
    '__proto__',
    'constructor',
    'constructor.name',
    'toString',
    '__proto__.admin',
    'prototype',
    'lines.length',
    'lines.constructor.name',
  ];
  assert.deepEqual(Object.keys(project({}, fields)), []);
  assert.doesNotMatch(JSON.stringify(project(body, fields)), /Object|Array|function/);
  const own = JSON.parse('{"__proto__":{"admin":true,"secret":1},"constructor":{"name":"own"}}');
  const shown = project(own, ['__proto__.admin', 'constructor']);
  assert.equal(JSON.stringify(shown), '{"__proto__":{"admin":true},"constructor":{"name":"own"}}');
  assert.equal(Object.getPrototypeOf(shown), Object.prototype);
  assert.equal(({} as { admin?: boolean }).admin, undefined);
});

const key = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor', '0', 'length');
const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'medium' },
    fc.constantFrom(null, true, 1, 's'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc
      .array(fc.tuple(key, tie('value')), { maxLength: 4 })
      .map((entries) => JSON.parse(`{${entries.map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`).join()}}`)),
  ),
})).value;
const field = fc.array(key, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.'));

/** Paths to every leaf (a value that is no object and no list, or an empty one), without the places in lists. */
function leaves(value: unknown, path: readonly string[] = []): string[] {
  if (Array.isArray(value) && value.length > 0) return value.flatMap((v) => leaves(v, path));
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0)
    return Object.entries(value).flatMap(([k, v]) => leaves(v, [...path, k]));
  return [path.join('.')];
}

test('every value that comes through lies at or below a declared field, and is the one of the body', () => {
  fc.assert(
    fc.property(json, fc.array(field, { maxLength: 5 }), (value, fields) => {
      const shown = project(value, fields);
      for (const leaf of leaves(shown)) {
        const declared = fields.some((f) => leaf === f || leaf.startsWith(`${f}.`));
        // What remains of a branch in which nothing was declared is its empty shell, on the way to a declared field.
        const shell = leaf === '' || fields.some((f) => f.startsWith(`${leaf}.`));
        assert.ok(declared || shell, `${leaf} of ${JSON.stringify(shown)}`);
      }
      const all = JSON.stringify(value) ?? '';
      for (const text of JSON.stringify(shown).match(/"s"|true|1/g) ?? []) assert.ok(all.includes(text));
      assert.deepEqual(project(shown, fields), shown, 'shown again it is the same');
      for (const f of fields) if (has(shown, f)) assert.ok(has(value, f), f);
    }),
    { numRuns: 1_000 },
  );
});

test('what was hidden has no influence on what is shown', () => {
  fc.assert(
    fc.property(json, fc.array(field, { maxLength: 4 }), (secret, fields) => {
      const shown = fields.map((f) => `list.${f}`);
      const of = (hidden: unknown) => project({ list: [{ a: { b: 1 }, hidden }, { hidden }], hidden }, shown);
      assert.deepEqual(of(secret), of('other'));
    }),
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { laidOut, previewKind, rowsOf, textOf } from './content.ts';

test('what can be looked at, by type and size', () => {
  const kind = (mediaType: string, size = 10) => previewKind({ mediaType, size });
  assert.equal(kind('text/csv; charset=utf-8'), 'table');
  assert.equal(kind('application/ld+json'), 'text');
  assert.equal(kind('text/plain'), 'text');
  assert.equal(kind('image/PNG'), 'image');
  assert.equal(kind('image/png', 6_000_000), 'large');
  assert.equal(kind('application/pdf'), 'none');
  assert.equal(kind('application/vnd.madang.records+ndjson'), 'text');
});

test('text of both encodings, and a letter cut in two', () => {
  assert.equal(textOf(new TextEncoder().encode('탄소')), '탄소');
  assert.equal(textOf(new TextEncoder().encode('탄소').slice(0, 5)), '탄');
  assert.equal(textOf(new Uint8Array([0xc5, 0xba, 0xbc, 0xd2])), '탄소');
});

test('JSON is laid out only when it is whole', () => {
  assert.equal(laidOut('{"a":1}', true), '{\n  "a": 1\n}');
  assert.equal(laidOut('{"a":1', false), '{"a":1');
  assert.equal(laidOut('{"a":1', true), '{"a":1');
});

test('rows of a CSV: quotes, other separators, a row that was cut off', () => {
  assert.deepEqual(rowsOf('\uFEFFa,b\r\n"1, 2","say ""x"""\r\n', 10, true), {
    rows: [
      ['a', 'b'],
      ['1, 2', 'say "x"'],
    ],
    isAll: true,
  });
  assert.deepEqual(rowsOf('a;b\n1,5;2', 10, true).rows, [
    ['a', 'b'],
    ['1,5', '2'],
  ]);
  assert.deepEqual(rowsOf('a,b\n1,2\n3', 10, false), {
    rows: [
      ['a', 'b'],
      ['1', '2'],
    ],
    isAll: false,
  });
  assert.deepEqual(rowsOf('a\n1\n2\n3\n', 2, true), { rows: [['a'], ['1']], isAll: false });
});

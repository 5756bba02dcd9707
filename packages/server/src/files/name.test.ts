import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { cleanName, mediaTypeOf } from './name.ts';

test('a name keeps what a person wrote and loses what leads elsewhere', () => {
  for (const [given, kept] of [
    ['보고서 2026 (최종).pdf', '보고서 2026 (최종).pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\kim\\bom.xlsx', 'bom.xlsx'],
    ['a\r\nSet-Cookie: x', 'aSet-Cookie: x'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ['..', 'file'],
    ['a/', 'file'],
    ['\0', 'file'],
    ['  ', 'file'],
  ] as const)
    assert.equal(cleanName(given), kept);
});

test('whatever the text, the name is one part of a path and can be sent in a header', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const name = cleanName(text);
      assert.ok(name.length > 0 && !/[/\\\p{Cc}]/u.test(name) && name !== '.' && name !== '..');
      assert.ok(name.isWellFormed() && Array.from(name).length <= 200);
    }),
  );
});

test('the type is what was said, else what the name says', () => {
  assert.equal(mediaTypeOf('a.pdf', 'image/png', 'text/plain'), 'image/png');
  assert.equal(mediaTypeOf('a.pdf', undefined, 'text/csv; charset=utf-8'), 'text/csv; charset=utf-8');
  assert.equal(mediaTypeOf('a.PDF', undefined, 'application/octet-stream'), 'application/pdf');
  assert.equal(mediaTypeOf('a.pdf', undefined, 'application/x-www-form-urlencoded'), 'application/pdf');
  assert.equal(mediaTypeOf('noname'), 'application/octet-stream');
  for (const bad of ['text', 'text/html\r\nx: y', 'a/b/c', ' ', 'text/html; x="\n"'])
    assert.equal(mediaTypeOf('a.csv', bad), 'text/csv', bad);
});

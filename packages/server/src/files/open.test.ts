import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { parseRange } from './open.ts';

/** What a Range header asks for, by slicing; the reading of the specification, not ours. */
function slice(bytes: readonly number[], first: number | undefined, last: number | undefined): readonly number[] {
  if (first !== undefined) return bytes.slice(first, last === undefined ? undefined : last + 1);
  return last === 0 ? [] : bytes.slice(-(last ?? 0));
}

test('a range is the slice that it names, and unsatisfiable when that is empty', () => {
  const position = fc.option(fc.nat(40), { nil: undefined });
  fc.assert(
    fc.property(fc.nat(30), position, position, (size, first, last) => {
      fc.pre((first !== undefined || last !== undefined) && (first === undefined || last === undefined || first <= last));
      const bytes = Array.from({ length: size }, (_, i) => i);
      const wanted = slice(bytes, first, last);
      const range = parseRange(`bytes=${first ?? ''}-${last ?? ''}`, size);
      if (range === 'unsatisfiable') assert.deepEqual(wanted, []);
      else {
        assert.ok(range && range.start >= 0 && range.end < size && range.start <= range.end);
        assert.deepEqual(bytes.slice(range.start, range.end + 1), wanted);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('what is no single range of bytes asks for the whole', () => {
  for (const header of [
    undefined,
    '',
    'bytes',
    'bytes=',
    'bytes=-',
    'bytes=5-2',
    'bytes=0-1,3-4',
    'lines=0-1',
    'bytes=a-b',
    'bytes=-1-2',
    'bytes=1.5-',
    'bytes= 0 - 1',
  ])
    assert.equal(parseRange(header, 10), undefined, header);
  fc.assert(
    fc.property(fc.string(), fc.nat(100), (text, size) => {
      const range = parseRange(text, size);
      if (!/^bytes=[ \t]*(\d+-\d*|-\d+)[ \t]*$/i.test(text)) assert.equal(range, undefined);
    }),
  );
});

test('numbers beyond all sizes', () => {
  const huge = '9'.repeat(400);
  assert.deepEqual(parseRange(`bytes=2-${huge}`, 10), { start: 2, end: 9 });
  assert.deepEqual(parseRange(`bytes=-${huge}`, 10), { start: 0, end: 9 });
  assert.equal(parseRange(`bytes=${huge}-`, 10), 'unsatisfiable');
  assert.equal(parseRange(`bytes=${huge}-${huge}`, 10), 'unsatisfiable');
});

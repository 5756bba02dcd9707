import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { matches, segmentsOf, spell } from './path.ts';

test('ordinary paths are read and spelled in one way', () => {
  for (const [path, spelled] of [
    ['/', '/'],
    ['/parts/42', '/parts/42'],
    ['/parts/', '/parts/'],
    ['/%70arts/a%20b', '/parts/a%20b'],
    ['/%EB%B6%80%ED%92%88/가', '/%EB%B6%80%ED%92%88/%EA%B0%80'],
    ['/a..b/.hidden/...x', '/a..b/.hidden/...x'],
    ['/100%25', '/100%25'],
  ] as const)
    assert.equal(spell(segmentsOf(path) ?? ['refused']), spelled, path);
});

test('every way to write a step up, a hidden slash or an escape of an escape is refused', () => {
  for (const path of [
    '',
    'parts',
    '/..',
    '/../x',
    '/a/../b',
    '/a/..',
    '/.',
    '/a/./b',
    '/%2e%2e/x',
    '/.%2E/x',
    '/%2e',
    '/a/%2e%2e%2fb',
    '/a%2fb',
    '/a%5cb',
    '/a\\..\\b',
    '//a',
    '/a//b',
    '/..;/admin',
    '/.;x/admin',
    '/;x/admin',
    '/a/;/b',
    '/%252e%252e/x',
    '/%25%32%65',
    '/a%00b',
    '/a%0d%0ab',
    '/\u0000',
    '/．．/x',
    '/%EF%BC%8E%EF%BC%8E/x',
    '/a／b',
    '/.%20/x',
    '/..%09',
    '/ ',
    '/%',
    '/%zz',
    '/%ff',
    '/%c0%ae%c0%ae/x',
    '/a?b',
    '/a#b',
    '/\ud800',
  ])
    assert.equal(segmentsOf(path), undefined, JSON.stringify(path));
});

test('what is passed on resolves to itself, below the base', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.webPath(), fc.string({ unit: 'binary' }), fc.stringMatching(/^(\/(\.|%2e|%2E|%25|;|a|\\|%2f){0,6}){1,4}$/)),
      (path) => {
        const segments = segmentsOf(path);
        if (!segments) return;
        const url = new URL(`http://inner.example/base${spell(segments)}`);
        assert.equal(url.pathname, `/base${spell(segments)}`);
        assert.ok(!/%25[0-9a-f]{2}/i.test(url.pathname) && !/%2f|%5c/i.test(url.pathname));
        assert.deepEqual(segmentsOf(spell(segments)), segments);
      },
    ),
    { numRuns: 3_000 },
  );
});

test('a star stands for one segment', () => {
  const fits = (pattern: string, path: string) => matches(segmentsOf(pattern) ?? [], segmentsOf(path) ?? ['?']);
  assert.ok(fits('/parts/*', '/parts/42'));
  for (const path of ['/parts', '/parts/', '/parts/42/x', '/Parts/42', '/other/42']) assert.equal(fits('/parts/*', path), false, path);
  assert.ok(fits('/*/lots/*', '/a/lots/b'));
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { en } from './en.ts';
import { ko } from './ko.ts';

type Leaf = readonly [path: string, text: string];

/** Every text with its path; texts with places are filled. */
function leaves(value: unknown, path = ''): Leaf[] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [[path, String((value as (...filled: unknown[]) => unknown)('2', '3'))]];
  return Object.entries(value as object).flatMap(([key, inner]) => leaves(inner, path ? `${path}.${key}` : key));
}

test('both languages have the same keys, also where the compiler sees only a table', () => {
  assert.deepEqual(
    leaves(en).map(([path]) => path),
    leaves(ko).map(([path]) => path),
  );
});

test('no text is empty, no English text has Hangul but the name of the language', () => {
  for (const [path, text] of [...leaves(ko), ...leaves(en)]) assert.notEqual(text.trim(), '', path);
  for (const [path, text] of leaves(en)) if (path !== 'language.switchTo') assert.doesNotMatch(text, /[가-힣]/, path);
});

test('Korean sentences are polite in one form, and use the words of the product', () => {
  for (const [path, text] of leaves(ko)) {
    assert.doesNotMatch(text, /(해요|예요|이에요|네요|어요|아요)[.?!]?$/, path);
    assert.doesNotMatch(text, /참가자|관리자|크리덴셜|오퍼|롤업|패스포트|데이터 공간|네고/, path);
  }
});

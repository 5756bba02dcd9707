import assert from 'node:assert/strict';
import test from 'node:test';
import { PAGES } from '../../scripts/reference/pages.ts';
import { files, read } from './sources.ts';

for (const { file, render } of PAGES) {
  test(`docs/reference/${file} says what the code says`, () => {
    assert.equal(read(`docs/reference/${file}`), render(), 'run: npm run reference');
  });
}

test('docs/reference holds the written pages and nothing else', () => {
  assert.deepEqual(files('docs/reference'), PAGES.map(({ file }) => `docs/reference/${file}`).sort());
});

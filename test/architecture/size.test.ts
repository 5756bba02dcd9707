import assert from 'node:assert/strict';
import test from 'node:test';
import { files, isSource, read } from './sources.ts';

/** Tables: long because what they list is long. Logic is never added here. */
const TABLES: readonly string[] = ['packages/core/src/api/views.ts'];
/** The words of the screens. */
const TEXTS = 'packages/web/src/text/';

const FOLDERS = ['packages', 'scripts', 'test', 'bench', 'examples'];

test('no file of logic is longer than 300 lines', () => {
  const long = FOLDERS.flatMap(files)
    .filter(isSource)
    .map((file) => ({ file, lines: read(file).split('\n').length - 1 }))
    .filter(({ lines }) => lines > 300);
  assert.deepEqual(
    long.filter(({ file }) => !TABLES.includes(file) && !file.startsWith(TEXTS)).map(({ file, lines }) => `${file}: ${lines} lines`),
    [],
    'split it by concept',
  );
  assert.deepEqual(
    TABLES.filter((file) => !long.some((entry) => entry.file === file)),
    [],
    'no longer long: take it off the list',
  );
});

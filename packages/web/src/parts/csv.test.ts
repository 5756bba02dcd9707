import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvCell, toCsv } from './csv.ts';

test('what a spreadsheet would run or split is quoted', () => {
  assert.equal(csvCell('=HYPERLINK("http://x")'), `"'=HYPERLINK(""http://x"")"`);
  assert.equal(csvCell('@cmd'), "'@cmd");
  assert.equal(csvCell('-12.5'), '-12.5');
  assert.equal(csvCell('a, b'), '"a, b"');
  assert.equal(csvCell('두\n줄'), '"두\n줄"');
});

test('a table is saved as it is seen, in a form that Korean spreadsheets open', () => {
  const columns = [{ head: '이름', text: (r: { name: string }) => r.name }, { head: '단추' }];
  assert.equal(toCsv([{ name: '누리들셀' }], columns), '\uFEFF이름\r\n누리들셀\r\n');
});

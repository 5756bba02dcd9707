import assert from 'node:assert/strict';
import { test } from 'node:test';
import { josa } from './josa.ts';

test('the particle follows the last sound', () => {
  assert.equal(josa('여권', '을', '를'), '여권을');
  assert.equal(josa('배터리', '을', '를'), '배터리를');
  assert.equal(josa('탄소발자국 3', '을', '를'), '탄소발자국 3을');
  assert.equal(josa('판 2', '을', '를'), '판 2를');
  assert.equal(josa('자재명세(BOM)', '이', '가'), '자재명세(BOM)이');
  assert.equal(josa('items.csv', '을', '를'), 'items.csv를');
  assert.equal(josa('', '을', '를'), '를');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { percent, shown } from './figures.ts';
import { table, width } from './table.ts';

test('Hangul takes two columns, figures stand to the right', () => {
  assert.deepEqual([width('셀a'), width('m²')], [3, 2]);
  assert.deepEqual(
    table(
      ['이름', 'kg'],
      [
        ['셀', '1,234.5'],
        ['pack', '2'],
      ],
    ),
    ['이름       kg', '────  ───────', '셀    1,234.5', 'pack        2'],
  );
});

test('figures for a person', () => {
  assert.deepEqual([shown('7104.87654', 2), shown('88.8109'), shown(null), percent('0.47067')], ['7,104.88', '88.811', '-', '47.1 %']);
});

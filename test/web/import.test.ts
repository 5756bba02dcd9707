import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { ko } from '../../packages/web/src/text/ko.ts';
import { openApp, skip } from './app.ts';
import { press, tabTo } from './keyboard.ts';
import { audit, seen, settled } from './look.ts';

const t = ko.imports;

test('a file: the template, what is wrong in it cell by cell, then stored once', { skip }, async () => {
  await using app = await openApp();
  const page = await app.visit({ as: 'nurideul' });
  // From the start, so that no window of the browser's own ever opens.
  page.on('filechooser', () => undefined);
  await page.goto('/products');
  await settled(page);
  await press(page, ko.products.import);
  await page.getByRole('heading', { level: 1, name: t.title }).waitFor();

  await tabTo(page, t.templateCsv);
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  assert.match(download.suggestedFilename(), /\.csv$/);
  const [heads = '', example = ''] = (await readFile(await download.path(), 'utf8')).split(/\r?\n/);
  assert.match(heads, /^\uFEFF?제품 ID,이름/);

  const items = async () => (await app.client('nurideul').call('records', { params: { kind: 'item' } })).records.length;
  const before = await items();
  const cells = example.split(',');
  const unit = heads.split(',').indexOf('선언 단위');
  const wrong = cells.with(0, 'pack-81').with(unit, '가마').join(',');
  await upload(page, 'packs.csv', [heads, example, wrong]);
  await page.getByRole('alert').getByText('아무것도 저장하지 않았습니다').waitFor();
  const line = page.getByRole('table', { name: ko.errors.wrong }).getByRole('row').nth(1);
  const told = await seen(line);
  for (const part of ['3', `선언 단위 (${'ABCDEFGH'[unit]}3)`, '가마', '모르는 단위입니다.', '다음 가운데 하나: L, kg']) {
    assert.ok(told.includes(part), `"${part}" in: ${told}`);
  }
  await audit(page, 'a refused file');
  assert.equal(await items(), before);

  const right = cells.with(0, 'pack-81').join(',');
  await upload(page, 'packs.csv', [heads, example, right]);
  await page.getByText(t.done('2', '0')).waitFor();
  assert.equal(await page.getByRole('alert').count(), 0);
  assert.equal(await items(), before + 2);

  await upload(page, 'packs.csv', [heads, example, right]);
  await page.getByRole('alert').getByText('같은 파일을 이미 가져왔습니다(packs.csv').waitFor();
  assert.equal(await items(), before + 2);

  await press(page, ko.rooms.products);
  await page.getByRole('row', { name: /pack-81/ }).waitFor();
  assert.deepEqual(app.faults, []);
});

async function upload(page: Page, name: string, lines: readonly string[]): Promise<void> {
  await tabTo(page, t.file);
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')]);
  await chooser.setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(lines.join('\r\n')) });
}

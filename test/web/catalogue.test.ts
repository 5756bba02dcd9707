import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { ko } from '../../packages/web/src/text/ko.ts';
import { openApp, skip } from './app.ts';
import { press, tabTo } from './keyboard.ts';
import { auditBothThemes, fitsInWidth, seen, settled } from './look.ts';
import { openProvider, REPORT } from './provider.ts';

const ROWS = 40_000;
/** Large enough for several chunks, so that one half of it is a progress that can be seen. */
const CONTENT = Buffer.from(`부품,합계\n${Array.from({ length: ROWS }, (_, i) => `"셀, ${i}",${i}.5`).join('\n')}\n`);

test('found in a catalogue, negotiated by one button, received as a file and looked at', { skip }, async (t) => {
  await using app = await openApp();
  await using provider = await openProvider('새날시험소', CONTENT);
  const client = app.client('nurideul');
  const { did, dsp } = provider.peer;
  await client.call('putPartner', { body: { did, dsp, name: provider.name, shortName: 'lab', relation: 'supplier', groups: [] } });
  const page = await app.visit({ as: 'nurideul' });

  await t.test('the catalogue is searched in the address, and says what is missing', async () => {
    await page.goto('/partners');
    await settled(page);
    await press(page, provider.name);
    const catalogue = page.getByRole('region', { name: ko.partners.catalog });
    await catalogue.getByText('모두 2개').waitFor();
    await catalogue.getByText(ko.catalogue.lacking(1)).waitFor();
    assert.match(await seen(catalogue), /방금|전에 받음/);
    await auditBothThemes(page, 'a catalogue');
    await tabTo(page, ko.catalogue.find);
    await page.keyboard.type('시험');
    await page.waitForURL(/q=/);
    await catalogue.getByText('2개 가운데 1개').waitFor();
    assert.equal(await catalogue.getByRole('heading', { level: 3 }).count(), 1);
    await page.reload();
    await catalogue.getByText('2개 가운데 1개').waitFor();
    await press(page, REPORT.title);
  });

  await t.test('one button, and every step is seen without loading the page anew', async () => {
    await page.getByRole('heading', { level: 1, name: REPORT.title }).waitFor();
    await settled(page);
    await auditBothThemes(page, 'a dataset of a partner');
    const ask = page.getByRole('button', { name: ko.catalogue.negotiate, exact: true });
    assert.equal(await ask.isDisabled(), true, 'a purpose is not chosen for the person');
    await press(page, new RegExp(ko.catalogue.purposeLabel));
    await page.getByRole('option', { name: '품질 관리' }).waitFor();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await press(page, ko.catalogue.negotiate);
    const course = page.getByRole('region', { name: ko.catalogue.course });
    await course.getByText(ko.catalogue.inForce).waitFor();
    const steps = await course.locator('.timeline').first().locator('> li').allInnerTexts();
    for (const [i, word] of ['요청', '합의', '확인', '체결'].entries()) assert.match(steps[i] ?? '', new RegExp(`^${word}`));
    const { exchanges } = await client.call('exchanges', { query: { partner: did } });
    assert.equal(exchanges[0]?.state, 'FINALIZED');
  });

  await t.test('the transfer shows how far it is; what came can be looked at and says under whose terms', async () => {
    const course = page.getByRole('region', { name: ko.catalogue.course });
    await press(page, ko.formats['HttpData-PULL']?.name ?? '');
    const bar = course.getByRole('progressbar', { name: ko.transfer.progress });
    await bar.waitFor();
    await page.waitForFunction(() => Number(document.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow')) > 10);
    assert.match((await bar.getAttribute('aria-valuetext')) ?? '', /kB 가운데 .*kB · \d/);
    await auditBothThemes(page, 'a transfer under way');
    provider.release();
    await course.getByText('완료', { exact: true }).first().waitFor();
    await bar.waitFor({ state: 'detached' });
    const asked = page.waitForRequest(/\/files\/[0-9a-f]{64}\/content$/);
    await press(page, 'cells.csv');
    assert.equal((await asked).headers()['range'], 'bytes=0-65535', 'no more is sent than is shown');
    await page.getByRole('heading', { level: 1, name: 'cells.csv' }).waitFor();
    const preview = page.getByRole('region', { name: ko.files.preview });
    await preview.getByRole('columnheader', { name: '부품' }).waitFor();
    await preview.getByRole('cell', { name: '셀, 49' }).waitFor();
    assert.equal(await preview.getByRole('cell', { name: '셀, 50' }).count(), 0);
    const said = await seen(page.locator('main'));
    assert.ok(said.includes(ko.files.under(provider.name)));
    assert.ok(said.includes(createHash('sha256').update(CONTENT).digest('hex')));
    await auditBothThemes(page, 'a received file');
    await tabTo(page, ko.files.download);
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    assert.deepEqual(await readFile(await download.path()), CONTENT);
  });

  await t.test('all of it on a phone', async () => {
    const phone = await app.visit({ as: 'nurideul', width: 360 });
    const dataset = `/partners/${encodeURIComponent(did)}/${encodeURIComponent(REPORT.id)}`;
    for (const address of [`/partners/${encodeURIComponent(did)}`, dataset, '/partners/search', '/exchanges/received']) {
      await phone.goto(address);
      await settled(phone);
      await fitsInWidth(phone, address);
    }
    await phone.goto('/partners/search?q=시험');
    await phone.getByRole('link', { name: REPORT.title }).waitFor();
  });
  assert.deepEqual(app.faults, []);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ko } from '../../packages/web/src/text/ko.ts';
import { openApp, skip } from './app.ts';
import { press, tabTo } from './keyboard.ts';
import { seen, settled } from './look.ts';

const t = ko.offers;

test('"only A and B, only for the passport, until December": an offer is made, tried and taken back by keyboard', { skip }, async () => {
  await using app = await openApp();
  const page = await app.visit({ as: 'nurideul' });
  const keys = page.keyboard;
  const blank = async (name: string, fill: () => Promise<void>) => {
    await press(page, new RegExp(`^${name}: `));
    await page.getByRole('dialog').waitFor();
    await fill();
    await keys.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  };
  /** From where the focus stands in a list down to one of its entries. */
  const tick = async (name: string) => {
    const on = page.locator(':focus');
    for (let i = 0; i < 20 && !(await seen(on)).includes(name); i += 1) await keys.press('ArrowDown');
    assert.match(await seen(on), new RegExp(name));
    await keys.press('Space');
  };

  await page.goto('/offers');
  await settled(page);
  await press(page, t.new);
  await page.getByRole('heading', { level: 1, name: t.newTitle }).waitFor();
  await blank(t.what, async () => {
    await tabTo(page, /배터리 셀 0.25 kWh · nurideul-cell-250/);
    await keys.press('Space');
  });
  await blank(t.whom, async () => {
    await tabTo(page, /^(?!회원).*(Cathode|Garam)/);
    await tick('Garam Pack Systems');
    await keys.press('Home');
    await tick('Saegyeol Foil');
  });
  await blank(t.tryFor, async () => {
    await tabTo(page, /배터리 여권/);
    await keys.press('Space');
  });
  await blank('언제까지.*', async () => {
    await tabTo(page, /년.*언제까지/);
    await keys.type('20261231');
  });

  const sentence = page.locator('.sentence');
  const said = await seen(sentence);
  for (const part of [
    '탄소발자국 1건을',
    '합계만',
    '새결박 Saegyeol Foil',
    '가람팩시스템 Garam Pack Systems',
    '에게만',
    '배터리 여권에만',
    '2026-12-31까지',
  ]) {
    assert.ok(said.includes(part), `"${part}" in: ${said}`);
  }

  const doors = page.getByRole('table', { name: t.tryTitle });
  const door = (name: string) => doors.getByRole('row', { name: new RegExp(name) });
  await doors.getByText(t.door.shut).first().waitFor();
  for (const name of ['Garam', 'Saegyeol']) await door(name).getByText(t.door.open).waitFor();
  for (const name of ['Daon', 'Bareum']) assert.match(await seen(door(name)), /닫힘[\s\S]*지정한 기업/, 'who is left out, and why');

  await tabTo(page, t.title);
  await keys.press('Control+a');
  await keys.type('셀 탄소발자국, 여권용');
  await press(page, t.create);
  await page.getByRole('heading', { level: 1, name: '셀 탄소발자국, 여권용' }).waitFor();
  await settled(page);
  await page.getByRole('status').getByText(t.started).waitFor();
  const made = async () => (await app.client('nurideul').call('offers')).offers.find(({ title }) => title === '셀 탄소발자국, 여권용');
  const [garam, saegyeol] = [app.participant('garam').did, app.participant('saegyeol').did];
  const written = JSON.stringify((await made())?.contract.odrl);
  for (const part of [garam, saegyeol, 'battery-passport', '2027-01-01T00:00:00+09:00'])
    assert.ok(written.includes(part), `${part} in ${written}`);

  const preview = page.getByRole('table', { name: t.preview });
  await preview.waitFor();
  assert.match(await seen(preview), /pcf\.pcfExcludingBiogenicUptake\s+18\.74/);
  assert.doesNotMatch(await seen(preview), /양극재|cathode/i, 'the recipe is not part of the totals');

  const after = page.getByRole('row', { name: /Garam/ });
  await after.getByText(t.door.open).waitFor();
  await tabTo(page, /^년.*날짜/);
  await keys.type('20270101');
  await after.getByText(t.door.shut).or(after.getByText(t.door.seen)).waitFor();
  assert.match(await seen(after), /2026-12-31/, 'the day after the last one, the refusal says which was the last');

  await press(page, t.withdraw);
  await page.getByText(t.withdrawDone).waitFor();
  assert.notEqual((await made())?.withdrawnAt, null);
  await tabTo(page, ko.common.undo);
  await press(page, ko.common.undo);
  await page.getByRole('button', { name: t.withdraw }).waitFor();
  assert.equal((await made())?.withdrawnAt, null);
  assert.deepEqual(app.faults, []);
});

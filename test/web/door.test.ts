import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ko } from '../../packages/web/src/text/ko.ts';
import { openApp, skip } from './app.ts';
import { press, tabTo } from './keyboard.ts';
import { audit, settled } from './look.ts';

test('the door: a wrong key, a house without anything, a server that goes and comes back', { skip }, async (t) => {
  await using app = await openApp();

  await t.test('a wrong key gets the text of the registry; the right one then opens', async () => {
    const page = await app.visit();
    await page.goto('/offers');
    await settled(page);
    const answer = await page.request.post('/api/session', { data: { key: 'garam.wrong' }, headers: { 'x-madang': '1' } });
    const { error } = (await answer.json()) as { error: { text: { ko: string } } };
    await tabTo(page, ko.signIn.key);
    await page.keyboard.type('garam.wrong');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText(error.text.ko).waitFor();
    await audit(page, 'a wrong key');
    await tabTo(page, ko.signIn.key, 'Shift+Tab');
    await page.keyboard.press('Control+a');
    await page.keyboard.type(app.participant('garam').key);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: ko.rooms.offers }).waitFor();
    assert.ok(!(await page.evaluate(() => document.cookie)).includes('garam'), 'no script can read the cookie');
    await press(page, ko.rooms.settings);
    await press(page, ko.signIn.out);
    await page.getByRole('heading', { level: 1, name: ko.signIn.title }).waitFor();
    assert.equal((await page.request.get('/api/session')).status(), 401);
  });

  await t.test('an empty house says in each room what to do first', async () => {
    const { key } = await app.host('newcomer');
    const page = await app.visit();
    await page.request.post('/api/session', { data: { key }, headers: { 'x-madang': '1' } });
    const first = {
      '/': '먼저 거래하는 기업을 파트너로 등록하세요.',
      '/products': ko.products.empty,
      '/partners': ko.partners.empty,
      '/offers': ko.offers.empty,
      '/exchanges': ko.exchanges.empty,
      '/passports': ko.passports.empty,
    };
    for (const [address, sentence] of Object.entries(first)) {
      await page.goto(address);
      await settled(page);
      await page.locator('main').getByText(sentence).waitFor();
      const next = page.locator('main').getByRole('link');
      assert.ok((await next.count()) > 0, `${address} has a way to the first step`);
      await audit(page, `${address}, empty`);
    }
    await page.goto('/settings');
    await settled(page);
    await page.getByText(ko.settings.trustEmpty).waitFor();
    await page.getByText(ko.settings.credentialsEmpty).waitFor();
    await page.context().close();
  });

  await t.test('a server that is gone: a sentence and a way to try again; when it is back, so is the page', async () => {
    const page = await app.visit({ as: 'nurideul' });
    await page.goto('/');
    await settled(page);
    await app.stop();
    await press(page, ko.rooms.offers);
    const trouble = page.getByRole('alert').filter({ hasText: ko.errors.offline });
    await trouble.waitFor();
    await audit(page, 'a server that is gone');
    await press(page, ko.common.retry);
    await trouble.waitFor();
    await app.startAgain();
    await page.getByRole('table', { name: ko.rooms.offers }).waitFor({ timeout: 20_000 });
    await trouble.waitFor({ state: 'detached' });
  });
  assert.deepEqual(app.faults, []);
});

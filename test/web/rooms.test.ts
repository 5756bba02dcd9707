import assert from 'node:assert/strict';
import { test } from 'node:test';
import { en } from '../../packages/web/src/text/en.ts';
import { ko } from '../../packages/web/src/text/ko.ts';
import { openApp, skip } from './app.ts';
import { press, tabTo } from './keyboard.ts';
import { auditBothThemes, fitsInWidth, settled } from './look.ts';

const ROOMS = ['home', 'products', 'partners', 'offers', 'exchanges', 'passports', 'settings'] as const;
const TEXTS = { ko, en };

test('every room by keyboard only, in both languages', { skip }, async (t) => {
  await using app = await openApp();
  for (const lang of ['ko', 'en'] as const) {
    const words = TEXTS[lang];
    await t.test(lang, async () => {
      const page = await app.visit({ lang: 'ko' });
      await page.goto('/');
      await settled(page);
      if (lang === 'en') await press(page, ko.language.switchTo);
      assert.equal(await page.title(), `${words.signIn.title} · ${words.brand}`);
      await auditBothThemes(page, 'sign-in');
      await tabTo(page, words.signIn.key);
      await page.keyboard.type(app.participant('nurideul').key);
      await page.keyboard.press('Enter');
      await page.getByRole('navigation', { name: words.rooms.label }).waitFor();

      for (const room of ROOMS) {
        await press(page, words.rooms[room]);
        await page.getByRole('heading', { level: 1, name: words.rooms[room], exact: true }).waitFor();
        await settled(page);
        assert.equal(await page.title(), `${words.rooms[room]} · ${words.brand}`);
        assert.equal(await page.evaluate(() => document.documentElement.lang), lang);
        await auditBothThemes(page, room);
      }
      await page.context().close();
    });
  }

  await t.test('what stands behind the rooms', async () => {
    const page = await app.visit({ as: 'nurideul', lang: 'en' });
    await page.goto('/products');
    await settled(page);
    await press(page, /battery cell/);
    await settled(page);
    for (const tab of ['overview', 'bom', 'footprint', 'passport'] as const) {
      await press(page, en.products.tabs[tab]);
      await settled(page);
      await auditBothThemes(page, `product ${tab}`);
    }
    for (const address of ['/products/import', '/partners/new', '/offers/new', '/nowhere']) {
      await page.goto(address);
      await settled(page);
      await auditBothThemes(page, address);
    }
    await page.goto('/partners');
    await settled(page);
    await press(page, /Bareum Anode/);
    await settled(page);
    await auditBothThemes(page, 'a partner');
    await press(page, /coated natural graphite/);
    await page.getByRole('region', { name: en.catalogue.terms }).waitFor();
    await press(page, en.offers.formal);
    await auditBothThemes(page, 'a formal policy unfolded');
  });

  await t.test('the parts of the rooms, in both languages', async () => {
    const partner = encodeURIComponent(app.participant('bareum').did);
    for (const lang of ['ko', 'en'] as const) {
      const page = await app.visit({ as: 'nurideul', lang });
      const addresses = [
        '/partners/search',
        '/partners/search?q=nothing-of-the-kind',
        `/partners/${partner}`,
        '/offers/files',
        '/offers/services',
        '/offers/services?edit=-',
        '/exchanges/received',
        '/exchanges/unsent',
      ];
      for (const address of addresses) {
        await page.goto(address);
        await settled(page);
        await auditBothThemes(page, `${address} (${lang})`);
        await fitsInWidth(page, address);
      }
      await page.goto('/partners/search');
      await settled(page);
      await page.locator('.dataset a').first().click();
      await page.getByRole('region', { name: TEXTS[lang].catalogue.terms }).waitFor();
      await settled(page);
      await auditBothThemes(page, `a dataset (${lang})`);
      await page.context().close();
      const phone = await app.visit({ as: 'nurideul', lang, width: 360 });
      for (const address of addresses) {
        await phone.goto(address);
        await settled(phone);
        await fitsInWidth(phone, `${address} on a phone`);
      }
      await phone.context().close();
    }
  });

  await t.test('the same data as a table, one key away', async () => {
    const page = await app.visit({ as: 'nurideul', lang: 'en' });
    await page.goto('/partners');
    await settled(page);
    await tabTo(page, en.partners.chain);
    await page.keyboard.press('t');
    const table = page.getByRole('table', { name: en.partners.chain });
    await table.waitFor();
    for (const name of ['Daon Cathode', 'Bareum Anode', 'Ara Electrolyte', 'Saegyeol Foil', 'Garam Pack Systems']) {
      assert.equal(await table.getByRole('row', { name: new RegExp(`^\\S+ ${name}`) }).count(), 1, name);
    }
    await auditBothThemes(page, 'the chain as a table');
  });

  await t.test('menus, dialogs and the calendar', async () => {
    const page = await app.visit({ as: 'nurideul', lang: 'en' });
    await page.goto('/offers/new');
    await settled(page);
    for (const blank of [en.offers.what, en.offers.fieldsLabel, en.offers.whom, en.offers.tryFor, en.offers.until, en.offers.answer]) {
      await press(page, new RegExp(`^${blank.replaceAll(/[()]/g, '.')}: `));
      await page.getByRole('dialog').waitFor();
      await auditBothThemes(page, `the blank ${blank}`);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    await page.goto('/exchanges');
    await settled(page);
    await press(page, new RegExp(en.exchanges.filter));
    await page.getByRole('listbox').waitFor();
    await auditBothThemes(page, 'a menu');
    await page.keyboard.press('Escape');
    await page.goto('/offers');
    await settled(page);
    await press(page, /cell/i);
    await settled(page);
    await press(page, /Calendar/);
    await page.getByRole('grid').waitFor();
    await auditBothThemes(page, 'the calendar');
  });
  assert.deepEqual(app.faults, []);
});

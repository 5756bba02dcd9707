import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encode } from 'uqr';
import { en } from '../../packages/web/src/text/en.ts';
import { ko } from '../../packages/web/src/text/ko.ts';
import { openApp, skip } from './app.ts';
import { auditBothThemes, fitsInWidth, seen, settled } from './look.ts';

test('the public passport: signed out, on a phone, ten seconds', { skip }, async (t) => {
  await using app = await openApp();
  const passport = app.ready.passport;
  assert.ok(passport);
  const { pathname } = new URL(passport.url);

  for (const [lang, words] of [
    ['ko', ko],
    ['en', en],
  ] as const) {
    await t.test(`390 px, ${lang}`, async () => {
      const page = await app.visit({ lang, width: 390 });
      await page.goto(pathname);
      await settled(page);
      await page.getByRole('heading', { level: 2, name: words.passports.footprint, exact: true }).waitFor();
      await fitsInWidth(page, 'the passport');
      await auditBothThemes(page, 'the passport');
      assert.match(await page.title(), /80 kWh · /);
      const figure = page.locator('.big');
      assert.match(await seen(figure), /^88\.81\s*kg CO₂e/);
      const text = await seen(page.locator('main'));
      for (const part of ['Garam Pack Systems', '80', 'NMC', 'kWh']) assert.ok(text.includes(part), part);
      assert.equal(await page.getByRole('navigation').count(), 0, 'no rooms of the house');
      await page.context().close();
    });
  }

  await t.test('the QR code is the address of this page', async () => {
    const page = await app.visit({ width: 390 });
    await page.goto(pathname);
    await settled(page);
    const code = page.getByRole('img', { name: ko.passports.qr });
    const drawn = await code.evaluate(async (img: HTMLImageElement) => {
      await img.decode();
      const size = 410;
      const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size });
      const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
      pen.drawImage(img, 0, 0, size, size);
      return { size, dark: [...pen.getImageData(0, 0, size, size).data].filter((_, i) => i % 4 === 0).map((red) => red < 128) };
    });
    const { data, size } = encode(passport.url, { border: 2 });
    const cell = drawn.size / size;
    const read = data.map((row, y) =>
      row.map((_, x) => drawn.dark[Math.floor((y + 0.5) * cell) * drawn.size + Math.floor((x + 0.5) * cell)] === true),
    );
    assert.deepEqual(read, data);
  });

  await t.test('its JSON, and no more of it than anyone may see', async () => {
    const page = await app.visit();
    await page.goto(pathname);
    await settled(page);
    const href = await page.getByRole('link', { name: ko.passports.json }).getAttribute('href');
    assert.equal(href, passport.json);
    const answer = await page.request.get(href ?? '');
    assert.equal(answer.status(), 200);
    const body = (await answer.json()) as { audience: string; values: { access: string; state: string }[] };
    assert.equal(body.audience, 'public');
    assert.ok(body.values.some(({ state }) => state === 'given'));
    assert.deepEqual([...new Set(body.values.map(({ access }) => access))], ['P']);
    const outside = await page.request.get(`${href}?view=legitimateInterest`);
    assert.ok(outside.status() >= 400, 'a wider view is not for anyone');
  });

  await t.test('its maker looks through the eyes of other readers', async () => {
    const page = await app.visit({ as: 'garam', lang: 'en' });
    await page.goto(pathname);
    await settled(page);
    const values = () => page.locator('.attributes > div').count();
    const seen = await values();
    await page.getByRole('radio', { name: en.passports.audiences.authority }).click();
    await page.waitForFunction((before) => document.querySelectorAll('.attributes > div').length > before, seen);
    await auditBothThemes(page, 'the passport as an authority sees it');
  });
  assert.deepEqual(app.faults, []);
});

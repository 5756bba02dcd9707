import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { ko } from '../../packages/web/src/text/ko.ts';
import { openApp, skip } from './app.ts';
import { press, tabTo } from './keyboard.ts';
import { auditBothThemes, seen, settled } from './look.ts';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

/** More than two pages of a catalogue, and one of our own offers. */
const MANY = 105;

test('files and services of our own: uploaded, registered, offered, removed', { skip }, async (t) => {
  await using app = await openApp();
  const client = app.client('garam');
  const page = await app.visit({ as: 'garam' });
  page.on('filechooser', () => undefined);
  const upload = (name: string, mimeType: string, buffer: Buffer) =>
    page.locator('input[type=file]').setInputFiles({ name, mimeType, buffer });

  await t.test('a file is uploaded and looked at; a picture is drawn', async () => {
    await page.goto('/offers');
    await settled(page);
    await press(page, ko.offers.tabs.files);
    await page.getByText(ko.files.ownEmpty).waitFor();
    await auditBothThemes(page, 'no files yet');
    await upload('mark.png', 'image/png', PNG);
    await page.getByRole('heading', { level: 1, name: 'mark.png' }).waitFor();
    const drawn = page.getByRole('img', { name: 'mark.png' });
    await drawn.waitFor();
    assert.equal(await drawn.evaluate((img) => (img as HTMLImageElement).naturalWidth), 1);
    await auditBothThemes(page, 'a file of our own');
    await page.goto('/offers/files');
    await upload('값.json', 'application/json', Buffer.from('{"total":"61.2"}'));
    await page.getByRole('region', { name: ko.files.preview }).getByText('"total": "61.2"').waitFor();
    await page.goto('/offers/files');
    await page.getByRole('table', { name: ko.files.own }).getByRole('link', { name: 'mark.png' }).waitFor();
    await auditBothThemes(page, 'our files');
  });

  await t.test('it is offered with what it holds, and the offer shows exactly that', async () => {
    await press(page, '값.json');
    await settled(page);
    await press(page, ko.files.offer);
    await page.getByRole('heading', { level: 1, name: ko.offers.newTitle }).waitFor();
    const sentence = page.locator('.sentence');
    await sentence.getByText('파일 ‘값.json’을').waitFor();
    assert.ok(!(await seen(sentence)).includes(ko.offers.fieldsWhole), 'a file has no fields to choose');
    await press(page, new RegExp(`^${ko.offers.whom}: `));
    await page.getByRole('dialog').waitFor();
    await tabTo(page, ko.offers.pickPartners);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await page.keyboard.press('Escape');
    await press(page, ko.about.title);
    await tabTo(page, ko.about.standard);
    await page.keyboard.type('PACT');
    assert.equal(await page.getByRole('button', { name: ko.offers.create }).isDisabled(), true);
    await tabTo(page, ko.about.version);
    await page.keyboard.type('3.0.0');
    await tabTo(page, ko.about.languages);
    await page.keyboard.type('ko');
    await auditBothThemes(page, 'an offer of a file');
    await press(page, ko.offers.create);
    await page.getByRole('heading', { level: 1, name: '값.json' }).waitFor();
    await page.getByText('"total": "61.2"').waitFor();
    await page.getByText('PACT 3.0.0').waitFor();
    const [offer] = (await client.call('offers', { query: { q: '값.json' } })).offers;
    assert.equal(offer?.view.kind, 'file');
    assert.deepEqual(offer?.about.languages, ['ko']);
    await auditBothThemes(page, 'an offer that shows a file');
  });

  await t.test('what an offer shows cannot be removed; what none shows can, after asking once', async () => {
    await page.goto('/offers/files');
    await press(page, '값.json');
    await settled(page);
    await press(page, ko.files.remove);
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await page.goto('/offers/files');
    await press(page, 'mark.png');
    await settled(page);
    await press(page, ko.files.remove);
    await page.getByText(ko.files.removeAsk('mark.png')).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText(ko.files.removed('mark.png')).waitFor();
    assert.deepEqual(
      (await client.call('files', { query: {} })).files.filter((f) => f.receivedFrom === null).map((f) => f.name),
      ['값.json'],
    );
  });

  await t.test('a service is registered with a secret that is never seen again, and offered', async () => {
    await using upstream = await openUpstream();
    await press(page, ko.offers.tabs.services);
    await page.getByText(ko.services.empty).waitFor();
    await press(page, ko.services.add);
    await auditBothThemes(page, 'a service to be registered');
    const fill = async (name: string, text: string) => {
      await tabTo(page, name);
      await page.keyboard.type(text);
    };
    await fill(ko.services.id, 'erp');
    await fill(ko.services.name, '생산 이력');
    await fill(ko.services.base, upstream.url);
    await fill(ko.services.query, 'lot');
    await fill(ko.services.paths, '/parts/*');
    await fill(ko.services.headers, 'X-Key: sesame');
    await press(page, ko.common.save);
    const card = page.getByRole('listitem').filter({ hasText: '생산 이력' });
    await card.getByText('X-Key').waitFor();
    assert.ok(!(await page.content()).includes('sesame'));
    await press(page, `${ko.services.edit}: 생산 이력`);
    await page.getByText(ko.services.headersKept('X-Key')).waitFor();
    await auditBothThemes(page, 'a service to be changed');
    await press(page, ko.common.save);
    await page.getByRole('button', { name: ko.common.save }).waitFor({ state: 'detached' });
    assert.deepEqual((await client.call('services')).services[0]?.headers, ['X-Key']);
    await press(page, ko.services.offer);
    await page.locator('.sentence').getByText('서비스 ‘생산 이력’을').waitFor();
  });

  await t.test('offers are searched where they are kept', async () => {
    await page.goto('/offers');
    await settled(page);
    await tabTo(page, `${ko.rooms.offers}: ${ko.common.search}`);
    await page.keyboard.type('값.json');
    const table = page.getByRole('table', { name: ko.rooms.offers });
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1);
    await table.getByRole('link', { name: '값.json' }).waitFor();
    await page.keyboard.type('없는 것');
    await page.getByText(ko.offers.noMatch).waitFor();
    await auditBothThemes(page, 'no offer matches');
  });

  await t.test('many offers come page by page, on our side and on that of a partner', async () => {
    const [file] = (await client.call('files', { query: {} })).files;
    const view = { kind: 'file' as const, sha256: file?.sha256 ?? '' };
    const anyone = { choices: {} };
    for (let i = 0; i < MANY; i += 1)
      await client.call('createOffer', { body: { title: `묶음 ${i}`, view, about: {}, access: anyone, contract: anyone, answer: 'auto' } });
    await page.goto('/offers?q=묶음');
    await settled(page);
    const lines = () => page.locator('tbody tr').count();
    assert.equal(await lines(), 100);
    await press(page, ko.offers.more);
    await page.waitForFunction((n) => document.querySelectorAll('tbody tr').length === n, MANY);
    assert.equal(await page.getByRole('button', { name: ko.offers.more }).count(), 0);
    const partner = await app.visit({ as: 'nurideul' });
    await partner.goto(`/partners/${encodeURIComponent(app.participant('garam').did)}?q=묶음`);
    const catalogue = partner.getByRole('region', { name: ko.partners.catalog });
    await catalogue.getByRole('heading', { level: 3 }).nth(49).waitFor();
    assert.equal(await catalogue.getByRole('heading', { level: 3 }).count(), 50);
    await press(partner, ko.common.more);
    await catalogue.getByRole('heading', { level: 3 }).nth(99).waitFor();
    assert.equal(new Set(await catalogue.getByRole('heading', { level: 3 }).allInnerTexts()).size, 100);
  });
  assert.deepEqual(app.faults, []);
});

async function openUpstream(): Promise<AsyncDisposable & { url: string }> {
  const server = createServer((_, res) => res.end('{}'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://localhost:${(server.address() as { port: number }).port}/api`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

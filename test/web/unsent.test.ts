import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ko } from '../../packages/web/src/text/ko.ts';
import { openApp, skip } from './app.ts';
import { press } from './keyboard.ts';
import { auditBothThemes, seen, settled } from './look.ts';
import { openProvider, REPORT } from './provider.ts';

test('a partner that turns a request away, and one that answers no more', { skip }, async (t) => {
  await using app = await openApp();
  await using provider = await openProvider('새날시험소', Buffer.from('a,b\n1,2\n'));
  const client = app.client('nurideul');
  const { did, dsp } = provider.peer;
  await client.call('putPartner', { body: { did, dsp, name: provider.name, shortName: 'lab', relation: 'supplier', groups: [] } });
  const page = await app.visit({ as: 'nurideul' });

  await t.test('what could not be sent waits at home, says why, and is sent again', async () => {
    await page.goto('/');
    await settled(page);
    provider.refuses = true;
    await client.call('negotiate', { body: { partner: did, dataset: REPORT.id, purpose: 'quality' } });
    const todo = page.getByRole('region', { name: ko.home.todo }).getByRole('link', { name: new RegExp(provider.name) });
    await todo.waitFor();
    await press(page, new RegExp(`${provider.name}.*${REPORT.title}`));
    await page.getByRole('article').getByRole('region', { name: ko.letters.title }).waitFor();
    await auditBothThemes(page, 'an exchange with a message that was not sent');

    await press(page, ko.exchanges.tabs.unsent);
    await page.getByRole('heading', { level: 1, name: ko.letters.title }).waitFor();
    await settled(page);
    const letter = page.getByRole('listitem').filter({ hasText: REPORT.title });
    const said = await seen(letter);
    for (const part of ['정기 점검 중입니다. 내일 다시 보내세요.', ko.because.fault.word, provider.name, '1번']) {
      assert.ok(said.includes(part), `"${part}" in: ${said}`);
    }
    await auditBothThemes(page, 'messages not delivered');
    provider.refuses = false;
    await press(page, new RegExp(`^${ko.letters.again}: `));
    await page.getByText(ko.letters.empty).waitFor();
    const [exchange] = (await client.call('exchanges', { query: { partner: did } })).exchanges;
    await page.goto(`/exchanges/${encodeURIComponent(exchange?.id ?? '')}`);
    await page.getByRole('article').getByText('체결', { exact: true }).first().waitFor();
  });

  await t.test('another one is taken off the list, after asking once', async () => {
    provider.refuses = true;
    await client.call('negotiate', { body: { partner: did, dataset: REPORT.id, purpose: 'cbam' } });
    await page.goto('/exchanges/unsent');
    await press(page, new RegExp(`^${ko.letters.drop}: `));
    await page.getByText(ko.letters.dropAsk).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText(ko.letters.empty).waitFor();
    assert.deepEqual((await client.call('deadLetters')).letters, []);
  });

  await t.test('its connector is checked by hand, and what comes of it stands in the list', async () => {
    await page.goto(`/partners/${encodeURIComponent(did)}`);
    const reach = page.getByRole('region', { name: ko.partners.reach.title });
    await reach.getByText(ko.partners.reach.states.reached).waitFor();
    await provider.close();
    await press(page, ko.partners.reach.check);
    await reach.getByText(ko.partners.reach.silent, { exact: false }).waitFor({ timeout: 30_000 });
    await reach.getByText(ko.partners.reach.states.unreachable, { exact: true }).waitFor();
    await reach.getByText(ko.partners.reach.why).waitFor();
    await auditBothThemes(page, 'a partner that does not answer');
    await press(page, ko.rooms.partners);
    const row = page.getByRole('table', { name: ko.partners.list }).getByRole('row', { name: new RegExp(provider.name) });
    await row.getByText(ko.partners.reach.states.unreachable).waitFor();
    await page.goto(`/partners/${encodeURIComponent(did)}`);
    await press(page, ko.catalogue.refresh);
    await page.getByRole('region', { name: ko.partners.catalog }).getByText(ko.catalogue.stale).waitFor({ timeout: 30_000 });
  });
  assert.deepEqual(app.faults, []);
});

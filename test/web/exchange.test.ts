import assert from 'node:assert/strict';
import { test } from 'node:test';
import { en } from '../../packages/web/src/text/en.ts';
import { ko } from '../../packages/web/src/text/ko.ts';
import { type App, openApp, skip } from './app.ts';
import { press } from './keyboard.ts';
import { audit, seen, settled } from './look.ts';

test('exchanges: why one was refused, one that waits is answered, all of it without loading the page anew', { skip }, async (t) => {
  await using app = await openApp();

  await t.test('a refusal says what was asked, which rule said no, what was found, what would change it and whom to ask', async () => {
    const page = await app.visit({ as: 'nurideul', lang: 'en' });
    await page.goto('/exchanges?state=stopped');
    await settled(page);
    await press(page, /graphite/);
    const detail = page.getByRole('article');
    const reasons = detail.getByRole('region', { name: en.exchanges.why });
    await reasons.waitFor();
    const said = await seen(reasons);
    const parts = {
      asked: /You cannot have the data "[^"]*coated natural graphite[^"]*"/,
      rule: /The provider gives it only to companies whose membership is valid/,
      found: /No valid membership credential of yours was found/,
      change: /Get one and show it, and you can have it/,
      whom: /Ask the operator/,
    };
    for (const [part, sentence] of Object.entries(parts)) assert.match(said, sentence, part);
    await detail
      .getByText(en.states.negotiation['TERMINATED'] as string)
      .first()
      .waitFor();
    await audit(page, 'a refused exchange');
    await press(page, ko.language.name);
    await detail.getByRole('region', { name: ko.exchanges.why }).getByText('회원 자격이 유효한 기업').first().waitFor();
  });

  await t.test('a request that waits appears at home by itself and is agreed to from there', async () => {
    const dataset = await offerByHand(app);
    const page = await app.visit({ as: 'ara' });
    await page.goto('/');
    await settled(page);
    const todo = page.getByRole('region', { name: ko.home.todo });
    assert.equal(await todo.getByRole('link', { name: /손으로/ }).count(), 0);
    await page.evaluate(() => Object.assign(globalThis, { here: true }));
    await app.client('nurideul').call('negotiate', { body: { partner: app.participant('ara').did, dataset, purpose: 'quality' } });
    await todo.getByRole('link', { name: /누리들셀.*손으로/ }).waitFor();

    await press(page, /누리들셀.*손으로/);
    await page.getByText(ko.exchanges.waiting.me).waitFor();
    await audit(page, 'an exchange that waits for me');
    await press(page, ko.exchanges.actions.agree);
    const detail = page.getByRole('article');
    await detail.getByText('체결').first().waitFor();
    assert.equal(await detail.getByRole('button', { name: ko.exchanges.actions.agree }).count(), 0);
    const steps = await detail.locator('.timeline > li').allInnerTexts();
    for (const [i, word] of ['요청', '합의', '확인', '체결'].entries()) assert.match(steps[i] ?? '', new RegExp(`^${word}`));
    await press(page, ko.rooms.home);
    await page.getByRole('heading', { level: 1, name: ko.rooms.home }).waitFor();
    await todo.getByRole('link', { name: /손으로/ }).waitFor({ state: 'detached' });
    assert.equal(await page.evaluate(() => (globalThis as { here?: boolean }).here), true, 'the page was never loaded anew');
  });

  await t.test('a refusal of ours takes the reason that the other side is told', async () => {
    const dataset = await offerByHand(app);
    const { id } = await app
      .client('nurideul')
      .call('negotiate', { body: { partner: app.participant('ara').did, dataset, purpose: 'quality' } });
    const page = await app.visit({ as: 'ara' });
    await page.goto('/exchanges?state=mine');
    await page.getByRole('link', { name: /손으로/ }).waitFor();
    await press(page, /손으로/);
    await page.getByText(ko.exchanges.waiting.me).waitFor();
    await press(page, ko.exchanges.actions.terminate);
    await page.keyboard.type('다음 달부터 드립니다');
    await audit(page, 'the reason of a refusal');
    await press(page, ko.exchanges.confirmStop);
    await page
      .getByRole('article')
      .getByText(ko.states.negotiation['TERMINATED'] as string)
      .first()
      .waitFor();
    const told = await app.client('nurideul').call('exchange', { params: { id } });
    assert.match(JSON.stringify(told.reasons), /다음 달부터 드립니다/);
  });
  assert.deepEqual(app.faults, []);
});

/** An offer of Ara's that a person answers. Returns its dataset. */
async function offerByHand(app: App): Promise<string> {
  const ara = app.client('ara');
  const [item] = (await ara.call('records', { params: { kind: 'item' } })).records;
  const view = { kind: 'item' as const, ids: [item?.id ?? ''], fields: 'whole' as const };
  const anyone = { choices: {} };
  const offer = await ara.call('createOffer', {
    body: { title: '손으로 답하는 것', view, access: anyone, contract: anyone, answer: 'manual' },
  });
  return offer.dataset;
}

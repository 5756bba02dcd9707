import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import type { RecordView } from '@madang/core/api/views.ts';
import type { Page } from 'playwright-core';
import { ko } from '../../packages/web/src/text/ko.ts';
import { openApp, skip } from './app.ts';
import { press, tabTo } from './keyboard.ts';
import { auditBothThemes, seen, settled } from './look.ts';

const ANYONE = { choices: {} };

test('the other ways to receive: a subscription, sent to us, a service', { skip }, async (t) => {
  await using app = await openApp();
  const [giver, taker] = [app.client('bareum'), app.client('nurideul')];
  const page = await app.visit({ as: 'nurideul' });
  const { did } = app.participant('bareum');

  /** Opens the dataset of an offer that Bareum makes for anyone, and negotiates it. */
  const agree = async (view: Parameters<typeof giver.call<'createOffer'>>[1]['body']['view'], title: string) => {
    await giver.call('createOffer', { body: { title, view, about: {}, access: ANYONE, contract: ANYONE, answer: 'auto' } });
    await taker.call('catalog', { body: { partner: did, refresh: true, limit: 1 } });
    await page.goto(`/partners/${encodeURIComponent(did)}?q=${encodeURIComponent(title)}`);
    await settled(page);
    await press(page, title);
    await settled(page);
    await press(page, ko.catalogue.negotiate);
    await page.getByText(ko.catalogue.inForce).waitFor();
  };
  const way = (format: string) => ko.formats[format]?.name ?? '';

  await t.test('a subscription shows each version that came, is paused and goes on', async () => {
    const item = await write(giver, '1');
    await agree({ kind: 'item', ids: [item.id], fields: 'whole' }, '구독하는 것');
    await press(page, way('HttpStream-PULL'));
    const course = page.getByRole('region', { name: ko.catalogue.course });
    await course.getByText(ko.transfer.open, { exact: true }).waitFor();
    await course.getByText('1건', { exact: true }).waitFor();
    await write(giver, '2');
    await course.getByText('2건', { exact: true }).waitFor();
    await auditBothThemes(page, 'a subscription');
    await press(page, ko.exchanges.actions.suspend);
    await course.getByText('일시 중지', { exact: true }).first().waitFor();
    await write(giver, '3');
    await press(page, ko.exchanges.actions.start);
    await course.getByText('3건', { exact: true }).waitFor();
    await page.getByRole('link', { name: ko.catalogue.seeExchange }).last().click();
    const detail = await lastDetail(page);
    await auditBothThemes(page, 'a subscription among the exchanges');
    await press(page, ko.files.seeReceived);
    await settled(page);
    await page.getByText(ko.files.onlyUnder).waitFor();
    await press(page, '구독');
    await page.getByRole('row', { name: 'massPerUnit 3' }).waitFor();
    assert.ok((await seen(page.locator('main'))).includes(ko.files.under('바름음극 Bareum Anode')));
    await auditBothThemes(page, 'what a subscription brought');
    await page.goBack();
    await settled(page);
    await press(page, ko.exchanges.stop);
    await page.keyboard.type('다 받았습니다');
    await press(page, ko.exchanges.confirmStop);
    await detail.getByText(ko.because.decision.word).first().waitFor();
  });

  await t.test('sent to us: the file comes by itself', async () => {
    const body = new TextEncoder().encode('lot,mass\nA,1\n');
    const { sha256 } = await giver.call('putFile', { query: { name: 'lots.csv' }, body });
    await agree({ kind: 'file', sha256 }, '보내 주는 것');
    await press(page, way('HttpData-PUSH'));
    const course = page.getByRole('region', { name: ko.catalogue.course });
    await course.getByRole('link', { name: 'lots.csv' }).waitFor();
    assert.match(await seen(course), new RegExp(ko.files.under('').slice(3)));
  });

  await t.test('a service is called, and its answer kept under the agreement', async () => {
    await using upstream = await openUpstream();
    const service = { title: '이력', base: upstream.url, methods: ['GET' as const], paths: ['/lots/*'], query: ['full'] };
    await giver.call('putService', { params: { id: 'erp' }, body: { ...service, headers: {}, maxBytes: 1_000_000, timeout: 10 } });
    await agree({ kind: 'service', id: 'erp' }, '호출하는 것');
    await press(page, ko.service.name);
    const course = page.getByRole('region', { name: ko.catalogue.course });
    await course
      .getByText(ko.states.transfer['STARTED'] ?? '', { exact: true })
      .first()
      .waitFor();
    await page.getByRole('link', { name: ko.catalogue.seeExchange }).last().click();
    await lastDetail(page);
    await tabTo(page, ko.transfer.callPath);
    await page.keyboard.type('/lots/A');
    await tabTo(page, ko.transfer.callQuery);
    await page.keyboard.type('full=yes');
    await press(page, ko.transfer.call);
    await page.getByText(ko.transfer.called).waitFor();
    await auditBothThemes(page, 'a service that was called');
    await page.getByRole('article').getByRole('status').getByRole('link').click();
    await page.getByRole('region', { name: ko.files.preview }).getByText('"asked": "/api/lots/A?full=yes"').waitFor();
    assert.ok((await seen(page.locator('main'))).includes(ko.exchanges.termsOf));
  });
  assert.deepEqual(app.faults, []);
});

async function write(client: ReturnType<Awaited<ReturnType<typeof openApp>>['client']>, massPerUnit: string): Promise<RecordView> {
  const body = {
    id: 'sub-1',
    productIds: ['urn:test:product-id:sub-1'],
    name: { ko: '구독', en: 'Subscribed' },
    declaredUnit: 'kilogram',
    massPerUnit,
  };
  return client.call('writeRecord', { params: { kind: 'item', id: 'sub-1' }, body });
}

async function lastDetail(page: Page) {
  const detail = page.getByRole('article');
  await detail.waitFor();
  await settled(page);
  return detail;
}

async function openUpstream(): Promise<AsyncDisposable & { url: string }> {
  const server = createServer((req, res) =>
    res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ asked: req.url })),
  );
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

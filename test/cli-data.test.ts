import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { type Desk, openDesk } from './desk.ts';
import { writeItem } from './network.ts';

let desk: Desk;
let network: Desk['network'];
let folder: Desk['folder'];
let madang: Desk['madang'];
let succeed: Desk['succeed'];
before(async () => {
  desk = await openDesk({ ERP_KEY: 'k3y' });
  ({ network, folder, madang, succeed } = desk);
});
after(() => desk?.[Symbol.asyncDispose]());

const FILE = randomBytes(3_000_000);
const SHA = createHash('sha256').update(FILE).digest('hex');
let dataset: string;

test('a file is offered with what it holds, found by search, pulled, and read back the same', async () => {
  await writeFile(join(folder, '성적서.pdf'), FILE);
  const holds = ['--standard', 'ISO 14067@2018', '--product', 'urn:p:foil', '--class', 'HS:7410', '--language', 'ko'];
  const offer = ['offer', 'create', '--title', '동박 시험성적서', '--file', '성적서.pdf', '--type', 'application/pdf'];
  const made = (await succeed('supplier', ...offer, ...holds, '--to', 'maker', '--json')).value;
  assert.deepEqual([made.view, made.about.classes], [{ kind: 'file', sha256: SHA }, ['HS:7410']]);
  dataset = made.dataset;

  const seen = (await succeed('maker', 'catalog', 'supplier', '--kind', 'file', '--json')).value;
  assert.deepEqual([seen.datasets.map(({ id }: { id: string }) => id), seen.datasets[0].about.standard.name], [[dataset], 'ISO 14067']);
  assert.equal((await madang('maker', 'catalog', 'supplier', '--kind', 'passport')).code, 5);
  for (const found of [['시험성적서'], ['--class', 'HS:7410'], ['--product', 'urn:p:foil']])
    assert.equal((await succeed('maker', 'search', ...found, '--json')).value.datasets[0].id, dataset, found.join(' '));

  const pulled = await succeed('maker', 'pull', 'supplier', '--dataset', dataset, '--format', 'HttpData-PULL', '--json');
  assert.deepEqual([pulled.value.state, pulled.value.transfer.file.sha256], ['COMPLETED', SHA]);
  const [received] = (await succeed('maker', 'file', 'list', '--json')).value.files;
  assert.deepEqual(
    [received.name, received.receivedFrom.did, received.agreement],
    ['성적서.pdf', network.member('supplier').did, pulled.value.agreement],
  );
  await succeed('maker', 'file', 'get', SHA.slice(0, 12), '--out', 'got.pdf');
  assert.ok((await readFile(join(folder, 'got.pdf'))).equals(FILE));
});

test('the same is sent by the provider where that is asked for, and by one call where no way is named', async () => {
  const pushed = await succeed('maker', 'pull', 'supplier', '--dataset', dataset, '--format', 'HttpData-PUSH', '--json');
  assert.deepEqual([pushed.value.state, pushed.value.transfer.format], ['COMPLETED', 'HttpData-PUSH']);
  assert.equal((await succeed('maker', 'pull', 'supplier', '--dataset', dataset, '--json')).value.status, 'received');
});

test('a file that an offer shows stays; one that none shows goes', async () => {
  assert.equal((await madang('supplier', 'file', 'rm', SHA)).code, 1);
  await writeFile(join(folder, 'other.txt'), 'x');
  const { sha256 } = (await succeed('supplier', 'file', 'put', 'other.txt', '--json')).value;
  await succeed('supplier', 'file', 'rm', sha256);
  assert.equal((await madang('supplier', 'file', 'get', sha256)).code, 5);
});

test('a service is registered with a secret from the environment, offered, and called by who has the agreement', async () => {
  let asked: { url: string | undefined; headers: IncomingHttpHeaders } | undefined;
  const upstream = createServer(({ url, headers }, res) => {
    asked = { url, headers };
    res.writeHead(200, { 'content-type': 'application/json' }).end('{"stock":7}');
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
  try {
    const what = ['--base', base, '--path', '/parts/*', '--query', 'lang', '--header', 'X-Api-Key: $ERP_KEY'];
    const put = await succeed('supplier', 'service', 'put', 'parts', '--title', '재고', ...what);
    assert.ok(!put.text.includes('k3y') && put.text.includes('X-Api-Key'));
    const offer = (await succeed('supplier', 'offer', 'create', '--title', '재고 조회', '--service', 'parts', '--json')).value;
    const { agreement } = (await succeed('maker', 'negotiate', 'supplier', offer.dataset, '--json')).value;
    const begun = await succeed('maker', 'pull', '--agreement', agreement, '--json');
    assert.equal(begun.value.state, 'STARTED', 'a service is not pulled by itself: the transfer stays open');
    const answer = (await succeed('maker', 'service', 'call', begun.value.id, '/parts/7?lang=ko', '--name', 'stock.json', '--json')).value;
    assert.deepEqual([asked?.url, asked?.headers['x-api-key'], answer.size], ['/parts/7?lang=ko', 'k3y', 11]);
    const { endpoint, authorization } = (await succeed('maker', 'service', 'address', begun.value.id, '--json')).value;
    assert.deepEqual(await (await fetch(`${endpoint}/parts/8`, { headers: { authorization } })).json(), { stock: 7 });
    assert.equal((await madang('maker', 'service', 'call', begun.value.id, '/secret')).code, 1);
  } finally {
    upstream.close();
    upstream.closeAllConnections();
  }
});

test('a subscription brings each new version until it is ended', async () => {
  const id = await writeItem(network.member('supplier'));
  const offer = (await succeed('supplier', 'offer', 'create', '--title', '부품', '--kind', 'item', '--id', id, '--json')).value;
  const begun = (await succeed('maker', 'subscribe', 'supplier', '--dataset', offer.dataset, '--json')).value;
  const body = { id, productIds: [`urn:test:product-id:${id}`], name: { ko: '부품', en: 'Part' }, declaredUnit: 'kilogram' };
  for (const massPerUnit of ['2', '3'])
    await network.member('supplier').client.call('writeRecord', { params: { kind: 'item', id }, body: { ...body, massPerUnit } });
  const versions = async () => (await succeed('maker', 'exchange', begun.id, '--json')).value.transfer.stream?.versions;
  for (const end = Date.now() + 20_000; (await versions()) < 3 && Date.now() < end; )
    await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(await versions(), 3);
  assert.equal((await succeed('maker', 'subscribe', '--agreement', begun.agreement, '--json')).value.id, begun.id, 'the one that runs');
  assert.equal((await succeed('maker', 'subscribe', 'end', begun.id, '--json')).value.state, 'COMPLETED');
});

test('partners are checked; nothing waits to be sent again', async () => {
  assert.match((await succeed('maker', 'partner', 'check', 'supplier')).text, /answers[\s\S]*2025-1/);
  assert.match((await succeed('maker', 'partner', 'list')).text, /supplier +supplier Co\. +answers/);
  assert.match((await succeed('maker', 'letters')).text, /Every message was delivered/);
  assert.equal((await madang('maker', 'letters', 'send', 'urn:none')).code, 5);
});

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Member, type Network, openNetwork, writeItem } from './network.ts';

let network: Network;
let maker: Member;
before(async () => {
  network = await openNetwork({ participants: ['maker'] });
  maker = network.member('maker');
});
after(() => network?.[Symbol.asyncDispose]());

const line = (item: string, quantity: string) => ({
  item,
  line: '1',
  type: 'process',
  name: 'Press',
  component: null,
  supplier: null,
  quantity,
  unit: 'kilogram',
  stage: 'production',
  factor: { value: '2', dataType: 'primary', source: 'meter', status: 'verified' },
});
const put = (item: string, quantity: string) =>
  maker.client.call('writeRecord', { params: { kind: 'bom-line', id: `${item}/1` }, body: line(item, quantity) });
const PERIOD = { periodStart: '2026-01-01T00:00:00Z', periodEnd: '2026-12-31T00:00:00Z', country: 'KR' };
const compute = (item: string, change: object = {}) => maker.client.call('computeFootprint', { body: { item, ...PERIOD, ...change } });
const versions = async (id: string) =>
  (await maker.client.call('recordVersions', { params: { kind: 'footprint', id } })).records.map(
    ({ body }) => body as { id: string; precedingPfIds?: string[] },
  );

test('computed again from the same lines it is the same footprint; from others a new one that names it', async () => {
  const item = await writeItem(maker);
  await put(item, '5');
  const first = await compute(item);
  assert.deepEqual(await compute(item), first);
  assert.equal((await versions(item)).length, 1);

  await put(item, '6');
  const second = await compute(item);
  assert.deepEqual([first.total, second.total], ['10', '12']);
  const [newest, oldest, ...more] = await versions(item);
  assert.deepEqual([newest?.precedingPfIds, more], [[oldest?.id], []]);
  assert.deepEqual(await compute(item), second, 'and that one stands as well');

  await compute(item, { country: 'DE' });
  assert.equal((await versions(item)).length, 3);
});

test('at the same moment from the same lines it is one footprint', async () => {
  const item = await writeItem(maker);
  await put(item, '1');
  await compute(item);
  await put(item, '2');
  const all = await Promise.all(Array.from({ length: 20 }, () => compute(item)));
  assert.deepEqual(new Set(all.map(({ total }) => total)), new Set(['4']));
  assert.equal((await versions(item)).length, 2);
});

test('without lines, or without the product, there is none', async () => {
  await assert.rejects(compute(await writeItem(maker)), { code: 'bom_missing' });
  await assert.rejects(compute('nothing'), { code: 'not_found' });
});

import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { BomLine } from '@madang/core/footprint/bom.ts';
import { type Firm, type Office, openOffice } from './imports.ts';

const HEAD = 'item,line,type,name,component,supplier,quantity,unit,stage,factor,dataType,source,status,note';
const bill = (lines: Readonly<Record<string, string>>, item = 'pack') =>
  [
    HEAD,
    ...Object.entries(lines).map(
      ([line, quantity]) => `${item},${line},process,step ${line},,,${quantity},kWh,production,0.4173,primary,meter,verified,`,
    ),
  ].join('\n');

async function linesOf(firm: Firm): Promise<Record<string, string>> {
  const { records } = await firm.call('records', { params: { kind: 'bom-line' }, query: { limit: 500 } });
  return Object.fromEntries(records.map(({ body }) => [(body as BomLine).line, (body as BomLine).quantity]));
}

suite('a file after another one', () => {
  let office: Office;
  before(async () => {
    office = await openOffice();
  });
  after(() => office[Symbol.asyncDispose]());

  test('the first file again, after another one, brings its values back', async () => {
    const firm = await office.newcomer();
    await firm.bring('bom', 'a.csv', bill({ 10: '1', 20: '2' }));
    await firm.bring('bom', 'b.csv', bill({ 10: '5', 20: '2' }));
    const again = await firm.bring('bom', 'a.csv', bill({ 10: '1', 20: '2' }));
    assert.deepEqual([again.stored, again.unchanged], [1, 1]);
    assert.deepEqual(await linesOf(firm), { 10: '1', 20: '2' });
    await assert.rejects(firm.bring('bom', 'a.csv', bill({ 10: '1', 20: '2' })), { code: 'import_duplicate' });
  });

  test('a line that the bill no longer has leaves it, is told, and can come back; another product’s lines stay', async () => {
    const firm = await office.newcomer();
    await firm.bring('bom', 'other.csv', bill({ 1: '9' }, 'other'));
    await firm.bring('bom', 'four.csv', bill({ 10: '1', 20: '2', 30: '3', 40: '4' }));
    const two = await firm.bring('bom', 'two.csv', bill({ 10: '1', 30: '3' }));
    assert.deepEqual([two.stored, two.unchanged], [0, 2]);
    assert.match(two.notices.map(({ en }) => en).join(' '), /Removed 2 line\(s\)/);
    assert.deepEqual(await linesOf(firm), { 1: '9', 10: '1', 30: '3' });
    await assert.rejects(firm.call('record', { params: { kind: 'bom-line', id: 'pack:20' } }), { status: 404 });
    const { records } = await firm.call('recordVersions', { params: { kind: 'bom-line', id: 'pack:20' } });
    assert.deepEqual(
      records.map(({ version, body }) => [version, body === null]),
      [
        [2, true],
        [1, false],
      ],
    );
    await firm.bring('bom', 'three.csv', bill({ 10: '1', 20: '2', 30: '3' }));
    assert.deepEqual(await linesOf(firm), { 1: '9', 10: '1', 20: '2', 30: '3' });
  });

  test('what is computed follows the bill as it is now', async () => {
    const firm = await office.newcomer();
    const item = { id: 'pack', productIds: ['urn:x:pack'], name: { ko: '팩', en: 'pack' }, declaredUnit: 'piece', massPerUnit: '1' };
    await firm.call('writeRecord', { params: { kind: 'item', id: 'pack' }, body: item });
    const period = { item: 'pack', periodStart: '2025-01-01T00:00:00Z', periodEnd: '2026-01-01T00:00:00Z', country: 'KR' };
    await firm.bring('bom', 'two.csv', bill({ 10: '100', 20: '100' }));
    assert.equal((await firm.call('computeFootprint', { body: period })).total, '83.46');
    await firm.bring('bom', 'one.csv', bill({ 10: '100' }));
    assert.equal((await firm.call('computeFootprint', { body: period })).total, '41.73');
  });
});

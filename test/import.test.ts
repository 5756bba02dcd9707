import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '@madang/client/client.ts';
import { BOM_HEADINGS, BOM_ROW, bomCsv, footprintCsv, xlsxOf } from '@madang/server/records/import/fixture.ts';
import { type Firm, type Kind, type Office, openOffice } from './imports.ts';

let office: Office;
before(async () => {
  office = await openOffice();
});
after(() => office[Symbol.asyncDispose]());

/** Refused with this error of the registry, in both languages, and nothing stored; returns its data. */
async function isRefused(client: Firm, work: () => Promise<unknown>, status: number, code: string): Promise<unknown> {
  const before = await client.stored();
  const error = await work().then(
    () => assert.fail('it was taken'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof ApiError, String(error));
  assert.deepEqual([error.status, error.code], [status, code], error.message);
  assert.match(error.text.ko, /[가-힣]/);
  assert.match(error.text.en, /[a-z]/);
  assert.equal(await client.stored(), before);
  return error.data;
}

suite('each kind from each form of file', () => {
  for (const kind of ['item', 'bom', 'footprint'] as const)
    test(`the templates of ${kind} go round: filled as they come, they are taken; the same rows in another form change nothing`, async () => {
      for (const lang of ['ko', 'en'] as const) {
        const client = await office.newcomer();
        const form = (format: 'xlsx' | 'csv') => client.call('template', { params: { kind }, query: { format, lang } });
        const first = await client.bring(kind, `a.xlsx`, await form('xlsx'));
        assert.deepEqual([first.stored, first.unchanged], [1, 0]);
        const again = await client.bring(kind, 'a.csv', await form('csv'));
        assert.deepEqual([again.stored, again.unchanged, again.ids], [0, 1, first.ids]);
        const { records } = await client.call('recordVersions', {
          params: { kind: kind === 'bom' ? 'bom-line' : kind, id: first.ids[0]! },
        });
        assert.equal(records.length, 1);
      }
    });

  test('footprints as PACT JSON: one, a list, a page of an answer', async () => {
    const client = await office.newcomer();
    await client.bring('footprint', 'a.csv', footprintCsv());
    const [record] = (await client.call('records', { params: { kind: 'footprint' } })).records;
    const other = await office.newcomer();
    const body = record!.body as { companyIds: string[] };
    const one = (n: number) => ({ ...body, id: `7c1f9c57-3a75-4f52-8d0c-0f5d1c9e2a1${n}` });
    assert.equal((await other.bring('footprint', 'one.json', JSON.stringify(one(1)))).stored, 1);
    assert.equal((await other.bring('footprint', 'list.json', JSON.stringify([one(1), one(2)]))).stored, 1);
    assert.deepEqual((await other.bring('footprint', 'page.json', JSON.stringify({ data: [one(2), one(3)] }))).unchanged, 1);
    await isRefused(other, () => other.bring('item', 'x.json', '{"a":1}'), 422, 'import_file_type');
  });

  test('a footprint of the same content is the same, on whichever day it came; a changed figure is another', async () => {
    const client = await office.newcomer();
    const first = await client.bring('footprint', 'monday.csv', footprintCsv());
    await sleep(5);
    const second = await client.bring('footprint', 'tuesday.csv', `${footprintCsv()}\r\n`);
    assert.deepEqual([second.stored, second.unchanged, second.ids], [0, 1, first.ids]);
    const third = await client.bring('footprint', 'changed.csv', footprintCsv({ 'footprint (kg CO2e)': '28.707' }));
    assert.deepEqual([third.stored, third.unchanged], [1, 0]);
    assert.notDeepEqual(third.ids, first.ids);
  });
});

suite('what is wrong in a file is told with its place, and nothing of the file is stored', () => {
  const rows = (data: unknown) =>
    (data as { errors: { row: number; cell?: string; found: string }[] }).errors.map((e) => `${e.row} ${e.cell} ${e.found}`);

  test('one bad row among good ones', async () => {
    const client = await office.newcomer();
    const data = await isRefused(
      client,
      () => client.bring('bom', 'b.csv', bomCsv({ 공급사: '' }, { 공급사: '', 수량: '많이' }, { 공급사: '' })),
      422,
      'import_rejected',
    );
    assert.deepEqual(rows(data), ['3 G3 많이']);
    assert.equal(
      (await client.bring('bom', 'b.csv', bomCsv({ 공급사: '' }, { 공급사: '' }))).stored,
      2,
      'the corrected file is no repetition',
    );
  });

  test('a supplier that is not in the address book; once it is, its DID stands in the line', async () => {
    const client = await office.newcomer();
    assert.deepEqual(rows(await isRefused(client, () => client.bring('bom', 'b.csv', bomCsv({})), 422, 'import_rejected')), [
      '2 F2 partner:daon',
    ]);
    const did = 'did:web:daon.example';
    await client.call('putPartner', {
      body: { did, dsp: 'https://daon.example/dsp', name: '다온양극', shortName: 'daon', relation: 'supplier', groups: [] },
    });
    const { ids } = await client.bring('bom', 'b.csv', bomCsv({}, { 공급사: '다온양극' }, { 공급사: did }));
    for (const id of ids)
      assert.equal(((await client.call('record', { params: { kind: 'bom-line', id } })).body as { supplier: string }).supplier, did);
  });

  test('merged headings, a wrong sum, a negative mass', async () => {
    const client = await office.newcomer();
    const merged = xlsxOf([BOM_HEADINGS, BOM_ROW], { '!merges': [{ s: { r: 0, c: 6 }, e: { r: 0, c: 7 } }] });
    assert.deepEqual(rows(await isRefused(client, () => client.bring('bom', 'm.xlsx', merged), 422, 'import_merged_header')), [
      '1 G1 G1:H1',
    ]);
    const sum = footprintCsv({ 'fossil (kg CO2e)': '20', 'land-use change (kg CO2e)': '3' });
    assert.deepEqual(rows(await isRefused(client, () => client.bring('footprint', 's.csv', sum), 422, 'import_rejected')), ['2 I2 28.706']);
    const mass = footprintCsv({ 'mass per unit (kg)': '-1' });
    assert.deepEqual(rows(await isRefused(client, () => client.bring('footprint', 'n.csv', mass), 422, 'import_rejected')), ['2 E2 -1']);
  });

  test('what is no file of ours: empty, a picture, damaged, no kind, no name', async () => {
    const client = await office.newcomer();
    await isRefused(client, () => client.bring('bom', 'e.csv', ''), 422, 'import_empty');
    await isRefused(client, () => client.bring('bom', 'p.png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10)), 422, 'import_file_type');
    await isRefused(client, () => client.bring('bom', 'z.xlsx', xlsxOf([BOM_HEADINGS, BOM_ROW]).subarray(0, 900)), 422, 'import_damaged');
    await isRefused(client, () => client.bring('nothing' as Kind, 'a.csv', 'a'), 400, 'bad_request');
    await isRefused(client, () => client.bring('bom', '', 'a'), 400, 'bad_request');
    await isRefused(client, () => client.bring('footprint', 'many.json', `[${'0,'.repeat(60_000)}0]`), 413, 'import_too_many_rows');
  });

  test('a CSV in EUC-KR, as an older Korean spreadsheet saves it, is read as Korean', async () => {
    const client = await office.newcomer();
    const { ids, notices } = await client.bring('bom', 'euc-kr.csv', eucKr(bomCsv({ 공급사: '', 이름: '음극재 흑연' })));
    const { body } = await client.call('record', { params: { kind: 'bom-line', id: ids[0]! } });
    assert.equal((body as { name: string }).name, '음극재 흑연');
    assert.ok(notices.length > 0, 'the person is told how it was read');
  });
});

/** Text in EUC-KR: the two bytes of each Hangul syllable are found by decoding all of them. */
function eucKr(text: string): Uint8Array {
  const decoder = new TextDecoder('euc-kr');
  const codes = new Map<string, number[]>();
  for (let lead = 0xa1; lead <= 0xfe; lead++)
    for (let trail = 0xa1; trail <= 0xfe; trail++) codes.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
  return Uint8Array.from(
    Array.from(text).flatMap((char) => (char <= '\x7f' ? [char.charCodeAt(0)] : (codes.get(char) ?? assert.fail(char)))),
  );
}

suite('the same file twice', () => {
  test('one after the other: told when it came first, and nothing doubled', async () => {
    const client = await office.newcomer();
    await client.bring('footprint', 'first.csv', footprintCsv());
    const data = await isRefused(client, () => client.bring('footprint', 'second.csv', footprintCsv()), 409, 'import_duplicate');
    assert.equal((data as { name: string }).name, 'first.csv');
  });

  test('six at the same time: one is taken', async () => {
    const client = await office.newcomer();
    const file = bomCsv(...Array.from({ length: 40 }, () => ({ 공급사: '' })));
    const all = await Promise.allSettled(Array.from({ length: 6 }, (_, n) => client.bring('bom', `${n}.csv`, file)));
    const taken = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value.stored] : []));
    assert.deepEqual(taken, [40]);
    for (const one of all) if (one.status === 'rejected') assert.equal((one.reason as ApiError).code, 'import_duplicate');
    assert.equal(await client.stored(), 40);
  });

  test('rows that two different files share, at the same time: no second version', async () => {
    const client = await office.newcomer();
    const file = (n: number) => `${bomCsv(...Array.from({ length: 40 }, () => ({ 공급사: '' })))}${'\n'.repeat(n)}`;
    const all = await Promise.all([1, 2, 3, 4].map((n) => client.bring('bom', `${n}.csv`, file(n))));
    assert.equal(
      all.reduce((sum, { stored: n }) => sum + n, 0),
      40,
    );
    const again = (await client.call('records', { params: { kind: 'bom-line' }, query: { limit: 500 } })).records;
    assert.ok(again.length === 40 && again.every(({ version }) => version === 1));
  });
});

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { after, before, suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError, type Client, createClient } from '@madang/client/client.ts';
import type { ImportView, RecordKind } from '@madang/core/api/views.ts';
import { importPassport } from '@madang/core/passport/import.ts';
import { BOM_HEADINGS, BOM_ROW, bomCsv, footprintCsv, xlsxOf } from '@madang/server/records/import/fixture.ts';
import { type DataFolder, dataFolder, type Program, start } from './process.ts';

const SECRET = 'a-host-key-for-tests-only';
type Kind = 'item' | 'bom' | 'footprint';

let folder: DataFolder;
let program: Program;
let url: string;
before(async () => {
  folder = await dataFolder();
  program = start({ folder: folder.path, env: { MADANG_HOST_KEY: SECRET } });
  ({ url } = await program.ready);
});
after(async () => {
  await program[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

let count = 0;
/** A participant that has nothing yet. */
async function newcomer(): Promise<Client & { readonly key: string }> {
  const id = `firm-${++count}`;
  const { key } = await createClient({ url, key: `host.${SECRET}` }).host('createParticipant', { body: { id, name: id } });
  return { ...createClient({ url, key }), key };
}

const bytesOf = (file: string | Uint8Array): Uint8Array<ArrayBuffer> =>
  typeof file === 'string' ? new TextEncoder().encode(file) : Uint8Array.from(file);
const bring = (client: Client, kind: Kind, name: string, file: string | Uint8Array): Promise<ImportView> =>
  client.call('importFile', { query: { kind, name }, body: bytesOf(file) });

async function stored(client: Client): Promise<number> {
  const kinds: RecordKind[] = ['item', 'bom-line', 'footprint', 'passport'];
  const lists = await Promise.all(kinds.map((kind) => client.call('records', { params: { kind }, query: { limit: 500 } })));
  return lists.flatMap(({ records }) => records).length;
}

/** Refused with this error of the registry, in both languages, and nothing stored; returns its data. */
async function isRefused(client: Client, work: () => Promise<unknown>, status: number, code: string): Promise<unknown> {
  const before = await stored(client);
  const error = await work().then(
    () => assert.fail('it was taken'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof ApiError, String(error));
  assert.deepEqual([error.status, error.code], [status, code], error.message);
  assert.match(error.text.ko, /[가-힣]/);
  assert.match(error.text.en, /[a-z]/);
  assert.equal(await stored(client), before);
  return error.data;
}

suite('each kind from each form of file', () => {
  for (const kind of ['item', 'bom', 'footprint'] as const)
    test(`the templates of ${kind} go round: filled as they come, they are taken; the same rows in another form change nothing`, async () => {
      for (const lang of ['ko', 'en'] as const) {
        const client = await newcomer();
        const form = (format: 'xlsx' | 'csv') => client.call('template', { params: { kind }, query: { format, lang } });
        const first = await bring(client, kind, `a.xlsx`, await form('xlsx'));
        assert.deepEqual([first.stored, first.unchanged], [1, 0]);
        const again = await bring(client, kind, 'a.csv', await form('csv'));
        assert.deepEqual([again.stored, again.unchanged, again.ids], [0, 1, first.ids]);
        const { records } = await client.call('recordVersions', {
          params: { kind: kind === 'bom' ? 'bom-line' : kind, id: first.ids[0]! },
        });
        assert.equal(records.length, 1);
      }
    });

  test('footprints as PACT JSON: one, a list, a page of an answer', async () => {
    const client = await newcomer();
    await bring(client, 'footprint', 'a.csv', footprintCsv());
    const [record] = (await client.call('records', { params: { kind: 'footprint' } })).records;
    const other = await newcomer();
    const body = record!.body as { companyIds: string[] };
    const one = (n: number) => ({ ...body, id: `7c1f9c57-3a75-4f52-8d0c-0f5d1c9e2a1${n}` });
    assert.equal((await bring(other, 'footprint', 'one.json', JSON.stringify(one(1)))).stored, 1);
    assert.equal((await bring(other, 'footprint', 'list.json', JSON.stringify([one(1), one(2)]))).stored, 1);
    assert.deepEqual((await bring(other, 'footprint', 'page.json', JSON.stringify({ data: [one(2), one(3)] }))).unchanged, 1);
    await isRefused(other, () => bring(other, 'item', 'x.json', '{"a":1}'), 422, 'import_file_type');
  });

  test('a footprint of the same content is the same, on whichever day it came; a changed figure is another', async () => {
    const client = await newcomer();
    const first = await bring(client, 'footprint', 'monday.csv', footprintCsv());
    await sleep(5);
    const second = await bring(client, 'footprint', 'tuesday.csv', `${footprintCsv()}\r\n`);
    assert.deepEqual([second.stored, second.unchanged, second.ids], [0, 1, first.ids]);
    const third = await bring(client, 'footprint', 'changed.csv', footprintCsv({ 'footprint (kg CO2e)': '28.707' }));
    assert.deepEqual([third.stored, third.unchanged], [1, 0]);
    assert.notDeepEqual(third.ids, first.ids);
  });
});

suite('what is wrong in a file is told with its place, and nothing of the file is stored', () => {
  const rows = (data: unknown) =>
    (data as { errors: { row: number; cell?: string; found: string }[] }).errors.map((e) => `${e.row} ${e.cell} ${e.found}`);

  test('one bad row among good ones', async () => {
    const client = await newcomer();
    const data = await isRefused(
      client,
      () => bring(client, 'bom', 'b.csv', bomCsv({ 공급사: '' }, { 공급사: '', 수량: '많이' }, { 공급사: '' })),
      422,
      'import_rejected',
    );
    assert.deepEqual(rows(data), ['3 G3 많이']);
    assert.equal(
      (await bring(client, 'bom', 'b.csv', bomCsv({ 공급사: '' }, { 공급사: '' }))).stored,
      2,
      'the corrected file is no repetition',
    );
  });

  test('a supplier that is not in the address book; once it is, its DID stands in the line', async () => {
    const client = await newcomer();
    assert.deepEqual(rows(await isRefused(client, () => bring(client, 'bom', 'b.csv', bomCsv({})), 422, 'import_rejected')), [
      '2 F2 partner:daon',
    ]);
    const did = 'did:web:daon.example';
    await client.call('putPartner', {
      body: { did, dsp: 'https://daon.example/dsp', name: '다온양극', shortName: 'daon', relation: 'supplier', groups: [] },
    });
    const { ids } = await bring(client, 'bom', 'b.csv', bomCsv({}, { 공급사: '다온양극' }, { 공급사: did }));
    for (const id of ids)
      assert.equal(((await client.call('record', { params: { kind: 'bom-line', id } })).body as { supplier: string }).supplier, did);
  });

  test('merged headings, a wrong sum, a negative mass', async () => {
    const client = await newcomer();
    const merged = xlsxOf([BOM_HEADINGS, BOM_ROW], { '!merges': [{ s: { r: 0, c: 6 }, e: { r: 0, c: 7 } }] });
    assert.deepEqual(rows(await isRefused(client, () => bring(client, 'bom', 'm.xlsx', merged), 422, 'import_merged_header')), [
      '1 G1 G1:H1',
    ]);
    const sum = footprintCsv({ 'fossil (kg CO2e)': '20', 'land-use change (kg CO2e)': '3' });
    assert.deepEqual(rows(await isRefused(client, () => bring(client, 'footprint', 's.csv', sum), 422, 'import_rejected')), [
      '2 I2 28.706',
    ]);
    const mass = footprintCsv({ 'mass per unit (kg)': '-1' });
    assert.deepEqual(rows(await isRefused(client, () => bring(client, 'footprint', 'n.csv', mass), 422, 'import_rejected')), ['2 E2 -1']);
  });

  test('what is no file of ours: empty, a picture, damaged, no kind, no name', async () => {
    const client = await newcomer();
    await isRefused(client, () => bring(client, 'bom', 'e.csv', ''), 422, 'import_empty');
    await isRefused(client, () => bring(client, 'bom', 'p.png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10)), 422, 'import_file_type');
    await isRefused(client, () => bring(client, 'bom', 'z.xlsx', xlsxOf([BOM_HEADINGS, BOM_ROW]).subarray(0, 900)), 422, 'import_damaged');
    await isRefused(client, () => bring(client, 'nothing' as Kind, 'a.csv', 'a'), 400, 'bad_request');
    await isRefused(client, () => bring(client, 'bom', '', 'a'), 400, 'bad_request');
    await isRefused(client, () => bring(client, 'footprint', 'many.json', `[${'0,'.repeat(60_000)}0]`), 413, 'import_too_many_rows');
  });

  test('a CSV in EUC-KR, as an older Korean spreadsheet saves it, is read as Korean', async () => {
    const client = await newcomer();
    const { ids, notices } = await bring(client, 'bom', 'euc-kr.csv', eucKr(bomCsv({ 공급사: '', 이름: '음극재 흑연' })));
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
    const client = await newcomer();
    await bring(client, 'footprint', 'first.csv', footprintCsv());
    const data = await isRefused(client, () => bring(client, 'footprint', 'second.csv', footprintCsv()), 409, 'import_duplicate');
    assert.equal((data as { name: string }).name, 'first.csv');
  });

  test('six at the same time: one is taken', async () => {
    const client = await newcomer();
    const file = bomCsv(...Array.from({ length: 40 }, () => ({ 공급사: '' })));
    const all = await Promise.allSettled(Array.from({ length: 6 }, (_, n) => bring(client, 'bom', `${n}.csv`, file)));
    const taken = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value.stored] : []));
    assert.deepEqual(taken, [40]);
    for (const one of all) if (one.status === 'rejected') assert.equal((one.reason as ApiError).code, 'import_duplicate');
    assert.equal(await stored(client), 40);
  });

  test('rows that two different files share, at the same time: no second version', async () => {
    const client = await newcomer();
    const file = (n: number) => `${bomCsv(...Array.from({ length: 40 }, () => ({ 공급사: '' })))}${'\n'.repeat(n)}`;
    const all = await Promise.all([1, 2, 3, 4].map((n) => bring(client, 'bom', `${n}.csv`, file(n))));
    assert.equal(
      all.reduce((sum, { stored: n }) => sum + n, 0),
      40,
    );
    const again = (await client.call('records', { params: { kind: 'bom-line' }, query: { limit: 500 } })).records;
    assert.ok(again.length === 40 && again.every(({ version }) => version === 1));
  });
});

suite('large files', () => {
  const MB = 1024 * 1024;
  /** Peak of the program's resident memory, bytes. */
  const peak = () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${program.pid}/status`, 'utf8'))?.[1]) * 1024;

  /** Sends up to `most` bytes, until there is an answer. */
  async function upload(headers: Record<string, string | number>, most: number): Promise<{ status: number; code: string; sent: number }> {
    const { participant, key } = await newcomer();
    const address = `${url}/participants/${participant}/api/imports?kind=bom&name=big.csv`;
    const call = request(address, { method: 'POST', headers: { authorization: `Bearer ${key}`, ...headers } });
    let sent = 0;
    let open = true;
    call.on('error', () => (open = false));
    const answered = once(call, 'response').then(async ([answer]) => {
      const text = (await answer.toArray()).join('');
      open = false;
      return { status: answer.statusCode as number, code: JSON.parse(text).error.code as string };
    });
    const chunk = Buffer.alloc(MB, 'a');
    call.flushHeaders();
    while (open && sent < most) {
      if (!call.write(chunk)) await Promise.race([once(call, 'drain'), answered]).catch(() => {});
      sent += chunk.length;
    }
    const answer = await answered;
    call.destroy();
    return { ...answer, sent };
  }

  test('200 MB: refused by what it says of itself, before it is sent', async () => {
    const began = performance.now();
    const { status, code } = await upload({ 'content-length': 200 * MB }, 0);
    assert.deepEqual([status, code], [413, 'too_large']);
    assert.ok(performance.now() - began < 2_000);
  });

  test('200 MB that say nothing of their size: refused as soon as the limit is passed, and never held in memory', async () => {
    const before = peak();
    const { status, code, sent } = await upload({ 'transfer-encoding': 'chunked' }, 200 * MB);
    assert.deepEqual([status, code], [413, 'too_large']);
    assert.ok(sent < 60 * MB, `${sent / MB} MB were sent`);
    assert.ok(peak() - before < 120 * MB, `${(peak() - before) / MB} MB more`);
  });

  test('a workbook of 49,000 rows is taken whole, and meanwhile other requests are answered', async () => {
    const client = await newcomer();
    const rows = Array.from({ length: 49_000 }, (_, n) => BOM_ROW.with(1, String(n)).with(5, ''));
    const file = xlsxOf([BOM_HEADINGS, ...rows]);
    const other = await newcomer();
    let slowest = 0;
    let asked = 0;
    let done = false;
    const ask = async () => {
      while (!done) {
        const began = performance.now();
        await other.call('me');
        slowest = Math.max(slowest, performance.now() - began);
        asked++;
        await sleep(20);
      }
    };
    const asking = ask();
    const { stored: taken } = await bring(client, 'bom', 'large.xlsx', file).finally(() => (done = true));
    await asking;
    assert.equal(taken, 49_000);
    assert.ok(asked > 20 && slowest < 1_500, `the slowest of ${asked} answers took ${Math.round(slowest)} ms`);
    const { records } = await client.call('records', { params: { kind: 'bom-line' }, query: { q: ':48999', limit: 5 } });
    assert.equal(records[0]?.version, 1);
  });
});

const shared = new URL('../../shared/specs/', import.meta.url);
const skip = existsSync(shared) ? false : 'the material folder ../shared is not here';
const json = (path: string): unknown => JSON.parse(readFileSync(new URL(path, shared), 'utf8'));

suite('foreign files through the door', { skip }, () => {
  test('the sample footprints of PACT: every one is stored as it is, doubtful sums are told', async () => {
    const client = await newcomer();
    const ids = new Set<string>();
    for (const name of readdirSync(new URL('pact/samples/', shared))) {
      const text = readFileSync(new URL(`pact/samples/${name}`, shared), 'utf8');
      const { stored: taken, unchanged, notices } = await bring(client, 'footprint', name, text);
      const list = JSON.parse(text) as { id: string }[];
      assert.equal(taken + unchanged, list.length, name);
      assert.ok(notices.length > 0, name);
      const { body } = await client.call('record', { params: { kind: 'footprint', id: list[0]!.id } });
      assert.deepEqual(body, list[0]);
      for (const { id } of list) ids.add(id);
    }
    assert.ok(ids.size >= 30, String(ids.size));
    assert.equal((await client.call('footprints')).footprints.length, ids.size);
  });

  test('the sample battery of IDTA 02035: as an item, then as a passport that anyone may read', async () => {
    const client = await newcomer();
    const forms = [
      'batterypass.digital_nameplate/1.0.0/NameplateBattery',
      'batterypass.technical_data/1.0.1/TechnicalDataBattery',
      'batterypass.material_composition/1.0.1/MaterialCompositionBattery',
    ];
    const { identity, attributes } = importPassport(forms.map((name) => json(`passport/idta/value-schemas/${name}.json`)));
    const body = {
      id: 'idta-sample',
      productIds: ['urn:test:product-id:idta-sample'],
      name: { ko: '견본 배터리', en: 'sample battery' },
      declaredUnit: 'piece',
      massPerUnit: identity['mass'],
      serial: identity['serial'],
      category: identity['category'],
      attributes,
    };
    await client.call('writeRecord', { params: { kind: 'item', id: body.id }, body });
    const { json: address } = await client.call('createPassport', { body: { item: body.id } });
    const passport = (await (await fetch(address)).json()) as { values: { key: string; value: unknown; state: string }[] };
    const value = (key: string) => passport.values.find((v) => v.key === key)?.value;
    assert.deepEqual([value('mass'), value('chemistry'), value('manufacturingDate')], ['1007', 'NMC', '2022-01']);
  });
});

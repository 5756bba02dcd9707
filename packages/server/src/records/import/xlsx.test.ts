import assert from 'node:assert/strict';
import test from 'node:test';
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { CFB, utils, type WorkSheet, write } from '@e965/xlsx';
import type { BomLine } from '@madang/core/footprint/bom.ts';
import type { Footprint } from '@madang/core/footprint/pact.ts';
import {
  BOM_HEADINGS,
  BOM_ROW,
  context,
  FOOTPRINT_HEADINGS,
  FOOTPRINT_ROW,
  places,
  read,
  refusal,
  rejection,
  type SheetChange,
  xlsxOf,
} from './fixture.ts';
import { IMPORT_LIMITS } from './limits.ts';
import { readFile } from './read.ts';
import { unzip } from './zip.ts';

const bom = (change: SheetChange = {}) => xlsxOf([BOM_HEADINGS, BOM_ROW], change);
const firstLine = (bytes: Uint8Array) => read('bom', bytes).records[0]!.body as BomLine;
const footprint = (change: SheetChange) => xlsxOf([FOOTPRINT_HEADINGS, FOOTPRINT_ROW], change);

/** A ZIP with one stored or deflated part whose directory states any sizes. */
function zipOf(name: string, packed: Uint8Array, unpacked: number, count = 1): Uint8Array {
  const local = Buffer.alloc(30 + name.length);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt16LE(name.length, 26);
  local.write(name, 30);
  const entry = Buffer.alloc(46 + name.length);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(crc32(inflateRawSync(packed)), 16);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(unpacked, 24);
  entry.writeUInt16LE(name.length, 28);
  entry.write(name, 46);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(local.length + packed.length, 16);
  return Buffer.concat([local, packed, ...Array.from({ length: count }, () => entry), end]);
}

test('merged cells in the headings refuse the file and are named', () => {
  const error = refusal('bom', bom({ '!merges': [utils.decode_range('G1:H1'), utils.decode_range('A1:A2')] }));
  assert.equal(error.code, 'import_merged_header');
  assert.match(error.text.ko, /G1:H1, A1:A2/);
  assert.deepEqual(
    (error.data as { errors: { row: number; cell: string; found: string }[] }).errors.map((e) => [e.row, e.cell, e.found]),
    [
      [1, 'G1', 'G1:H1'],
      [1, 'A1', 'A1:A2'],
    ],
  );
});

test('a merge below the headings is a problem at its first cell', () => {
  const bytes = xlsxOf([BOM_HEADINGS, BOM_ROW, BOM_ROW.with(0, '').with(1, '20')], { '!merges': [utils.decode_range('A2:A3')] });
  assert.deepEqual(places('bom', bytes), ['2 제품 ID A2 A2:A3', '3 제품 ID A3 ']);
});

test('numbers are the decimals that were entered, without binary noise', () => {
  const cases: [number, string][] = [
    [0.1 + 0.2, '0.3'],
    [1e-7, '0.0000001'],
    [123456.789, '123456.789'],
    [0.3644, '0.3644'],
    [1 / 3, '0.333333333333333'],
    [1e14, '100000000000000'],
  ];
  for (const [value, expected] of cases) assert.equal(firstLine(bom({ G2: { t: 'n', v: value } })).quantity, expected);
});

test('identifiers in number cells: plain digits, leading zeros of the format kept, 16 digits refused', () => {
  assert.equal(firstLine(bom({ A2: { t: 'n', v: 8801234567893 } })).item, '8801234567893');
  assert.equal(firstLine(bom({ B2: { t: 'n', v: 10, z: '0000' } })).line, '0010');
  assert.match(places('bom', bom({ A2: { t: 'n', v: 1234567890123456 } }))[0]!, /^2 제품 ID A2/);
});

test('formulas: the stored result is used; without one, or with an error, the cell is a problem', () => {
  assert.equal(firstLine(bom({ G2: { t: 'n', v: 0.5, f: '1/2' } })).quantity, '0.5');
  const book = utils.book_new();
  const sheet = utils.aoa_to_sheet([BOM_HEADINGS, BOM_ROW]);
  sheet.G2 = { t: 'n', v: 7777, f: 'F2*2' };
  sheet.J2 = { t: 'e', v: 0x07, w: '#DIV/0!' };
  utils.book_append_sheet(book, sheet, 'Sheet1');
  for (const empty of ['<v> </v>', '<v/>', '']) {
    const parts = CFB.read(write(book, { type: 'buffer', bookType: 'xlsx' }), { type: 'buffer' });
    const part = CFB.find(parts, '/xl/worksheets/sheet1.xml');
    part.content = Buffer.from(Buffer.from(part.content).toString().replace('<v>7777</v>', empty));
    part.size = part.content.length;
    const bytes = new Uint8Array(CFB.write(parts, { fileType: 'zip', type: 'buffer' }));
    assert.deepEqual(places('bom', bytes), ['2 수량 G2 =F2*2', '2 배출계수 J2 #DIV/0!']);
  }
});

test('dates: date cells, dates with time, day numbers, and the day count from 1904', () => {
  const period = (cell: object, date1904 = false) => {
    const sheet = utils.aoa_to_sheet([FOOTPRINT_HEADINGS, FOOTPRINT_ROW]);
    sheet.F2 = cell as WorkSheet[string];
    const book = utils.book_new();
    utils.book_append_sheet(book, sheet, 'Footprint');
    book.Workbook = { WBProps: { date1904 } };
    const { records, notices } = read('footprint', new Uint8Array(write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer));
    return [(records[0]!.body as Footprint).pcf.referencePeriodStart, notices.length];
  };
  assert.deepEqual(period({ t: 'n', v: 45000, z: 'yyyy-mm-dd' }), ['2023-03-14T15:00:00Z', 1]);
  assert.deepEqual(period({ t: 'n', v: 45000.75, z: 'm/d/yy h:mm' }), ['2023-03-14T15:00:00Z', 1]);
  assert.deepEqual(period({ t: 'n', v: 45000 }), ['2023-03-14T15:00:00Z', 2]);
  assert.deepEqual(period({ t: 'n', v: 43538, z: 'yyyy-mm-dd' }, true), ['2023-03-14T15:00:00Z', 1]);
  assert.deepEqual(period({ t: 'n', v: 43538 }, true), ['2023-03-14T15:00:00Z', 2]);
  assert.deepEqual(places('bom', bom({ G2: { t: 'n', v: 45000, z: 'yyyy-mm-dd' } })), ['2 수량 G2 2023-03-15']);
});

test('percent cells count as percent where a share belongs and are refused elsewhere', () => {
  const bytes = xlsxOf([[...FOOTPRINT_HEADINGS, 'primary data share (%)'], FOOTPRINT_ROW], {
    M2: { t: 'n', v: 0.55, z: '0%' },
    '!ref': 'A1:M2',
  });
  assert.equal((read('footprint', bytes).records[0]!.body as Footprint).pcf.primaryDataShare, '55');
  assert.deepEqual(places('footprint', footprint({ E2: { t: 'n', v: 0.5, z: '0.0%' } })), ['2 mass per unit (kg) E2 50%']);
});

test('hidden rows are read with a notice; trailing empty rows and formatted empty cells are not', () => {
  const bytes = xlsxOf([BOM_HEADINGS, BOM_ROW, BOM_ROW.with(1, '20'), [], ['', ' ']], { '!rows': [{}, {}, { hidden: true }] });
  const { records, notices } = read('bom', bytes);
  assert.equal(records.length, 2);
  assert.deepEqual(
    notices.map((n) => n.en),
    ['Hidden rows were read too: 3. To leave them out, delete them and send the file again.'],
  );
});

test('the sheet of our name is read, else the first visible one with a notice', () => {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet([['secret']]), 'hidden');
  utils.book_append_sheet(book, utils.aoa_to_sheet([BOM_HEADINGS, BOM_ROW]), 'A');
  utils.book_append_sheet(book, utils.aoa_to_sheet([BOM_HEADINGS, BOM_ROW.with(1, '99')]), 'Bom');
  book.Workbook = { Sheets: [{ Hidden: 1 }, { Hidden: 0 }, { Hidden: 0 }] };
  const bytes = () => new Uint8Array(write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer);
  assert.equal(firstLine(bytes()).line, '10');
  assert.match(read('bom', bytes()).notices[0]!.ko, /'A'/);
  book.SheetNames[2] = '자재명세';
  book.Sheets['자재명세'] = book.Sheets.Bom!;
  assert.equal(firstLine(bytes()).line, '99');
  assert.deepEqual(read('bom', bytes()).notices, []);
});

test('a ZIP bomb is refused by its directory before anything is unpacked, and by its content when the directory lies', () => {
  const zeros = deflateRawSync(Buffer.alloc(1_000_000));
  assert.equal(refusal('bom', zipOf('xl/workbook.xml', zeros, IMPORT_LIMITS.unpackedBytes + 1)).code, 'import_unpacked_too_large');
  assert.equal(refusal('bom', zipOf('xl/workbook.xml', zeros, 1_000_000, 300)).code, 'import_unpacked_too_large');
  assert.equal(refusal('bom', zipOf('xl/workbook.xml', zeros, 1000)).code, 'import_damaged');
});

test('other ZIP files, damaged and password-protected ones', () => {
  const part = deflateRawSync(Buffer.from('<x/>'));
  assert.match(refusal('bom', zipOf('content.xml', part, 4)).text.en, /\.ods/);
  assert.match(refusal('bom', zipOf('xl/workbook.bin', part, 4)).text.en, /\.xlsb/);
  const whole = bom();
  assert.equal(refusal('bom', whole.subarray(0, whole.length - 30)).code, 'import_damaged');
  assert.equal(refusal('bom', Uint8Array.of(0x50, 0x4b, 3, 4)).code, 'import_damaged');
  const locked = Buffer.from(zipOf('xl/workbook.xml', part, 4));
  locked.writeUInt16LE(1, locked.indexOf(Buffer.of(0x50, 0x4b, 1, 2)) + 8);
  assert.equal(refusal('bom', locked).code, 'import_encrypted');
});

test('random damage to an XLSX never gives anything but a refusal of the registry or the records', () => {
  const whole = bom();
  for (let at = 0; at < whole.length; at += 37) {
    const bytes = Uint8Array.from(whole);
    bytes[at] = bytes[at]! ^ 0x5a;
    try {
      readFile({ bytes, kind: 'bom', context });
    } catch (error) {
      assert.equal((error as Error).name, 'MadangError', `byte ${at}: ${(error as Error).stack}`);
    }
  }
});

test('sizes above the limit are refused before they are read', () => {
  const error = refusal('bom', new Uint8Array(IMPORT_LIMITS.fileBytes + 1));
  assert.deepEqual([error.code, error.status], ['too_large', 413]);
  assert.match(error.text.ko, /20 MB/);
});

test('more rows than the limit are refused', () => {
  const rows = Array.from({ length: IMPORT_LIMITS.rows + 1 }, () => 'x').join('\n');
  assert.equal(refusal('bom', rows).code, 'import_too_many_rows');
  const sheet = bom({ [`A${IMPORT_LIMITS.rows + 1}`]: { t: 's', v: 'x' }, '!ref': `A1:N${IMPORT_LIMITS.rows + 1}` });
  assert.equal(refusal('bom', sheet).code, 'import_too_many_rows');
});

test('cells in great number are refused before they are parsed, and many unknown headings cost little', () => {
  assert.equal(refusal('bom', `a${','.repeat(IMPORT_LIMITS.cells)}`).code, 'import_too_many_rows');
  const part = deflateRawSync(Buffer.from('<c/>'.repeat(IMPORT_LIMITS.cells * 4)));
  assert.equal(refusal('bom', zipOf('xl/workbook.xml', part, IMPORT_LIMITS.cells * 16)).code, 'import_too_many_rows');
  const started = performance.now();
  assert.ok(rejection('bom', 'heading,'.repeat(100_000)).total >= 100_000);
  assert.ok(performance.now() - started < 5000);
});

test('the parts of an XLSX are unpacked as they were packed', () => {
  assert.ok(unzip(bom(), () => true).has('xl/workbook.xml'));
  assert.equal(rejection('bom', xlsxOf([BOM_HEADINGS, BOM_ROW.with(6, 'x')])).total, 1);
});

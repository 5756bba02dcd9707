import assert from 'node:assert/strict';
import test from 'node:test';
import { EUC_KR_NOTICE } from './decode.ts';
import { decodeEucKr } from './euc-kr.ts';
import { BOM_HEADINGS, BOM_ROW, bomCsv, footprintCsv, places, read, refusal, rejection } from './fixture.ts';

/** The inverse of the decoder, over the syllables and signs of one text. */
function encodeEucKr(text: string): Uint8Array {
  const codes = new Map<string, number[]>();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x41; trail <= 0xfe; trail++) {
      const char = decodeEucKr(Uint8Array.of(lead, trail));
      if (char.length === 1) codes.set(char, [lead, trail]);
    }
  }
  return Uint8Array.from([...text].flatMap((char) => (char < '\x80' ? [char.charCodeAt(0)] : codes.get(char)!)));
}

test('code page 949: known codes, both ends of the extension, and bytes without meaning', () => {
  const bytes = Uint8Array.of(0x8c, 0x63, 0x94, 0xee, 0xc1, 0x64, 0x81, 0x41, 0xc6, 0x52, 0xb0, 0xa1, 0xc8, 0xfe, 0x41);
  assert.equal(decodeEucKr(bytes), '똠뷁햏갂힣가힝A');
  assert.equal(decodeEucKr(Uint8Array.of(0xff, 0x41, 0xc6, 0x53, 0xb0)), '\uFFFDA\uFFFDS\uFFFD');
  const all = new Set(
    decodeEucKr(encodeEucKr(Array.from({ length: 0xd7a4 - 0xac00 }, (_, i) => String.fromCharCode(0xac00 + i)).join(''))),
  );
  assert.equal(all.size, 11_172);
});

test('a CSV in EUC-KR is read, with a notice; the same values as in UTF-8', () => {
  const text = bomCsv({ 이름: '똠방 양극재' });
  const korean = read('bom', encodeEucKr(text));
  const utf8 = read('bom', text);
  assert.deepEqual(korean.records, utf8.records);
  assert.deepEqual(korean.notices, [EUC_KR_NOTICE]);
  assert.deepEqual(utf8.notices, []);
  assert.deepEqual(read('bom', `\uFEFF${text}`).records, utf8.records);
  assert.deepEqual(read('bom', Uint8Array.of(0xff, 0xfe, ...Buffer.from(text, 'utf16le'))).records, utf8.records);
});

test('damaged bytes are named by row and column', () => {
  const bytes = Buffer.from(bomCsv({}, { 이름: 'XX' }));
  bytes[bytes.lastIndexOf('XX')] = 0xff;
  assert.deepEqual(places('bom', bytes), ['3 이름 D3 \uFFFDX']);
  const korean = encodeEucKr(bomCsv({ 출처: 'XX' }));
  korean[Buffer.from(korean).lastIndexOf('XX')] = 0xff;
  assert.deepEqual(places('bom', korean), ['2 출처 L2 \uFFFDX']);
});

test('separators: comma, semicolon, tab; quotes with separators and line breaks inside', () => {
  const expected = read('bom', bomCsv({ 이름: '양극재' })).records;
  for (const separator of [';', '\t']) {
    const text = [BOM_HEADINGS, BOM_ROW].map((row) => row.join(separator)).join('\r\n');
    assert.deepEqual(read('bom', text).records, expected);
  }
  const [record] = read('bom', bomCsv({ 이름: 'a "b", c\nd' })).records;
  assert.equal((record!.body as { name: string }).name, 'a "b", c\nd');
});

test('rows count as the spreadsheet shows them: blank rows before, between and after', () => {
  const [head, row] = bomCsv({ 수량: '-1' }).split('\n');
  assert.deepEqual(places('bom', `\n${head}\n\n,,,\n${row}\n,,\n\n`), ['5 수량 G5 -1']);
});

test('a quote that does not close is named by row and column', () => {
  assert.deepEqual(places('bom', `${bomCsv({})}\ncell-250,20,"부품`), ['3 C C3 "']);
  assert.deepEqual(places('bom', `${bomCsv({})}\ncell-250,2"0,부품`), ['3 B B3 2']);
});

test('a comma inside a number of a semicolon file is ambiguous and refused', () => {
  const text = [BOM_HEADINGS, BOM_ROW.with(6, '1,234')].map((row) => row.join(';')).join('\n');
  const [error] = rejection('bom', text).errors;
  assert.deepEqual([error?.cell, error?.found], ['G2', '1,234']);
  assert.match(error!.expected.en, /1234 \/ 1\.234/);
});

test('empty, blank, headings only', () => {
  assert.equal(refusal('bom', '').code, 'import_empty');
  assert.equal(refusal('bom', '\uFEFF').code, 'import_empty');
  assert.equal(refusal('bom', ' \r\n\t\n').code, 'import_empty');
  assert.equal(refusal('bom', ',,\n,,').code, 'import_empty');
  assert.equal(refusal('bom', `${BOM_HEADINGS.join(',')}\n,,,\n`).code, 'import_no_rows');
});

test('files of other kinds are told apart by content', () => {
  const found = (bytes: string | Uint8Array) => {
    const error = refusal('footprint', bytes);
    return `${error.code} ${/\(([^)]*)\)/.exec(error.text.en)?.[1] ?? ''}`.trim();
  };
  assert.equal(found('<html><table><tr><td>제품</td></tr></table></html>'), 'import_file_type HTML, XML');
  assert.equal(found('%PDF-1.7'), 'import_file_type PDF');
  assert.equal(found(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 1, 2)), 'import_file_type .xls');
  assert.equal(found(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, ...Buffer.from('EncryptedPackage', 'utf16le'))), 'import_encrypted');
  assert.equal(found(Uint8Array.of(1, 0, 2, 0, 3)), 'import_file_type binary');
  assert.equal(refusal('item', '{"id":"x"}').code, 'import_file_type');
  assert.ok(read('footprint', footprintCsv()).records.length === 1);
});

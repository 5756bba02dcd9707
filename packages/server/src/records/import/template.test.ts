import assert from 'node:assert/strict';
import test from 'node:test';
import { read as readBook, utils } from '@e965/xlsx';
import type { BomLine } from '@madang/core/footprint/bom.ts';
import fc from 'fast-check';
import { BOM_HEADINGS, read, refusal, xlsxOf } from './fixture.ts';
import { IMPORT_KINDS, TABLES } from './tables.ts';
import { template } from './template.ts';
import { loose } from './value-list.ts';

const LANGS = ['ko', 'en'] as const;

test('every template with its example row is read without a problem, the same from both formats', () => {
  for (const kind of IMPORT_KINDS) {
    for (const lang of LANGS) {
      const csv = read(kind, template(kind, 'csv', lang));
      const xlsx = read(kind, template(kind, 'xlsx', lang));
      assert.equal(csv.records.length, 1);
      assert.deepEqual(xlsx.records, csv.records);
      assert.deepEqual(
        csv.notices.map((n) => n.en).filter((n) => !n.startsWith('PACT fields')),
        [],
      );
    }
  }
});

test('the CSV starts with the mark by which Excel knows UTF-8', () => {
  assert.deepEqual([...template('bom', 'csv', 'ko').subarray(0, 3)], [0xef, 0xbb, 0xbf]);
});

test('the second sheet explains every column, in the words of the first', () => {
  for (const kind of IMPORT_KINDS) {
    for (const lang of LANGS) {
      const book = readBook(template(kind, 'xlsx', lang));
      const [first, help] = book.SheetNames.map((name) => utils.sheet_to_json<string[]>(book.Sheets[name]!, { header: 1 }));
      assert.equal(book.SheetNames[0], TABLES[kind].sheet[lang]);
      assert.deepEqual(
        help?.slice(1).map((row) => row[0]),
        first?.[0],
      );
      for (const row of help ?? []) assert.ok(row[2] && row[3], row[0]);
    }
  }
});

test('a template emptied of its example is refused as such', () => {
  const [headings] = new TextDecoder().decode(template('footprint', 'csv', 'ko')).split('\r\n');
  assert.equal(refusal('footprint', headings!).code, 'import_no_rows');
});

test('no heading or alias means two columns of one sheet', () => {
  for (const kind of IMPORT_KINDS) {
    const owner = new Map<string, string>();
    for (const { key, heading, aliases = [] } of TABLES[kind].columns) {
      for (const name of [heading.ko, heading.en, key, ...aliases].map(loose)) {
        assert.equal(owner.get(name) ?? key, key, `${kind}: ${name}`);
        owner.set(name, key);
      }
    }
  }
});

const word = fc
  .string({ unit: fc.constantFrom(...'가나똠뷁abcXYZ019 ,;"\t\'-()&<>'), minLength: 1, maxLength: 12 })
  .map((s) => s.trim())
  .filter((s) => s !== '');
const decimal = fc
  .tuple(fc.integer({ min: 0, max: 999_999 }), fc.integer({ min: 1, max: 9_999 }))
  .map(([a, b]) => `${a}.${String(b).padStart(4, '0')}`.replace(/0+$/, ''));
const lines = fc.uniqueArray(fc.record({ line: word, name: word, quantity: decimal, value: decimal, note: word, made: fc.boolean() }), {
  selector: (l) => l.line.normalize('NFC'),
  minLength: 1,
  maxLength: 8,
});
type Line = { line: string; name: string; quantity: string; value: string; note: string; made: boolean };

const rowOf = (l: Line) => [
  'p',
  l.line,
  l.made ? '공정' : 'part',
  l.name,
  '',
  '',
  l.quantity,
  l.made ? 'kWh' : '개',
  '생산',
  l.value,
  '1차',
  l.name,
  '확인됨',
  l.note,
];
const bodyOf = (l: Line): BomLine => ({
  item: 'p',
  line: l.line,
  type: l.made ? 'process' : 'part',
  name: l.name,
  component: null,
  supplier: null,
  quantity: l.quantity,
  unit: l.made ? 'kilowatt hour' : 'piece',
  stage: 'production',
  factor: { value: l.value, dataType: 'primary', source: l.name, status: 'verified' },
  note: l.note,
});

test('random rows come back with the same values, through CSV of each separator and XLSX with numbers', () => {
  fc.assert(
    fc.property(lines, fc.constantFrom(',', ';', '\t'), (all, separator) => {
      const expected = all.map(bodyOf);
      const quoted = [BOM_HEADINGS, ...all.map(rowOf)]
        .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(separator))
        .join('\r\n');
      assert.deepEqual(
        read('bom', quoted).records.map((r) => r.body),
        expected,
      );
      const cells = all.map((l) =>
        rowOf(l)
          .with(6, Number(l.quantity) as never)
          .with(9, Number(l.value) as never),
      );
      assert.deepEqual(
        read('bom', xlsxOf([BOM_HEADINGS, ...cells])).records.map((r) => r.body),
        expected,
      );
    }),
    { numRuns: 60 },
  );
});

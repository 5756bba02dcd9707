import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { read, utils } from '@e965/xlsx';
import { COMPANIES, CUSTOMERS, nameOf, participants, suppliersOf } from '../../examples/battery/run/chain.ts';
import { KeyFile } from '../../examples/battery/run/keys.ts';
import { line } from '../../examples/battery/run/print.ts';
import { fillTemplate } from '../../examples/battery/run/spreadsheet.ts';
import { because } from '../../examples/battery/run/words.ts';
import { template } from '../../packages/server/src/records/import/template.ts';

test('the chain: twelve participants, each customer known, suppliers listed before those they supply', () => {
  const ids = participants().map(({ id }) => id);
  assert.equal(new Set(ids).size, 12);
  for (const { id, customers } of COMPANIES)
    for (const c of customers) assert.ok(ids.includes(c) && ids.indexOf(c) > ids.indexOf(id), `${id} → ${c}`);
  assert.deepEqual(
    suppliersOf('nurideul').map(({ id }) => id),
    ['daon', 'bareum', 'ara', 'saegyeol'],
  );
  assert.ok(CUSTOMERS.every(({ id }) => nameOf(id).ko !== id));
});

test('keys: written at once for nobody else to read, kept over a restart, whole after writes at the same time', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'madang-keys-'));
  try {
    const keys = await KeyFile.open(folder, 'http://a');
    const made = await Promise.all(['raon', 'maru', 'daon'].map(async (id) => keys.keyOf(id, id)));
    assert.equal((await stat(keys.path)).mode & 0o777, 0o600);
    assert.match(made[0]!, /^raon\.[\w-]{32}$/);
    await keys.keep({ id: 'raon', name: '라온', key: made[0]!, did: 'did:web:x' });
    const again = await KeyFile.open(folder, 'http://b');
    assert.deepEqual(await Promise.all(['raon', 'maru', 'daon'].map(async (id) => again.keyOf(id, id))), made);
    const file = JSON.parse(await readFile(keys.path, 'utf8')) as { url: string; participants: Record<string, { did?: string }> };
    assert.deepEqual([file.url, file.participants['raon']!.did, Object.keys(file.participants).length], ['http://b', 'did:web:x', 3]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a filled template holds the rows and nothing of the example row; the same input gives the same bytes', () => {
  const csv = '제품 ID,제품 이름,탄소발자국(kg CO2e)\nfoil,동박,9.0177\n';
  const filled = fillTemplate(template('footprint', 'xlsx', 'ko'), csv);
  assert.deepEqual(filled, fillTemplate(template('footprint', 'xlsx', 'ko'), csv));
  const book = read(filled);
  const rows = utils.sheet_to_json<Record<string, unknown>>(book.Sheets[book.SheetNames[0]!]!);
  assert.deepEqual(rows, [{ '제품 ID': 'foil', '제품 이름': '동박', '탄소발자국(kg CO2e)': 9.0177 }]);
  assert.throws(() => fillTemplate(template('footprint', 'xlsx', 'ko'), '없는 열\n1\n'), /없는 열/);
});

test('a step is one line: who asked whom, Korean with English beside, how long; colour only when asked for', () => {
  const step = {
    at: '2026-11-24T00:00:00Z',
    who: 'nurideul',
    whom: 'ara',
    what: { ko: '답을 기다립니다', en: 'waits' },
    took: 512.3,
    state: 'waiting',
  } as const;
  assert.match(
    line(step, false),
    /^\d\d:\d\d:\d\d … 누리들셀 → 아라전해액: 답을 기다립니다 {2}· Nurideul Cell → Ara Electrolyte: waits {2}512 ms$/,
  );
  assert.ok(line(step, true).includes('\u001B['));
});

test('a refusal is told with its clause and what would change it, said once', () => {
  const change = { ko: '증명서를 받으세요.', en: 'Get a credential.' };
  assert.deepEqual(because([{ code: 'x', text: { ko: '안 됩니다.', en: 'No.' }, change, clause: '$.a' }]), {
    ko: '안 됩니다. 증명서를 받으세요. [$.a]',
    en: 'No. Get a credential. [$.a]',
  });
  assert.equal(
    because([{ code: 'x', text: { ko: '안 됩니다. 증명서를 받으세요.', en: 'No. Get a credential.' }, change }]).en,
    'No. Get a credential.',
  );
});

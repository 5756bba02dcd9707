import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { MadangError } from '@madang/core/error.ts';
import { type Desk, openDesk } from '../cli/fixture-desk.ts';
import { NOTHING, NURI, REASON } from '../cli/fixture-views.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(async () => desk[Symbol.asyncDispose]());

test('an import sends the bytes and the name; errors come as a table of row, column, what, expected', async () => {
  const bytes = Buffer.from([0xec, 0x85, 0x80, 0, 255]);
  await writeFile(join(desk.folder, '자재.csv'), bytes);
  desk.answers['importFile'] = ({ query }) => ({
    kind: 'bom',
    file: query['name'],
    stored: 2,
    unchanged: 1,
    ids: ['a', 'b'],
    notices: [{ ko: '알림', en: 'notice' }],
  });
  const done = await desk.asGaram('import', 'bom', '자재.csv');
  assert.equal(done.code, 0);
  assert.match(done.text, /자재.csv: 2 stored, 1 unchanged\nnotice/);
  assert.deepEqual([desk.asked.at(-1)!.query, desk.asked.at(-1)!.body], [{ kind: 'bom', name: '자재.csv' }, bytes]);

  const problem = {
    row: 7,
    column: '수량',
    found: '-3',
    expected: { ko: '0보다 큰 수', en: 'a number above 0' },
    problem: { ko: '음수', en: 'negative' },
  };
  desk.answers['importFile'] = () => {
    throw new MadangError('bom_line_invalid', { values: { count: 1 }, data: { errors: [problem], total: 4 } });
  };
  const refused = await desk.asGaram('import', 'bom', '자재.csv');
  assert.equal(refused.code, 1);
  assert.match(refused.text, /7 +수량 +negative +-3 +a number above 0\n… and 3 more/);
});

test('a template is written, never over a file that is there', async () => {
  desk.answers['template'] = ({ query }) => Buffer.from(`${query['format']} ${query['lang']}`);
  const { code, out } = await desk.asGaram('template', 'footprint', '--format', 'csv', '--lang', 'ko', '--json');
  assert.deepEqual([code, JSON.parse(out[0]!)], [0, { file: join(desk.folder, 'footprint.csv'), bytes: 6 }]);
  assert.equal(await readFile(join(desk.folder, 'footprint.csv'), 'utf8'), 'csv ko');
  assert.equal((await desk.asGaram('template', 'footprint', '--format', 'csv')).code, 2);
});

test('an offer: who decides what is seen, everything what is agreed', async () => {
  desk.answers['createOffer'] = ({ body }) => ({
    ...(body as object),
    id: 'o',
    dataset: 'd',
    createdAt: '',
    withdrawnAt: null,
    agreements: 0,
    about: NOTHING,
    access: { odrl: {}, sentence: { ko: '', en: '' } },
    contract: { odrl: {}, sentence: { ko: '', en: 'only 누리들셀' } },
  });
  const { code, text } = await desk.asGaram(
    'offer',
    'create',
    '--title',
    '팩',
    '--id',
    'a,b',
    '--field',
    'pcf.x',
    '--to',
    'nurideul',
    '--members',
    '--purpose',
    'product-footprint',
    '--until',
    '2027-12-31',
  );
  assert.equal(code, 0, text);
  assert.deepEqual(desk.asked.at(-1)!.body, {
    title: '팩',
    view: { kind: 'footprint', ids: ['a', 'b'], fields: ['pcf.x'] },
    about: {},
    answer: 'auto',
    access: { choices: { partners: [NURI.did] } },
    contract: { choices: { partners: [NURI.did], members: true, purposes: ['product-footprint'], until: '2027-12-31' } },
  });
});

test('a participant is created with the host key of the data folder', async () => {
  desk.answers['createParticipant'] = ({ key, body }) => ({
    ...(body as object),
    did: 'did',
    dsp: 'dsp',
    management: 'm',
    key: `seen ${key}`,
  });
  const { code, out } = await desk.madang('participant', 'create', 'sun', '--name', '선부품', '--json');
  assert.deepEqual([code, JSON.parse(out[0]!).key], [0, 'seen host.s3cret']);
  const listed = await desk.madang('participant', 'list', '--json');
  assert.deepEqual(
    JSON.parse(listed.out[0]!).participants.map((p: object) => Object.keys(p).includes('key')),
    [false],
  );
});

test('policy try: refused for one is exit code 1, with the reason', async () => {
  desk.answers['tryPolicy'] = () => ({ results: [{ partner: NURI, visible: true, agreed: false, reasons: [REASON] }] });
  const { code, text } = await desk.asGaram('policy', 'try', 'urn:o:1', '--partner', 'nurideul', '--for', 'cbam');
  assert.equal(code, 1);
  assert.match(text, /✖ 누리들셀: sees it but would not be agreed\n {6}Asked/);
  assert.deepEqual(desk.asked.at(-1)!.body, { offer: 'urn:o:1', partner: NURI.did, purpose: 'cbam' });
});

test('policy try without an offer tries every offer that is open', async () => {
  desk.answers['offers'] = () => ({
    offers: [
      { id: 'o1', title: '팩', withdrawnAt: null },
      { id: 'o2', title: '셀', withdrawnAt: '2026-11-24T00:00:00Z' },
    ],
    next: null,
  });
  desk.answers['tryPolicy'] = () => ({ results: [{ partner: NURI, visible: true, agreed: true, reasons: [] }] });
  const { code, text } = await desk.asGaram('policy', 'try', '--for', 'cbam');
  assert.equal(code, 0);
  assert.match(text, /^팩 \(o1\)\n {2}✔ 누리들셀: sees it and would be agreed/);
  assert.deepEqual(
    desk.asked.filter((a) => a.name === 'tryPolicy').map((a) => a.body),
    [{ offer: 'o1', purpose: 'cbam' }],
  );
});

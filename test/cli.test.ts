import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Desk, openDesk } from './desk.ts';
import { reaches } from './network.ts';

const MAIN = fileURLToPath(new URL('../packages/client/src/main.ts', import.meta.url));

let desk: Desk;
let network: Desk['network'];
let folder: Desk['folder'];
let madang: Desk['madang'];
let succeed: Desk['succeed'];
before(async () => {
  desk = await openDesk();
  ({ network, folder, madang, succeed } = desk);
});
after(() => desk?.[Symbol.asyncDispose]());

const file = async (name: string, text: string) => writeFile(join(folder, name), text).then(() => name);

test('items, a bill of materials and a footprint through the door; the same file again is refused, a wrong one with its places', async () => {
  await succeed('supplier', 'import', 'item', await file('item.csv', '제품 ID,이름,선언 단위,단위당 질량(kg)\nfoil,동박,kg,1\n'));
  await succeed('supplier', 'template', 'footprint', '--out', 'template.xlsx');
  await succeed('supplier', 'import', 'footprint', 'template.xlsx');
  const heads =
    '제품 ID,제품 이름,선언 단위,선언 단위 수량,단위당 질량(kg),산정 기간 시작,산정 기간 끝,생산 국가,탄소발자국(kg CO2e),1차 데이터 비율(%),산정 기준,출처,상태';
  const row = (kg: string, unit: string) => `foil,동박,${unit},1,1,2025-01-01,2025-12-31,KR,${kg},40,ISO 14067,자사 측정,확인됨`;
  const good = await file('footprint.csv', `${heads}\n${row('9.5', 'kg')}\n`);
  assert.match((await succeed('supplier', 'import', 'footprint', good)).text, /footprint.csv: 1 stored, 0 unchanged/);
  assert.equal((await madang('supplier', 'import', 'footprint', good, '--json')).value.error.code, 'import_duplicate');
  const bad = await madang('supplier', 'import', 'footprint', await file('bad.csv', `${heads}\n${row('abc', 'furlong')}\n`));
  assert.equal(bad.code, 1);
  assert.match(bad.text, /row +column +what is wrong +found +expected/);
  assert.match(bad.text, /\n +2 +선언 단위 .*furlong/);
  assert.match(bad.text, /\n +2 +탄소발자국\(kg CO2e\) .*abc/);

  await succeed(
    'maker',
    'import',
    'item',
    await file(
      'pack.csv',
      '제품 ID,이름,이름(영문),선언 단위,단위당 질량(kg),일련번호,배터리 구분,총 에너지(kWh)\npack,팩,pack,개,2,P-1,전기차,4\n',
    ),
  );
  const lines = '제품 ID,행,구분,이름,부품 ID,공급사,수량,단위,단계,배출계수,자료 구분,출처,상태';
  await succeed(
    'maker',
    'import',
    'bom',
    await file(
      'bom.csv',
      `${lines}\npack,10,부품,동박,foil,partner:supplier,2,kg,원료,,,,\npack,20,공정,전력,,,10,kWh,생산,0.4,1차,계량기,확인됨\n`,
    ),
  );
});

test('an offer by hand: seen, refused without a purpose, waits for a person, agreed, pulled', async () => {
  const { value } = await succeed('supplier', 'footprint', 'show', '--json');
  const { id } = value.footprints.find((f: { total: string }) => f.total === '9.5');
  const create = [
    'offer',
    'create',
    '--title',
    '동박 탄소발자국',
    '--id',
    id,
    '--to',
    'maker',
    '--purpose',
    'product-footprint',
    '--until',
    '2099-12-31',
    '--manual',
    '--json',
  ];
  const offer = (await succeed('supplier', ...create)).value;
  assert.match(offer.contract.sentence.en, /^Only maker Co\., only for the product carbon footprint, until 31 Dec 2099$/);
  assert.deepEqual(
    (await succeed('supplier', 'offer', 'list', '--json')).value.offers.map((o: { id: string }) => o.id),
    [offer.id],
  );
  assert.equal(
    (await succeed('supplier', 'offer', 'preview', offer.id, '--json')).value.records[0].body.pcf.pcfExcludingBiogenicUptake,
    '9.5',
  );

  assert.equal((await madang('supplier', 'policy', 'try', offer.id, '--partner', 'maker', '--for', 'product-footprint')).code, 0);
  const tried = await madang('supplier', 'policy', 'try', offer.id, '--partner', 'maker', '--for', 'quality');
  assert.equal(tried.code, 1);
  assert.match(tried.text, /✖ maker Co\.: sees it but would not be agreed[\s\S]*What was found +quality[\s\S]*What would change it/);

  const catalog = (await succeed('maker', 'catalog', 'supplier', '--json')).value;
  assert.deepEqual(
    catalog.datasets.map((d: { id: string }) => d.id),
    [offer.dataset],
  );

  const asked = await madang('maker', 'negotiate', 'supplier', offer.dataset, '--purpose', 'product-footprint', '--wait', '0.3', '--json');
  assert.deepEqual([asked.code, asked.value.state], [6, 'REQUESTED']);
  const mine = (await succeed('supplier', 'negotiate', 'list', '--json')).value.exchanges.find(
    (e: { waitingFor: string }) => e.waitingFor === 'me',
  );
  await succeed('supplier', 'negotiate', 'answer', mine.id, 'agree');
  await reaches(network.member('maker'), asked.value.id, 'FINALIZED');
  assert.match((await succeed('maker', 'negotiate', 'show', asked.value.id)).text, /state +in force/);

  const pulled = await succeed('maker', 'pull', 'supplier', '--product', 'foil', '--purpose', 'product-footprint', '--json');
  assert.deepEqual([pulled.value.status, pulled.value.records.length], ['received', 1]);
  assert.equal((await succeed('maker', 'pull', '--agreement', pulled.value.agreement, '--json')).value.state, 'COMPLETED');
  assert.equal((await madang('maker', 'pull', 'supplier', '--product', 'no-such-part')).code, 5);
});

test('a refusal by terms ends with exit code 1 and its five parts', async () => {
  const offer = (await succeed('supplier', 'offer', 'create', '--title', 'Item', '--kind', 'item', '--id', 'foil', '--members', '--json'))
    .value;
  const { code, text } = await madang('maker', 'negotiate', 'supplier', offer.dataset);
  assert.equal(code, 1);
  for (const part of [
    /Asked +to get Item/,
    /Rule that said no .*membership/,
    /What was found/,
    /What would change it +Get one and show it/,
    /Whom to ask +supplier Co\./,
  ])
    assert.match(text, part);
  assert.match((await succeed('supplier', 'offer', 'withdraw', offer.id)).text, /withdrawn/);
  assert.match((await succeed('supplier', 'offer', 'restore', offer.id)).text, /open/);
});

test('collect, compute, show; a passport of it', async () => {
  assert.match((await succeed('maker', 'footprint', 'collect', 'pack')).text, /동박 +supplier Co\. +received/);
  const made = (await succeed('maker', 'footprint', 'compute', 'pack', '--from', '2025-01-01', '--to', '2025-12-31', '--json')).value;
  assert.equal(made.total, '23');
  assert.match(
    (await succeed('maker', 'footprint', 'show', 'pack')).text,
    /product carbon footprint +23 kg CO2e \/ ea[\s\S]*동박 +2 +kg +19 +82\.6 %/,
  );
  const passport = (await succeed('maker', 'passport', 'create', 'pack', '--json')).value;
  assert.deepEqual((await succeed('maker', 'passport', 'list', '--json')).value.passports, [passport]);
  assert.match((await succeed('maker', 'passport', 'show', passport.id)).text, /product carbon footprint: 5\.75 kg CO2e\/kWh/);
});

test('a participant is created with the host key, and shows itself with its own', async () => {
  const made = (await succeed('host', 'participant', 'create', 'sun', '--name', '선부품', '--json')).value;
  const shown = await madang('maker', 'participant', 'show', '--key', made.key, '--json');
  assert.deepEqual([shown.code, shown.value.name, shown.value.did], [0, '선부품', made.did]);
  assert.equal((await madang('host', 'participant', 'create', 'sun', '--name', '선부품')).code, 1);
  await succeed(
    'supplier',
    'participant',
    'meet',
    made.did,
    '--name',
    '선부품',
    '--short',
    'sun',
    '--relation',
    'customer',
    '--group',
    '부품사',
  );
  assert.match((await succeed('supplier', 'participant', 'partners')).text, /sun +선부품 +customer +부품사 +did:web/);
  assert.equal(
    (await madang('supplier', 'participant', 'meet', made.did, '--name', 'x', '--short', 'sun', '--relation', 'costumer')).code,
    2,
  );
});

test('as a program: one JSON value on stdout, words on stderr, the exit code', async () => {
  const program = async (args: string[], env: Record<string, string>) =>
    new Promise<{ code: number; out: string; err: string }>((resolve) => {
      const options = { env: { PATH: process.env['PATH'], LANG: 'ko_KR.UTF-8', ...env }, cwd: folder };
      execFile(process.execPath, [MAIN, ...args], options, (error, out, err) => resolve({ code: Number(error?.code ?? 0), out, err }));
    });
  const key = { MADANG_URL: network.url, MADANG_KEY: network.member('maker').key };
  const shown = await program(['participant', 'show', '--json'], key);
  assert.deepEqual([shown.code, JSON.parse(shown.out).id, shown.err], [0, 'maker', '']);
  const wrong = await program(['participant', 'show'], { ...key, MADANG_KEY: 'maker.wrong' });
  assert.deepEqual([wrong.code, wrong.out], [4, '']);
  assert.match(wrong.err, /관리 키를 확인하세요/);
  const gone = await program(['participant', 'show', '--json'], { ...key, MADANG_URL: 'http://127.0.0.1:9' });
  assert.deepEqual([gone.code, JSON.parse(gone.out).error.code, gone.err], [3, 'unreachable', '']);
  assert.equal((await program(['participant', 'shwo'], key)).code, 2);
  assert.equal((await program(['--help'], {})).code, 0);
});

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { type Desk, openDesk } from '../cli/fixture-desk.ts';
import { exchange, NOTHING, NURI, REASON, stored, transfer } from '../cli/fixture-views.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(async () => desk[Symbol.asyncDispose]());

const FILE = Buffer.from('탄소발자국 시험성적서\n'.repeat(5000));
const SHA = createHash('sha256').update(FILE).digest('hex');
const asked = (name: string) => desk.asked.filter((a) => a.name === name).map(({ params, query, body }) => ({ params, query, body }));

test('file put sends the bytes and the name', async () => {
  await writeFile(join(desk.folder, '성적서.pdf'), FILE);
  desk.answers['putFile'] = ({ query, body }) => {
    assert.ok(FILE.equals(body as Buffer));
    return stored(SHA, FILE.length, query['name']);
  };
  const { code, text } = await desk.asGaram('file', 'put', '성적서.pdf', '--type', 'application/pdf');
  assert.equal(code, 0, text);
  assert.match(text, new RegExp(SHA));
  assert.deepEqual(asked('putFile')[0]!.query, { name: '성적서.pdf', type: 'application/pdf' });
  assert.equal((await desk.asGaram('file', 'put', 'none.pdf')).code, 2);
});

test('file get goes on with what came before, checks the whole, and never writes over a file', async () => {
  desk.answers['files'] = () => ({ files: [stored(SHA, FILE.length), { ...stored(SHA, FILE.length), agreement: 'urn:a:1' }] });
  desk.answers['fileContent'] = () => FILE;
  const part = join(desk.folder, `test.bin.${SHA.slice(0, 16)}.part`);
  await writeFile(part, FILE.subarray(0, 70_000));
  const got = await desk.asGaram('file', 'get', SHA.slice(0, 6));
  assert.equal(got.code, 0, got.text);
  assert.ok((await readFile(join(desk.folder, 'test.bin'))).equals(FILE));
  assert.equal((await desk.asGaram('file', 'get', SHA)).code, 2, 'there already');

  await writeFile(`${join(desk.folder, 'x')}.${SHA.slice(0, 16)}.part`, Buffer.alloc(70_000, 'x'));
  const spoilt = await desk.asGaram('file', 'get', SHA, '--out', 'x');
  assert.deepEqual([spoilt.code, /another SHA-256/.test(spoilt.text)], [2, true]);
  assert.deepEqual(
    (await readdir(desk.folder)).filter((name) => name.startsWith('x')),
    [],
  );
  assert.equal((await desk.asGaram('file', 'get', SHA, '--out', 'x')).code, 0);
  assert.match((await desk.asGaram('file', 'get', 'ffff')).text, /No file has a SHA-256/);
});

test('service put: a secret comes from the environment, a name alone keeps what is stored', async () => {
  desk.answers['putService'] = ({ params, body }) => ({ ...(body as object), id: params['id'], headers: ['X-Api-Key', 'X-Old'] });
  const what = ['--base', 'https://erp.example/api', '--path', '/parts/*', '--path', '/stock', '--query', 'lang', '--max-bytes', '1000'];
  const { code, text } = await desk.asGaram('service', 'put', 'parts', ...what, '--header', 'X-Api-Key: $ERP_KEY', '--header', 'X-Old');
  assert.equal(code, 0, text);
  assert.ok(!text.includes('k3y'));
  assert.deepEqual(asked('putService')[0]!.body, {
    title: 'parts',
    base: 'https://erp.example/api',
    paths: ['/parts/*', '/stock'],
    query: ['lang'],
    methods: ['GET'],
    headers: { 'X-Api-Key': 'k3y', 'X-Old': true },
    maxBytes: 1000,
    timeout: 30,
  });
  assert.match(
    (await desk.asGaram('service', 'put', 'p', '--base', 'https://x', '--path', '/', '--header', 'K: $NONE')).text,
    /NONE is empty/,
  );
});

test('an offer of a file is made with the file itself, and says what it holds', async () => {
  await writeFile(join(desk.folder, 'test.pdf'), FILE);
  desk.answers['putFile'] = () => stored(SHA, FILE.length);
  const policy = { odrl: {}, sentence: { ko: '', en: 'anyone' } };
  desk.answers['createOffer'] = ({ body }) => ({
    ...(body as object),
    id: 'o',
    dataset: 'd',
    about: NOTHING,
    access: policy,
    contract: policy,
  });
  const holds = ['--standard', 'ISO 14067@2018', '--product', 'urn:p:1', '--class', 'HS:8507', '--period', '2025-01-01/2025-12-31'];
  const { code, text } = await desk.asGaram('offer', 'create', '--title', '성적서', '--file', 'test.pdf', ...holds, '--language', 'ko');
  assert.equal(code, 0, text);
  const { view, about } = asked('createOffer')[0]!.body as { view: unknown; about: unknown };
  assert.deepEqual(view, { kind: 'file', sha256: SHA });
  assert.deepEqual(about, {
    standard: { name: 'ISO 14067', version: '2018' },
    products: ['urn:p:1'],
    classes: ['HS:8507'],
    period: { start: '2024-12-31T15:00:00Z', end: '2025-12-31T15:00:00Z' },
    languages: ['ko'],
  });
  for (const args of [[], ['--file', SHA, '--service', 's'], ['--service', 's', '--standard', 'x'], ['--service', 's', '--period', '2025']])
    assert.equal((await desk.asGaram('offer', 'create', '--title', 't', ...args)).code, 2, args.join(' '));
});

const dataset = (id: string, missing: unknown[] = []) => ({
  partner: NURI,
  id,
  title: id,
  kind: 'footprint',
  about: NOTHING,
  products: [],
  formats: [],
  offers: [{ id: 'o', policy: { odrl: {}, sentence: { ko: '', en: 'anyone' } }, missing }],
});

test('a catalogue is filtered by the partner; all of it is read page by page, of one refreshment', async () => {
  desk.answers['catalog'] = ({ body }) => {
    const { after } = body as { after?: string };
    return {
      partner: NURI,
      fetchedAt: '2026-11-24T00:00:00Z',
      problem: null,
      shown: { memberships: [] },
      matching: 2,
      total: 5,
      datasets: [dataset(after ? 'second' : 'first', after ? [REASON] : [])],
      next: after ? null : 'cursor',
    };
  };
  const { code, text } = await desk.asGaram('catalog', 'nurideul', '--q', '셀', '--kind', 'footprint', '--class', 'HS:8507', '--all');
  assert.equal(code, 0, text);
  assert.match(text, /누리들셀: 2 of 5, 2 shown[\s\S]*first[\s\S]*second +second +footprint +1/);
  const bodies = asked('catalog').map(({ body }) => body as { refresh: boolean; after?: string; q: string; kind: string; class: string });
  assert.deepEqual(
    bodies.map(({ refresh, after, q, kind, class: code }) => [refresh, after, q, kind, code]),
    [
      [true, undefined, '셀', 'footprint', 'HS:8507'],
      [false, 'cursor', '셀', 'footprint', 'HS:8507'],
    ],
  );
  desk.answers['searchCatalogs'] = ({ query }) => ({ datasets: query['q'] === '양극재' ? [dataset('d')] : [], next: null });
  assert.equal((await desk.asGaram('search', '양극재')).code, 0);
  assert.equal((await desk.asGaram('search', 'none')).code, 5);
  assert.equal((await desk.asGaram('search', '--kind', 'pcf')).code, 2);
});

test('a pull under an agreement joins the transfer that is under way, draws how far it is, and ends with what came', async () => {
  const progress = (bytes: number) => ({ bytes, total: 1000, rate: 100, resumed: 0, at: '' });
  const reads = [
    transfer('STARTED', { progress: progress(100) }),
    transfer('STARTED', { progress: progress(430) }),
    transfer('COMPLETED', { file: stored(SHA, 1000, 'test.pdf') }),
  ];
  desk.answers['exchanges'] = () => ({ exchanges: [transfer('STARTED')] });
  let read = -1;
  desk.answers['exchange'] = () => reads[Math.max(0, Math.min(read++, 2))];
  const { code, text, drawn } = await desk.asGaram('pull', '--agreement', 'urn:a:1');
  assert.equal(code, 0, text);
  assert.match(text, new RegExp(`file test.pdf, 1 kB, sha256 ${SHA}`));
  assert.ok(
    drawn.some((line) => /█+░+ Receiving 43 % \(430 B of 1 kB\), 100 B\/s, 6 s left/.test(line)),
    drawn.join('\n'),
  );
  assert.equal(drawn.at(-1), '', 'the bar is gone at the end');
  assert.deepEqual(asked('transfer'), []);
});

test('a service is not waited for once it is open, and is called by path and query', async () => {
  desk.answers['exchanges'] = () => ({ exchanges: [] });
  desk.answers['transfer'] = () => transfer('STARTED', { kind: 'service' });
  desk.answers['exchange'] = () => transfer('STARTED', { kind: 'service' });
  const opened = await desk.asGaram('pull', '--agreement', 'urn:a:1');
  assert.deepEqual([opened.code, /madang service call urn:t:1 <path>/.test(opened.text)], [0, true]);
  assert.equal(asked('exchange').length, 1);
  desk.answers['fetchService'] = () => stored(SHA, 11, 'stock.json');
  await writeFile(join(desk.folder, 'ask.json'), '{}');
  assert.equal((await desk.asGaram('service', 'call', 'urn:t:1', '/parts/7?lang=ko&q=a%20b', '--post', 'ask.json')).code, 0);
  assert.deepEqual(asked('fetchService')[0]!.body, { method: 'POST', path: 'parts/7', query: { lang: 'ko', q: 'a b' }, body: '{}' });
});

test('a pull in another way negotiates first, and asks for that way; a subscription is another command', async () => {
  desk.answers['exchanges'] = () => ({ exchanges: [] });
  desk.answers['negotiate'] = () => exchange('REQUESTED');
  desk.answers['transfer'] = () => transfer('REQUESTED');
  desk.answers['exchange'] = ({ params }) =>
    params['id'] === 'urn:t:1' ? transfer('COMPLETED', { format: 'HttpData-PUSH' }) : { ...exchange('FINALIZED'), agreement: 'urn:a:1' };
  const { code, text } = await desk.asGaram('pull', 'nurideul', '--dataset', 'urn:d:1', '--format', 'HttpData-PUSH');
  assert.equal(code, 0, text);
  assert.deepEqual(asked('transfer')[0]!.body, { agreement: 'urn:a:1', format: 'HttpData-PUSH' });
  assert.match((await desk.asGaram('pull', '--agreement', 'a', '--format', 'HttpStream-PULL')).text, /madang subscribe/);
  assert.equal((await desk.asGaram('pull', 'nurideul', '--format', 'HttpData-PULL')).code, 2);
});

test('a subscription is begun under the agreement that is in force, and ended by name', async () => {
  desk.answers['exchanges'] = ({ query }) => ({
    exchanges: query['protocol'] === 'negotiation' ? [{ ...exchange('FINALIZED'), agreement: 'urn:a:9' }] : [],
  });
  const open = transfer('STARTED', { format: 'HttpStream-PULL', stream: { versions: 3, last: '2026-11-24T00:00:00Z', open: true } });
  desk.answers['transfer'] = () => open;
  desk.answers['exchange'] = () => open;
  const begun = await desk.asGaram('subscribe', 'nurideul', '--dataset', 'urn:d:1');
  assert.equal(begun.code, 0, begun.text);
  assert.match(begun.text, /HttpStream-PULL \(subscription\)[\s\S]*versions +3/);
  assert.deepEqual(asked('transfer')[0]!.body, { agreement: 'urn:a:9', format: 'HttpStream-PULL' });
  desk.answers['act'] = () => transfer('COMPLETED', { format: 'HttpStream-PULL' });
  assert.equal((await desk.asGaram('subscribe', 'end', 'urn:t:1')).code, 0);
  desk.answers['exchange'] = () => transfer('STARTED');
  assert.equal((await desk.asGaram('subscribe', 'end', 'urn:t:1')).code, 2);
});

test('exchange --watch tells each step once, as it happens', async () => {
  const whole = exchange('FINALIZED');
  const second = { ...whole.steps[0]!, seq: 2, message: 'ContractAgreementMessage', sender: 'them' as const };
  let reads = 0;
  desk.answers['exchange'] = () => (reads++ < 2 ? exchange('REQUESTED') : { ...whole, steps: [...whole.steps, second] });
  const { code, err } = await desk.asGaram('exchange', 'urn:n:1', '--watch');
  assert.equal(code, 0);
  assert.deepEqual(
    err.map((line) => line.replace(/^\S+ /, '')),
    ['ContractRequestMessage (us) REQUESTED', 'ContractAgreementMessage (누리들셀) REQUESTED'],
  );
});

test('letters are shown with their reason, sent again, dropped; a partner is checked', async () => {
  desk.answers['deadLetters'] = () => ({
    letters: [
      {
        id: 'l1',
        exchange: 'urn:n:1',
        title: '셀',
        partner: NURI,
        message: 'ContractRequestMessage',
        createdAt: '',
        diedAt: '2026-11-24T00:00:00Z',
        tries: 12,
        reasons: [REASON],
        canSend: true,
      },
    ],
  });
  const shown = await desk.asGaram('letters');
  assert.match(shown.text, /tries +12[\s\S]*madang letters send l1[\s\S]*Only members get this/);
  desk.answers['sendAgain'] = ({ params }) => ({ ...exchange('REQUESTED'), id: params['id'] });
  assert.equal((await desk.asGaram('letters', 'send', 'l1')).code, 0);
  desk.answers['dropLetter'] = () => ({ ok: true });
  assert.equal((await desk.asGaram('letters', 'drop', 'l1')).code, 0);
  assert.deepEqual(asked('dropLetter')[0]!.params, { id: 'l1' });

  desk.answers['checkPartner'] = () => ({
    reach: { state: 'unreachable', since: '2026-11-24T00:00:00Z', error: { ko: '가', en: 'no answer' } },
    took: 12,
    versions: [],
  });
  const checked = await desk.asGaram('partner', 'check', 'nurideul');
  assert.deepEqual([checked.code, /does not answer[\s\S]*no answer/.test(checked.text)], [3, true]);
});

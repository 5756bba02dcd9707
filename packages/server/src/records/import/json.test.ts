import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { footprintOf } from '@madang/core/footprint/footprint.fixture.ts';
import { context, places, read, refusal, rejection } from './fixture.ts';
import { scanJson } from './json-scan.ts';

const footprint = footprintOf('5');
const text = (value: unknown) => JSON.stringify(value, null, 2);
const other = { ...footprint, id: '11111111-2222-4333-8444-555555555555' };

test('one footprint, an array, and the list of the PACT API', () => {
  for (const value of [footprint, [footprint], { data: [footprint] }]) {
    assert.deepEqual(read('footprint', text(value)).records, [{ kind: 'footprint', id: footprint.id, body: footprint }]);
  }
  assert.equal(read('footprint', `\uFEFF  ${text([footprint, other])}`).records.length, 2);
  assert.equal(refusal('footprint', '[]').code, 'import_empty');
});

test('malformed JSON is named by line and column', () => {
  const cases: Record<string, string> = {
    '{\n  "a": 1,\n}': '3 1 - }',
    '[1, 2': '1 6 - 1'.replace(/1$/, ''),
    '{"a" 1}': '1 6 - 1}',
    "{'a': 1}": "1 2 - 'a': 1}",
    '[01]': '1 3 - 1]',
    '{"a": tru}': '1 7 - tru}',
    '["a\nb"]': '1 4 - \nb"]',
    '[1] x': '1 5 - x',
    '["\\x"]': '1 3 - \\x"]',
    '{"a":1,"a":2}': '1 8 - a',
    '[\n{"b":{"c":1,\n "c":2}}]': '3 2 - c',
  };
  for (const [json, place] of Object.entries(cases)) assert.deepEqual(places('footprint', json), [place], json);
  const both = rejection('footprint', '{"a":1,"a":2,"b":{"c":0,"c":0}');
  assert.equal(both.total, 3);
});

test('the scan agrees with the platform on what is JSON, and survives depth and size', () => {
  const good = ['0', '-0.5e+3', '""', '"\\u00e9\\n"', '{"":{"__proto__":[]}}', ' [ null , true,false ] ', text(footprint)];
  for (const json of good) assert.deepEqual(scanJson(json), [], json);
  for (const json of ['', '-', '+1', '.5', '1.', '"\t"', '{"a"}', '[,]', '{,}', 'nul', '"\\u12"', '[1 2]', '\u00a01']) {
    assert.throws(() => JSON.parse(json));
    assert.equal(scanJson(json).length, 1, json);
  }
  assert.equal(scanJson('['.repeat(100_000))[0]?.kind, 'depth');
  assert.deepEqual(scanJson(`"${'\\n'.repeat(3_000_000)}"`), []);
});

test('a wrong footprint is named by the line of the value, a missing one by the line of its object', () => {
  const wrong = { ...footprint, pcf: { ...footprint.pcf, productMassPerDeclaredUnit: '-1' } };
  const json = text({ data: [footprint, { ...wrong, id: other.id }] });
  const row = json.split('\n').findIndex((l) => l.includes('"-1"')) + 1;
  const [error] = rejection('footprint', json).errors;
  assert.deepEqual([error?.row, error?.found], [row, '"-1"']);
  assert.match(error!.problem.en, /^\/data\/1\/pcf\/productMassPerDeclaredUnit/);
  const { companyName: _, ...nameless } = footprint;
  assert.equal(rejection('footprint', text([nameless])).errors[0]?.row, 2);
  assert.equal(rejection('footprint', text([footprint, footprint])).total, 1);
  assert.ok(rejection('footprint', '[3, null, "x"]').total >= 3);
});

test('a wrong sum: refused in an own footprint, a notice in one of another company', () => {
  const foreign = { ...footprint, pcf: { ...footprint.pcf, pcfExcludingBiogenicUptake: '5.8', pcfIncludingBiogenicUptake: '5.8' } };
  const { records, notices } = read('footprint', text(foreign));
  assert.equal(records.length, 1);
  assert.match(notices[0]!.en, /^Line \d+: \/pcf\/pcfExcludingBiogenicUptake = "5\.8"/);
  const own = { ...foreign, companyIds: context.companyIds };
  assert.match(rejection('footprint', text(own)).errors[0]!.problem.en, /pcfExcludingBiogenicUptake/);
});

test('bytes that are no text are named', () => {
  const bytes = Buffer.from(text({ ...footprint, comment: 'XX' }));
  bytes[bytes.indexOf('XX')] = 0xff;
  assert.equal(rejection('footprint', bytes).total, 1);
});

const samples = new URL('../../../../../../shared/specs/pact/samples/', import.meta.url);
test('the published PACT samples are read, their broken sums noticed', {
  skip: existsSync(samples) ? false : 'shared/ is not beside the repository',
}, () => {
  for (const name of readdirSync(samples)) {
    const bytes = readFileSync(new URL(name, samples));
    const { records, notices } = read('footprint', bytes);
    const value = JSON.parse(bytes.toString()) as unknown[] | { data: unknown[] };
    assert.equal(records.length, (Array.isArray(value) ? value : value.data).length, name);
    assert.ok(notices.length > 0, name);
  }
});

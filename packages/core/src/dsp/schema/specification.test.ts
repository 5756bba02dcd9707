import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Ajv2019 } from 'ajv/dist/2019.js';
import fc from 'fast-check';
import { MESSAGE_TYPES, SAMPLES } from '../samples.fixture.ts';
import type { MessageType } from '../types.ts';
import { CONTEXT } from '../version.ts';
import { violations } from './compile.ts';
import { mutations, singleChanges } from './mutations.fixture.ts';

const folder = fileURLToPath(new URL('../../../../../../shared/specs/dsp/', import.meta.url));
const skip = existsSync(folder) ? false : 'the published schemas are not beside the repository';
const read = (file: string) => readFileSync(`${folder}${file}`, 'utf8');

const kebab = (name: string) => name.replace(/(?<=.)([A-Z])/g, '-$1').toLowerCase();
const schemaName = (type: MessageType) => (type === 'VersionDocument' ? 'protocol-version' : kebab(type));

/** The published schemas, with the three `$ref`s that lack a slash repaired. */
function published(): (type: MessageType, value: unknown) => boolean {
  const ajv = new Ajv2019({ strict: false, validateFormats: false });
  const ids = new Map<string, string>();
  for (const file of globSync('*/*-schema.json', { cwd: folder })) {
    const schema = JSON.parse(read(file).replaceAll('#definitions/', '#/definitions/'));
    ajv.addSchema(schema);
    ids.set(file.replace(/^.*[\\/]|-schema\.json$/g, ''), schema.$id);
  }
  return (type, value) => {
    const validate = ajv.getSchema(ids.get(schemaName(type)) ?? '');
    assert.ok(validate, `no published schema for ${type}`);
    return validate(value) as boolean;
  };
}

function examples(): [MessageType, unknown][] {
  return globSync('*/example/*.json', { cwd: folder })
    .filter((file) => !file.includes('did-service'))
    .map((file) => {
      const value = JSON.parse(read(file));
      return [value['@type'] ?? 'VersionDocument', value];
    });
}

const ours = (type: MessageType, value: unknown) => violations(type, value).length === 0;

test('every published example and every message of ours gets the same verdict under every contract', { skip }, () => {
  const theirs = published();
  const values = [...examples(), ...MESSAGE_TYPES.flatMap((type) => SAMPLES[type].map((value) => [type, value] as const))];
  assert.ok(values.length > 45);
  for (const [type, value] of values) {
    assert.ok(ours(type, value), `${type} ${JSON.stringify(value)}`);
    for (const other of MESSAGE_TYPES) assert.equal(ours(other, value), theirs(other, value), `${other} ${JSON.stringify(value)}`);
  }
});

test('with every single change, each still gets the same verdict', { skip }, () => {
  const theirs = published();
  const count = { valid: 0, invalid: 0 };
  for (const type of MESSAGE_TYPES)
    for (const value of SAMPLES[type]) {
      const root = { value: structuredClone(value) as unknown };
      for (const _ of singleChanges(root)) {
        const verdict = theirs(type, root.value);
        count[verdict ? 'valid' : 'invalid'] += 1;
        if (ours(type, root.value) !== verdict) assert.fail(`${type}: published ${verdict}: ${JSON.stringify(root.value)}`);
      }
      assert.deepEqual(root.value, value);
    }
  assert.ok(count.valid > 10_000 && count.invalid > 10_000, JSON.stringify(count));
});

test('with several changes, each still gets the same verdict', { skip }, () => {
  const theirs = published();
  const seeds = [...examples(), ...MESSAGE_TYPES.flatMap((type) => SAMPLES[type].map((value): [MessageType, unknown] => [type, value]))];
  const count = { valid: 0, invalid: 0 };
  for (const type of MESSAGE_TYPES) {
    const values = seeds.filter(([t]) => t === type).map(([, value]) => value);
    fc.assert(
      fc.property(mutations(values), (value) => {
        const verdict = theirs(type, value);
        count[verdict ? 'valid' : 'invalid'] += 1;
        assert.equal(ours(type, value), verdict);
      }),
      { numRuns: 300 },
    );
  }
  assert.ok(count.valid > 1000 && count.invalid > 1000, JSON.stringify(count));
});

test('the known traps get the published verdict', { skip }, () => {
  const theirs = published();
  const [request] = SAMPLES.ContractRequestMessage;
  const withConstraint = (constraint: unknown) => ({
    ...request,
    offer: { ...request?.offer, permission: [{ action: 'use', constraint: [constraint] }] },
  });
  const atomic = { leftOperand: 'a', operator: 'eq', rightOperand: 'b' };
  const traps: [string, unknown, boolean][] = [
    ['callbackAddress and providerPid', { ...request, providerPid: 'p' }, false],
    ['context as bare string', { ...request, '@context': CONTEXT }, false],
    ['number as right operand', withConstraint({ ...atomic, rightOperand: 30 }), false],
    ['boolean as right operand', withConstraint({ ...atomic, rightOperand: true }), false],
    ['action as object', { ...request, offer: { ...request?.offer, permission: [{ action: { '@id': 'use' } }] } }, false],
    ['empty permission', { ...request, offer: { ...request?.offer, permission: [] } }, false],
    ['obligation alone', { ...request, offer: { '@id': 'o', '@type': 'Offer', obligation: [{ action: 'use' }] } }, false],
    ['atomic and logical at once', withConstraint({ ...atomic, and: [] }), false],
    ['atomic with a broken logical part', withConstraint({ ...atomic, and: 'x' }), true],
    ['and with or', withConstraint({ and: [], or: [] }), false],
    ['empty and', withConstraint({ and: [] }), true],
    ['unknown properties', { ...request, '@id': 'x', more: [] }, true],
    ['target inside a rule', { ...request, offer: { ...request?.offer, permission: [{ action: 'use', target: 't' }] } }, true],
  ];
  for (const [name, value, verdict] of traps) {
    assert.equal(theirs('ContractRequestMessage', value), verdict, name);
    assert.equal(ours('ContractRequestMessage', value), verdict, name);
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { MESSAGE_TYPES, SAMPLES } from '../samples.fixture.ts';
import { SCHEMAS, validator, violations } from './compile.ts';

test('every contract is itself valid JSON Schema 2019-09, in strict mode', () => {
  const ajv = new Ajv2019({ strict: true, strictRequired: false, strictTypes: false });
  for (const [name, schema] of Object.entries(SCHEMAS)) ajv.addSchema(schema, name);
  for (const name of Object.keys(SCHEMAS)) assert.ok(ajv.getSchema(name), name);
});

test('a contract is compiled once', () => assert.equal(validator('Catalog'), validator('Catalog')));

test('a name that is no contract is a fault of the caller', () => assert.throws(() => validator('Nothing'), /No schema named Nothing/));

test('every message that we build meets its contract and no other', () => {
  for (const type of MESSAGE_TYPES)
    for (const sample of SAMPLES[type]) {
      const met = MESSAGE_TYPES.filter((other) => violations(other, sample).length === 0);
      assert.deepEqual(met, [type], JSON.stringify(sample));
    }
});

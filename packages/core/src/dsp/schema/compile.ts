import { Ajv2019, type ErrorObject, type ValidateFunction } from 'ajv/dist/2019.js';
import { CATALOG_SCHEMAS } from './catalog.ts';
import { COMMON_SCHEMAS } from './common.ts';
import { NEGOTIATION_SCHEMAS } from './negotiation.ts';
import type { Schema } from './notation.ts';
import { POLICY_SCHEMAS } from './policy.ts';
import { TRANSFER_SCHEMAS } from './transfer.ts';

/** Every contract by name: messages, answers, and the parts that they refer to. */
export const SCHEMAS: Readonly<Record<string, Schema>> = {
  ...COMMON_SCHEMAS,
  ...POLICY_SCHEMAS,
  ...CATALOG_SCHEMAS,
  ...NEGOTIATION_SCHEMAS,
  ...TRANSFER_SCHEMAS,
};

let ajv: Ajv2019 | undefined;

function engine(): Ajv2019 {
  if (ajv) return ajv;
  // The meta-schema is left out: compiling it costs more than all of ours, and the tests compile ours under it.
  ajv = new Ajv2019({ verbose: true, meta: false, validateSchema: false, strictRequired: false, strictTypes: false });
  for (const [name, schema] of Object.entries(SCHEMAS)) ajv.addSchema(schema, name);
  return ajv;
}

/** The compiled contract of `name`; compiled at its first use, once. */
export function validator(name: string): ValidateFunction {
  const validate = engine().getSchema(name);
  if (!validate) throw new Error(`No schema named ${name}`);
  return validate;
}

/** What is wrong with `value` under the contract `name`; nothing when it conforms. */
export function violations(name: string, value: unknown): readonly ErrorObject[] {
  const validate = validator(name);
  return validate(value) ? [] : [...(validate.errors ?? [])];
}

/** Shorthand for the contract tables in this folder: plain JSON Schema (2019-09) comes out. */
export type Schema = Readonly<Record<string, unknown>>;

export const text: Schema = { type: 'string' };
export const anything: Schema = {};

export const word = (...words: string[]): Schema =>
  words.length === 1 ? { type: 'string', const: words[0] } : { type: 'string', enum: words };

/** An array. The specification wants most lists to be left out rather than empty, hence `min` 1. */
export const list = (items: Schema = anything, min = 1): Schema => ({ type: 'array', items, minItems: min });

export const ref = (name: string): Schema => ({ $ref: name });

export const either = (...options: Schema[]): Schema => ({ oneOf: options });

/** Exactly one of the named properties. */
export const exactlyOne = (...names: string[]): Schema => ({ oneOf: names.map((name) => ({ required: [name] })) });

/** One or more of the named properties. */
export const atLeastOne = (...names: string[]): Schema => ({ anyOf: names.map((name) => ({ required: [name] })) });

export const without = (name: string): Schema => ({ not: { required: [name] } });

/** An object; a property whose name ends in `*` is required. Other properties are always allowed. */
export function object(table: Record<string, Schema>, ...further: Schema[]): Schema {
  const properties: Record<string, Schema> = {};
  const required: string[] = [];
  for (const [key, schema] of Object.entries(table)) {
    const name = key.replace(/\*$/, '');
    properties[name] = schema;
    if (name !== key) required.push(name);
  }
  return { type: 'object', required, properties, ...(further.length > 0 && { allOf: further }) };
}

/** A message: an object with `@context` and its own `@type`. */
export const message = (type: string, table: Record<string, Schema> = {}, ...further: Schema[]): Schema =>
  object({ '@context*': ref('Context'), '@type*': word(type), ...table }, ...further);

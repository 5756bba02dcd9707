/**
 * How values leave the database: jsonb as plain values; bigint, numeric and date as text; points in time as
 * ISO 8601 in UTC with all their digits, so that a value compares and serialises the same everywhere; lists as arrays.
 * Lists are named here one by one because the driver's own look-up of array types, made at each connection, ends the process when the connection breaks during it.
 */
export const TYPES = {
  calendar: { to: 1082, from: [1082], serialize: String, parse: (text: string) => text },
  instant: { to: 1184, from: [1114, 1184], serialize: instant, parse: toIso },
  text_list: list([1009, 1003, 1015, 1182, 2951], (text) => text), // text, name, varchar, date, uuid
  int_list: list([1007], Number),
  bigint_list: list([1016], (text) => text),
  numeric_list: list([1231], (text) => text),
  boolean_list: list([1000], (text) => text === 't'),
  instant_list: list([1185], toIso),
  jsonb_list: list([3807], (text) => JSON.parse(text), JSON.stringify),
};

function toIso(text: string): string {
  return text.replace(' ', 'T').replace(/\+00$/, 'Z');
}

function instant(value: unknown): string {
  return value instanceof Date ? value.toISOString() : String(value);
}

/** `oids`: of the array types. */
function list(oids: [number, ...number[]], parse: (text: string) => unknown, serialize: (value: unknown) => string = instant) {
  return {
    to: oids[0],
    from: oids,
    parse: (text: string) =>
      Array.from(text.matchAll(ELEMENT), ([, quoted, bare = '']) =>
        quoted !== undefined ? parse(quoted.replace(/\\(.)/gs, '$1')) : bare === 'NULL' ? null : parse(bare),
      ),
    serialize: (values: readonly unknown[]) =>
      `{${values.map((value) => (value === null ? 'NULL' : `"${serialize(value).replace(/["\\]/g, '\\$&')}"`)).join()}}`,
  };
}

/** One element of PostgreSQL's text form of a list with one dimension, `{a,"b c",NULL}`. */
const ELEMENT = /"((?:[^"\\]|\\.)*)"|([^{},"]+)/gs;

/** Values of every wrong type, and right ones without sense. */
const WRONG: readonly unknown[] = [null, true, -1, 1.5, '', ' ', 'x', '9999-99-99', 'x'.repeat(20_000), [], [null], {}, { a: 1 }];

export interface Mutation {
  readonly what: string;
  readonly body: unknown;
  /** It only adds a field that the contract does not name. */
  readonly adds?: 'top' | 'inside';
}

type Json = Readonly<Record<string, unknown>>;

/** A body with one thing changed: each field in turn given each wrong value, left out, or put beside an unknown one. */
export function* mutations(body: Json, path = ''): Generator<Mutation> {
  yield { what: `${path}.unknown added`, body: { ...body, unknown: 1 }, adds: path === '' ? 'top' : 'inside' };
  for (const [name, value] of Object.entries(body)) {
    const here = `${path}.${name}`;
    const { [name]: _, ...rest } = body;
    yield { what: `${here} left out`, body: rest };
    for (const wrong of WRONG) yield { what: `${here} = ${JSON.stringify(wrong).slice(0, 30)}`, body: { ...body, [name]: wrong } };
    const inner = Array.isArray(value) ? value[0] : value;
    if (typeof inner !== 'object' || inner === null) continue;
    for (const m of mutations(inner as Json, here))
      yield { ...m, body: { ...body, [name]: Array.isArray(value) ? [m.body, ...value.slice(1)] : m.body } };
  }
}

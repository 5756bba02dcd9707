type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The declared fields of a body, and nothing else. A field is a dotted path; it goes through the elements of a list.
 * What the body does not have is left out; a list keeps its order, and its elements only the declared fields.
 */
export function project(body: unknown, fields: readonly string[]): Json {
  const tree = new Map<string, string[][]>();
  for (const field of fields) {
    const [head = '', ...rest] = field.split('.');
    tree.set(head, [...(tree.get(head) ?? []), rest]);
  }
  return isObject(body) ? branch(body, tree) : {};
}

function branch(body: Json, tree: ReadonlyMap<string, string[][]>): Json {
  const kept = [...tree].flatMap(([key, rests]): [string, unknown][] => {
    if (!Object.hasOwn(body, key)) return [];
    const value = body[key];
    // A field that is declared whole wins over its own parts.
    if (rests.some((rest) => rest.length === 0)) return [[key, value]];
    const fields = rests.map((rest) => rest.join('.'));
    return [[key, Array.isArray(value) ? value.map((v) => project(v, fields)) : project(value, fields)]];
  });
  return Object.fromEntries(kept);
}

/** Whether a body has something at a dotted path. */
export function has(body: unknown, field: string): boolean {
  const [head = '', ...rest] = field.split('.');
  if (!isObject(body) || !Object.hasOwn(body, head)) return false;
  if (rest.length === 0) return true;
  const value = body[head];
  return Array.isArray(value) ? value.some((v) => has(v, rest.join('.'))) : has(value, rest.join('.'));
}

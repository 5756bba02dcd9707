/** The dotted paths of all values of some records, in the order of their first appearance; a list counts as one value. */
export function pathsOf(bodies: readonly unknown[]): string[] {
  const paths = new Set<string>();
  const walk = (value: unknown, path: string) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [key, inner] of Object.entries(value)) walk(inner, path ? `${path}.${key}` : key);
    } else if (path) paths.add(path);
  };
  for (const body of bodies) walk(body, '');
  return [...paths];
}

/** Every single value inside some JSON with its dotted path, in its own order; entries of a list are counted from 1. */
export function leavesOf(value: unknown, path = ''): { path: string; text: string }[] {
  if (typeof value !== 'object' || value === null) return [{ path, text: String(value) }];
  const inner = Array.isArray(value) ? value.map((one, i): [string, unknown] => [String(i + 1), one]) : Object.entries(value);
  return inner.flatMap(([key, one]) => leavesOf(one, path ? `${path}.${key}` : key));
}

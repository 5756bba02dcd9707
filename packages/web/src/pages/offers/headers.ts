/** The lines of a text that are not empty. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** Headers as written, one `name: value` a line; those kept from before stay unless they are written anew. */
export function headersOf(text: string, kept: readonly string[]): Record<string, string | true> {
  const headers: Record<string, string | true> = {};
  const given = linesOf(text).map((line) => {
    const colon = line.indexOf(':');
    return colon < 0 ? ([line, ''] as const) : ([line.slice(0, colon).trim(), line.slice(colon + 1).trim()] as const);
  });
  const written = new Set(given.map(([name]) => name.toLowerCase()));
  for (const name of kept) if (!written.has(name.toLowerCase())) headers[name] = true;
  for (const [name, value] of given) headers[name] = value;
  return headers;
}

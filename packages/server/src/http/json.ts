/** Nothing that is exchanged nests deeper than some ten levels. */
const DEEPEST = 100;

export type Parsed = { readonly value: unknown; readonly why?: undefined } | { readonly value?: undefined; readonly why: string };

/**
 * JSON from outside, as far as it can be hashed and kept: nesting with an end, numbers that have a value, whole characters and each name once in an
 * object (RFC 7493), no name `__proto__`, which a careless copy would take for something else, and no U+0000, which PostgreSQL does not store.
 * Answers the value or why not.
 */
export function parseJson(text: string): Parsed {
  try {
    const value: unknown = JSON.parse(text);
    // In a text that is well-formed, only an escape can write half a character or U+0000.
    const walk: Walk = { texts: text.includes('\\u') || !text.isWellFormed(), names: 0 };
    const why = fault(value, DEEPEST, walk) ?? (walk.names === namesIn(text) ? undefined : 'an object with the same name twice');
    return why === undefined ? { value } : { why };
  } catch {
    return { why: 'syntax' };
  }
}

interface Walk {
  readonly texts: boolean;
  names: number;
}

function fault(value: unknown, levels: number, walk: Walk): string | undefined {
  if (typeof value === 'string') return walk.texts ? faultOfText(value) : undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : 'a number beyond the range of numbers';
  if (typeof value !== 'object' || value === null) return undefined;
  if (levels === 0) return `values nested deeper than ${DEEPEST} levels`;
  const isList = Array.isArray(value);
  for (const key in value) {
    if (!isList) walk.names++;
    if (key === '__proto__') return 'the name __proto__';
    const why = (walk.texts ? faultOfText(key) : undefined) ?? fault((value as Record<string, unknown>)[key], levels - 1, walk);
    if (why !== undefined) return why;
  }
  return undefined;
}

/** How many names the text of valid JSON writes: texts that a colon follows. Of a name that an object has twice, parsing keeps the last only. */
function namesIn(text: string): number {
  let names = 0;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at)) {
    do at = text.indexOf('"', at + 1);
    while (isEscaped(text, at));
    do at++;
    while (' \t\n\r'.includes(text[at] ?? 'end'));
    if (text[at] === ':') names++;
  }
  return names;
}

/** An odd number of backslashes stands before it. */
function isEscaped(text: string, at: number): boolean {
  let before = at;
  while (text[before - 1] === '\\') before--;
  return (at - before) % 2 === 1;
}

function faultOfText(text: string): string | undefined {
  if (text.includes('\0')) return 'text with the character U+0000';
  return text.isWellFormed() ? undefined : 'text with half a character (lone surrogate)';
}

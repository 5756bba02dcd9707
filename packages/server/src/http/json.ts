/** Nothing that is exchanged nests deeper than some ten levels. */
const DEEPEST = 100;

export type Parsed = { readonly value: unknown; readonly why?: undefined } | { readonly value?: undefined; readonly why: string };

/**
 * JSON from outside, as far as it can be hashed and kept: nesting with an end, numbers that have a value, whole characters (RFC 7493), and no U+0000,
 * which PostgreSQL does not store. Answers the value or why not.
 */
export function parseJson(text: string): Parsed {
  try {
    const value: unknown = JSON.parse(text);
    // In a text that is well-formed, only an escape can write half a character or U+0000.
    const why = fault(value, DEEPEST, text.includes('\\u') || !text.isWellFormed());
    return why === undefined ? { value } : { why };
  } catch {
    return { why: 'syntax' };
  }
}

function fault(value: unknown, levels: number, texts: boolean): string | undefined {
  if (typeof value === 'string') return texts ? faultOfText(value) : undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : 'a number beyond the range of numbers';
  if (typeof value !== 'object' || value === null) return undefined;
  if (levels === 0) return `values nested deeper than ${DEEPEST} levels`;
  for (const key in value) {
    const why = (texts ? faultOfText(key) : undefined) ?? fault((value as Record<string, unknown>)[key], levels - 1, texts);
    if (why !== undefined) return why;
  }
  return undefined;
}

function faultOfText(text: string): string | undefined {
  if (text.includes('\0')) return 'text with the character U+0000';
  return text.isWellFormed() ? undefined : 'text with half a character (lone surrogate)';
}

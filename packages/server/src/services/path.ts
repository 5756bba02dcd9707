/**
 * The segments of a path as a server at the other end could understand it at most, or undefined for one that it might understand otherwise than we:
 * `.` and `..` in any spelling (also before a `;`, which some servers cut off), a slash or backslash within a segment, an escape of an escape,
 * empty segments, control characters. `path` is percent-encoded and begins with a slash; an empty last segment is a slash at the end.
 */
export function segmentsOf(path: string): string[] | undefined {
  if (!path.startsWith('/') || /[?#]/.test(path)) return undefined;
  const segments: string[] = [];
  const parts = path.slice(1).split('/');
  for (const [i, part] of parts.entries()) {
    const segment = decode(part);
    if (segment === undefined || (segment === '' && i < parts.length - 1)) return undefined;
    if (segment !== '' && !isPlain(segment)) return undefined;
    segments.push(segment);
  }
  return segments;
}

/** The same path in its one spelling. */
export const spell = (segments: readonly string[]): string => `/${segments.map(encodeURIComponent).join('/')}`;

/** `*` in a pattern stands for one segment that is not empty. */
export function matches(pattern: readonly string[], segments: readonly string[]): boolean {
  return pattern.length === segments.length && pattern.every((wanted, i) => (wanted === '*' ? segments[i] !== '' : wanted === segments[i]));
}

function decode(part: string): string | undefined {
  try {
    const text = decodeURIComponent(part);
    return text.isWellFormed() ? text : undefined;
  } catch {
    return undefined;
  }
}

function isPlain(segment: string): boolean {
  // As a server might fold it: full-width dots and slashes become plain ones.
  const folded = segment.normalize('NFKC');
  if (/[/\\\u0000-\u001f\u007f]/.test(folded) || /%[0-9a-f]{2}/i.test(folded) || folded.startsWith(';')) return false;
  return !/^[.\s]*$/.test(folded.split(';')[0] ?? '');
}

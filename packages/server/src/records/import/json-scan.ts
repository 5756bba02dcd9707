export interface JsonFault {
  /** Where in the text, from 0. */
  readonly at: number;
  readonly kind: 'syntax' | 'duplicate' | 'depth';
  /** The key that is there twice. */
  readonly key?: string;
}

const MAX_DEPTH = 64;
const SPACE = /[ \t\n\r]*/y;
const STOP = /["\\\u0000-\u001f]/g;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;

/**
 * Walks a JSON text without building its value: finds the place of a syntax error and every key that an object has twice, which
 * `JSON.parse` would silently drop. `visit` gets the place of each value with its JSON pointer.
 */
export function scanJson(text: string, visit: (pointer: string, at: number) => void = () => {}): JsonFault[] {
  const faults: JsonFault[] = [];
  let at = 0;

  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  const fail = (kind: 'syntax' | 'depth'): never => {
    throw { at, kind } satisfies JsonFault;
  };
  /** By stops instead of one pattern: a pattern overflows its stack on a string of megabytes. */
  const string = (): string | undefined => {
    if (text[at] !== '"') return undefined;
    const start = at++;
    for (;;) {
      STOP.lastIndex = at;
      at = STOP.exec(text)?.index ?? text.length;
      if (text[at] === '"') return text.slice(start, ++at);
      if (take(ESCAPE) === undefined) fail('syntax');
    }
  };
  const next = (char: string): boolean => {
    take(SPACE);
    if (text[at] !== char) return false;
    at++;
    return true;
  };
  const expect = (char: string) => next(char) || fail('syntax');

  function value(pointer: string, depth: number): void {
    take(SPACE);
    visit(pointer, at);
    if (depth > MAX_DEPTH) fail('depth');
    if (next('{')) object(pointer, depth);
    else if (next('[')) array(pointer, depth);
    else if ((string() ?? take(NUMBER) ?? take(WORD)) === undefined) fail('syntax');
  }
  function object(pointer: string, depth: number): void {
    const keys = new Set<string>();
    if (next('}')) return;
    do {
      take(SPACE);
      const start = at;
      const key = JSON.parse(string() ?? fail('syntax')) as string;
      if (keys.has(key)) faults.push({ at: start, kind: 'duplicate', key });
      keys.add(key);
      expect(':');
      value(`${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, depth + 1);
    } while (next(','));
    expect('}');
  }
  function array(pointer: string, depth: number): void {
    if (next(']')) return;
    let index = 0;
    do value(`${pointer}/${index++}`, depth + 1);
    while (next(','));
    expect(']');
  }

  try {
    value('', 0);
    take(SPACE);
    if (at < text.length) fail('syntax');
  } catch (fault) {
    if (fault instanceof Error) throw fault;
    faults.push(fault as JsonFault);
  }
  return faults;
}

/** Line and character in the line of a place in the text, both from 1. */
export function lineOf(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

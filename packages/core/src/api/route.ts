import type { z } from 'zod';
import type { Text } from '../text.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/**
 * One call of the management interface. The server validates with `body` and `query`, the client takes its types from here,
 * and docs/reference/api.md is written from it.
 */
export interface Route<Body = unknown, Query = unknown, Result = unknown, SentBody = unknown, SentQuery = unknown> {
  readonly method: Method;
  /** Below `/participants/{participant}/api`; `:name` is a path parameter, URL-encoded. */
  readonly path: string;
  readonly summary: Text;
  readonly body?: z.ZodType<Body, SentBody>;
  readonly query?: z.ZodType<Query, SentQuery>;
  /** What travels: JSON unless said. `file` is the bytes of one file in the request, `stream` the same without a limit, `download` in the answer. */
  readonly form?: 'json' | 'file' | 'stream' | 'download' | 'events';
  /** Carries the type of the answer only; never set. */
  readonly result?: Result;
}

interface Shape<Body, Query, SentBody, SentQuery> {
  summary: Text;
  body?: z.ZodType<Body, SentBody>;
  query?: z.ZodType<Query, SentQuery>;
  form?: Route['form'];
}

/** Names a call; the type of its answer is given by `returns`. What is sent may leave out what has a default. */
export function route<Body = undefined, Query = undefined, SentBody = undefined, SentQuery = undefined>(
  method: Method,
  path: string,
  shape: Shape<Body, Query, SentBody, SentQuery>,
) {
  return { returns: <Result>(): Route<Body, Query, Result, SentBody, SentQuery> => ({ method, path, ...shape }) };
}

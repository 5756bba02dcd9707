import { fileURLToPath } from 'node:url';
import { startChild } from '../proc/child.ts';

/** The floor under a page: a server in a process of its own that answers every request with the same bytes from memory. */
export interface Plain extends AsyncDisposable {
  readonly url: string;
}

/** `bytes`: how long an answer is. */
export async function openPlain(bytes: number): Promise<Plain> {
  const child = startChild(fileURLToPath(import.meta.resolve('./plain-process.ts')), [String(bytes)], 'the plain server');
  const { url } = await child.hear<{ url: string }>();
  return { url, [Symbol.asyncDispose]: () => child[Symbol.asyncDispose]() };
}

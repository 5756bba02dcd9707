import type { ChangeEvent } from '@madang/core/api/views.ts';
import { credentialsOf, type Door, failure, headersOf } from './door.ts';
import { ApiError, errorOf } from './error.ts';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;

/**
 * Calls `onChange` for every change until the signal aborts, then resolves. A broken stream is opened again; what changed meanwhile is
 * not repeated, so `onOpen` (called at each opening) is the place to read everything afresh. Throws ApiError when signed out or refused.
 */
export async function listen(
  door: Door,
  path: string,
  onChange: (change: ChangeEvent) => void,
  signal: AbortSignal,
  onOpen?: () => void,
): Promise<void> {
  let pause = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    try {
      const answer = await open(door, path, signal);
      pause = FIRST_PAUSE_MS;
      onOpen?.();
      for await (const data of dataLines(answer)) onChange(JSON.parse(data) as ChangeEvent);
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof ApiError && error.status >= 400 && error.status < 500) throw error;
    }
    await rest(pause, signal);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
}

async function open(door: Door, path: string, signal: AbortSignal): Promise<Response> {
  const url = door.url + path;
  const headers = { ...headersOf(door), accept: 'text/event-stream' };
  try {
    const answer = await door.fetch(url, { headers, credentials: credentialsOf(door), signal });
    if (!answer.ok) throw await errorOf(answer, url);
    return answer;
  } catch (error) {
    throw failure(error, url, signal);
  }
}

/** The `data` of each event of a text/event-stream; comments and other fields are passed over. */
export async function* dataLines(answer: Response): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const reader = answer.body!.getReader();
  let rest = '';
  let data: string[] = [];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const lines = (rest + decoder.decode(value, { stream: true })).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop()!;
      for (const line of lines) {
        if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''));
        if (line !== '' || data.length === 0) continue;
        yield data.join('\n');
        data = [];
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function rest(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
}

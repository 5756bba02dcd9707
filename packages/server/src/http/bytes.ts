import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context as Http } from 'hono';

interface Head {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
}

interface Answer extends Head {
  readonly body?: Readable;
  /** Aborted, the connection is cut at once, so that the other side sees that something is missing. */
  readonly signal?: AbortSignal;
}

/**
 * Answers with a stream, at the pace of the one who reads. Resolves when all is sent, or the connection is gone: an error of the body cuts it.
 * Straight into Node's own response: a web stream between them costs more than reading the disk.
 */
export async function sendStream(http: Http, { body, signal, ...head }: Answer): Promise<Response> {
  if (!body || http.req.method === 'HEAD') {
    body?.destroy();
    return sendHead(http, head);
  }
  return sendWith(http, head, async (outgoing) => {
    // Reset, so that what the system has taken but not sent yet goes no further either.
    const cut = () => void outgoing.socket?.resetAndDestroy();
    signal?.addEventListener('abort', cut);
    await pipeline(body, outgoing, signal ? { signal } : {}).finally(() => signal?.removeEventListener('abort', cut));
  });
}

/** Without a body; by way of Hono, which answers HEAD by taking the answer to GET apart. */
export const sendHead = (http: Http, { status, headers }: Head): Response =>
  http.body(null, status as 200, Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])));

/** Answers with what `write` writes and ends; an error of it cuts the connection. */
export async function sendWith(
  http: Http,
  { status, headers }: Head,
  write: (outgoing: ServerResponse) => Promise<void>,
): Promise<Response> {
  const outgoing = outgoingOf(http);
  outgoing.writeHead(status, headers);
  outgoing.flushHeaders();
  try {
    await write(outgoing);
  } catch {
    // Whoever reads sees the cut; here nobody is left who could be answered.
    outgoing.destroy();
  }
  return RESPONSE_ALREADY_SENT;
}

const outgoingOf = (http: Http) => (http.env as { outgoing: ServerResponse }).outgoing;

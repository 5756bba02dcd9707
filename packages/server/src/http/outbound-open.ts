import http from 'node:http';
import https from 'node:https';
import { Readable } from 'node:stream';
import type { MadangError } from '@madang/core/error.ts';
import { watchIdle } from './idle.ts';
import { hasLane, isHeld, readPast } from './lane.ts';
import { outboundError, unreachable } from './outbound-error.ts';
import { type ByteSink, pour } from './sink.ts';

export interface StreamRequest {
  readonly method: 'GET' | 'HEAD' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Readable;
  /** Milliseconds without a byte either way after which it ends; 30 s unless said. Also the longest wait for the answer to begin once all is sent. */
  readonly idle?: number;
  /** A service of the participant's own: `MADANG_UPSTREAMS` says where it may be, beside what any request may reach. */
  readonly upstream?: boolean;
}

export interface StreamAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  /** At the pace of its reader. Destroy it when it is not read to its end. It fails with what `outboundError` explains. */
  readonly body: http.IncomingMessage;
  /**
   * Reads the whole body, from its beginning, into a sink: the way for large ones.
   * @throws MadangError `outbound_unreachable`, or what the sink throws
   */
  readonly into: (sink: ByteSink) => Promise<void>;
}

const IDLE = 30_000;
/** Bytes from which on a body is worth a connection of its own. */
const LARGE = 1024 * 1024;

/** Sends, and answers as soon as the head of the answer is there. */
export function exchangeStream(url: URL, request: StreamRequest, agent: http.Agent, signal: AbortSignal): Promise<StreamAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<StreamAnswer>();
  const { body, idle = IDLE } = request;
  const text = typeof body === 'string' ? Buffer.from(body) : undefined;
  const send = url.protocol === 'https:' ? https.request : http.request;
  const headers = {
    accept: '*/*',
    // A length would be that of the packed form, and ranges of it could not be put together.
    'accept-encoding': 'identity',
    ...(text ? { 'content-length': String(text.length) } : {}),
    ...request.headers,
  };
  const call = send(url, { method: request.method, headers, agent, signal });
  let answer: http.IncomingMessage | undefined;
  let stopped: MadangError | undefined;

  const stop = (why: string) => {
    const error = unreachable(url, why);
    stopped = error;
    reject(error);
    answer?.destroy(error);
    call.destroy(error);
  };
  const watch = watchIdle({
    socket: () => call.socket,
    holding: () => (answer?.readableLength ?? 0) > 0 || isHeld(call.socket),
    limit: idle,
    onIdle: () => stop('TIMEOUT'),
  });
  let head: NodeJS.Timeout | undefined;
  call.once('finish', () => {
    head = answer ? undefined : setTimeout(stop, idle, 'TIMEOUT');
  });
  call.once('response', (incoming) => {
    clearTimeout(head);
    answer = incoming;
    resolve({
      status: incoming.statusCode ?? 0,
      headers: incoming.headers,
      body: incoming,
      into: (sink) => readInto(incoming, request.method, sink, (error) => stopped ?? outboundError(url, error)),
    });
  });
  call.once('close', () => {
    clearTimeout(head);
    watch[Symbol.dispose]();
    reject(unreachable(url, 'ECONNRESET'));
    if (body instanceof Readable) body.destroy();
  });
  call.on('error', (error: NodeJS.ErrnoException) => {
    // As in `send`: the peer closed an idle connection at the moment it was used again.
    if (error.code === 'ECONNRESET' && call.reusedSocket && !answer && !(body instanceof Readable) && !signal.aborted)
      resolve(exchangeStream(url, request, agent, signal));
    else reject(outboundError(url, error));
  });
  if (body instanceof Readable) {
    body.on('error', (error) => call.destroy(error));
    body.pipe(call);
  } else call.end(text);
  return promise;
}

async function readInto(
  answer: http.IncomingMessage,
  method: StreamRequest['method'],
  sink: ByteSink,
  explain: (error: unknown) => MadangError,
): Promise<void> {
  const length = Number(answer.headers['content-length'] ?? 0);
  let refused: { readonly error: unknown } | undefined;
  const guarded: ByteSink = {
    room: sink.room,
    filled: (bytes) =>
      sink.filled(bytes)?.catch((error: unknown) => {
        refused = { error };
        throw error;
      }),
  };
  try {
    if (length >= LARGE && method !== 'HEAD' && hasLane(answer)) await readPast(answer, length, guarded);
    else for await (const chunk of answer as AsyncIterable<Buffer>) await pour(guarded, chunk);
  } catch (error) {
    throw refused ? refused.error : explain(error);
  }
}

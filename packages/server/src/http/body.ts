import type { IncomingMessage } from 'node:http';
import { MadangError } from '@madang/core/error.ts';
import type { Context as Http } from 'hono';
import { watchIdle } from './idle.ts';
import { parseJson } from './json.ts';

const JSON_LIMIT = 4 * 1024 * 1024;
/** Bytes of a protocol message. It is kept with its exchange and read with every list of exchanges, and anyone may send one. */
export const MESSAGE_LIMIT = 256 * 1024;
/** Milliseconds for the whole of a body that is read at once. */
const READ_TIME = 300_000;
/** Milliseconds without a byte after which a body of any size is given up. */
const IDLE = 60_000;
const sizeText = (bytes: number) => (bytes < 1024 * 1024 ? `${Math.floor(bytes / 1024)} KB` : `${Math.floor(bytes / 1024 / 1024)} MB`);

/**
 * Reads a body up to a limit. A declared size over it is refused before a byte is read, an undeclared one as soon as it is passed.
 * @throws MadangError `too_large`
 */
export async function readBytes(http: Http, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = () => new MadangError('too_large', { values: { limit: sizeText(limit) } });
  if (Number(http.req.header('content-length') ?? 0) > limit) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const late = setTimeout(() => incomingOf(http)?.destroy(), READ_TIME);
  try {
    for await (const chunk of bodyOf(http)) {
      size += chunk.length;
      if (size > limit) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (error) {
    throw broken(error);
  } finally {
    clearTimeout(late);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/**
 * The body as it comes, of any size, at the pace of its reader.
 * @throws MadangError `body_broken` (the sender is gone, or no byte came for `idle` ms)
 */
export async function* readStream(http: Http, idle = IDLE): AsyncGenerator<Uint8Array> {
  const incoming = incomingOf(http);
  using _ = watchIdle({
    socket: () => incoming?.socket,
    holding: () => (incoming?.readableLength ?? 1) > 0,
    limit: idle,
    onIdle: () => incoming?.destroy(),
  });
  try {
    yield* bodyOf(http);
  } catch (error) {
    throw broken(error);
  }
}

const broken = (cause: unknown) => (cause instanceof MadangError ? cause : new MadangError('body_broken', { cause }));

/** @throws MadangError `bad_json`, `bad_request` (JSON that cannot be kept), `too_large` */
export async function readJson(http: Http, limit = JSON_LIMIT): Promise<unknown> {
  const bytes = await readBytes(http, limit);
  const text = decode(bytes);
  const parsed = text === undefined ? { why: 'syntax' } : parseJson(text);
  if (parsed.why === 'syntax') throw new MadangError('bad_json');
  if (parsed.why !== undefined) throw new MadangError('bad_request', { values: { why: parsed.why } });
  return parsed.value;
}

/** JSON travels as UTF-8, nothing else (RFC 8259). */
const UTF8 = new TextDecoder('utf-8', { fatal: true });

function decode(bytes: Uint8Array): string | undefined {
  try {
    return UTF8.decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * Node's own stream where the request came over a socket: a web stream around it costs more than parsing what it brings. Left before its
 * end it stays open, so that the refusal still reaches the sender.
 */
export function bodyOf(http: Http): AsyncIterable<Uint8Array> {
  return (
    incomingOf(http)?.iterator({ destroyOnReturn: false }) ??
    http.req.raw.body ??
    new ReadableStream({ start: (controller) => controller.close() })
  );
}

const incomingOf = (http: Http): IncomingMessage | undefined => (http.env as { incoming?: IncomingMessage } | undefined)?.incoming;

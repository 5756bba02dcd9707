import { credentialsOf, type Door, failure, headersOf, jsonOf } from './door.ts';
import type { Content } from './types.ts';

export interface Upload {
  readonly body: Content;
  /** Bytes, where a stream does not say it itself: the server then refuses at once what does not fit. */
  readonly size?: number | undefined;
  /** Bytes that were handed over so far. */
  readonly onProgress?: ((bytes: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Nothing moved for so long: given up. */
const STALL_MS = 60_000;

/** Sends a file of any size without holding it. Throws ApiError, or the signal's reason when aborted. */
export async function upload(door: Door, url: string, { body, size = sizeOf(body), onProgress, signal }: Upload): Promise<unknown> {
  const stalled = new AbortController();
  let timer = setTimeout(() => stalled.abort(), STALL_MS);
  const moved = (bytes: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => stalled.abort(), STALL_MS);
    onProgress?.(bytes);
  };
  const either = signal ? AbortSignal.any([signal, stalled.signal]) : stalled.signal;
  try {
    // A browser's fetch can neither stream a body over HTTP/1.1 nor tell how far it is.
    const answer = await ('XMLHttpRequest' in globalThis && !isStream(body)
      ? browserUpload(door, url, body, either, moved)
      : door.fetch(url, {
          method: 'POST',
          headers: { ...uploadHeaders(door), ...(size === undefined ? {} : { 'content-length': String(size) }) },
          credentials: credentialsOf(door),
          body: counted(body, moved) as unknown as ReadableStream,
          duplex: 'half',
          signal: either,
        } as RequestInit));
    return await jsonOf(answer, url);
  } catch (error) {
    throw failure(error, url, signal, stalled.signal);
  } finally {
    clearTimeout(timer);
  }
}

const isStream = (body: Content): body is AsyncIterable<Uint8Array> => !(body instanceof Uint8Array || body instanceof Blob);
const sizeOf = (body: Content): number | undefined => (isStream(body) ? undefined : body instanceof Blob ? body.size : body.length);
const uploadHeaders = (door: Door) => ({ ...headersOf(door), 'content-type': 'application/octet-stream' });

async function* counted(body: Content, moved: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  const parts = isStream(body) ? body : body instanceof Blob ? (body.stream() as unknown as AsyncIterable<Uint8Array>) : [body];
  let bytes = 0;
  for await (const part of parts) {
    yield part;
    bytes += part.length;
    moved(bytes);
  }
}

function browserUpload(
  door: Door,
  url: string,
  body: Uint8Array<ArrayBuffer> | Blob,
  signal: AbortSignal,
  moved: (bytes: number) => void,
): Promise<Response> {
  const { promise, resolve, reject } = Promise.withResolvers<Response>();
  const request = new XMLHttpRequest();
  request.open('POST', url);
  for (const [name, value] of Object.entries(uploadHeaders(door))) request.setRequestHeader(name, value);
  request.upload.onprogress = ({ loaded }) => moved(loaded);
  request.onload = () => resolve(new Response(request.responseText, { status: request.status }));
  request.onerror = () => reject(new TypeError('network error'));
  request.onabort = () => reject(signal.reason);
  signal.addEventListener('abort', () => request.abort(), { once: true });
  if (signal.aborted) reject(signal.reason);
  else request.send(body);
  return promise;
}

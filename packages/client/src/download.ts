import { credentialsOf, type Door, failure, headersOf } from './door.ts';
import { errorOf, ownError } from './error.ts';

export interface DownloadOptions {
  /** First byte that is wanted; 0 when left out. */
  readonly from?: number;
  /** The rest is only wanted of the same content: `etag` of the download before. With other content the whole comes. */
  readonly etag?: string | undefined;
  readonly signal?: AbortSignal;
}

export interface Download {
  /** Where the bytes begin: what was asked, or 0 when the whole comes. */
  readonly from: number;
  /** Bytes of the whole; null when the server does not know yet. */
  readonly size: number | null;
  readonly etag: string | null;
  readonly mediaType: string;
  /** Ends with the content; throws ApiError when the connection breaks or stands still before. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Nothing came for so long: given up. */
const STALL_MS = 60_000;

/** Opens a download of any size without holding it. Throws ApiError, or the signal's reason when aborted. */
export async function download(door: Door, url: string, { from = 0, etag, signal }: DownloadOptions): Promise<Download> {
  const stalled = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = () => {
    timer = setTimeout(() => stalled.abort(), STALL_MS);
  };
  const stop = () => clearTimeout(timer);
  const either = signal ? AbortSignal.any([signal, stalled.signal]) : stalled.signal;
  const range: Record<string, string> = from > 0 ? { range: `bytes=${from}-`, ...(etag ? { 'if-range': etag } : {}) } : {};
  const wrong = (error: unknown) => failure(error, url, signal, stalled.signal);
  wait();
  try {
    const answer = await door.fetch(url, { headers: { ...headersOf(door), ...range }, credentials: credentialsOf(door), signal: either });
    if (!answer.ok) throw await errorOf(answer, url);
    const partial = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(answer.headers.get('content-range') ?? '');
    const length = answer.headers.get('content-length');
    if (answer.status === 206 && Number(partial?.[1]) !== from) throw ownError('bad_answer', { url, status: answer.status });
    return {
      from: answer.status === 206 ? from : 0,
      size: partial ? (partial[2] === '*' ? null : Number(partial[2])) : length === null ? null : Number(length),
      etag: answer.headers.get('etag'),
      mediaType: answer.headers.get('content-type') ?? 'application/octet-stream',
      bytes: parts(answer),
    };
  } catch (error) {
    throw wrong(error);
  } finally {
    stop();
  }

  async function* parts(answer: Response): AsyncGenerator<Uint8Array> {
    wait();
    try {
      for await (const part of answer.body as unknown as AsyncIterable<Uint8Array>) {
        stop();
        yield part;
        wait();
      }
    } catch (error) {
      throw wrong(error);
    } finally {
      stop();
    }
  }
}

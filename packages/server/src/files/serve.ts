import type { OutgoingHttpHeaders } from 'node:http';
import type { StoredFile } from '@madang/core/api/views.ts';
import type { Context as Http } from 'hono';
import { sendHead, sendWith } from '../http/bytes.ts';
import { type OpenedFile, parseRange } from './open.ts';

/**
 * The whole HTTP answer for a file: 200, 206 for one range, 304, 416; also for HEAD (RFC 9110 §13, §14; Repr-Digest: RFC 9530).
 * Cut off when `signal` aborts.
 */
export async function serveFile(http: Http, { file, pump }: OpenedFile, signal?: AbortSignal): Promise<Response> {
  const etag = `"sha256-${file.sha256}"`;
  if (isKnown(http.req.header('if-none-match'), etag)) return sendHead(http, { status: 304, headers: { etag } });

  const condition = http.req.header('if-range');
  const mayBePart = http.req.method === 'GET' && (condition === undefined || condition.trim() === etag);
  const range = mayBePart ? parseRange(http.req.header('range'), file.size) : undefined;
  if (range === 'unsatisfiable')
    return sendHead(http, { status: 416, headers: { etag, 'content-range': `bytes */${file.size}`, 'content-length': 0 } });
  const part = range ?? { start: 0, end: file.size - 1 };
  const head = {
    status: range ? 206 : 200,
    headers: {
      ...headersOf(file),
      etag,
      'content-length': part.end - part.start + 1,
      ...(range ? { 'content-range': `bytes ${part.start}-${part.end}/${file.size}` } : {}),
    },
  };
  if (http.req.method === 'HEAD' || file.size === 0) return sendHead(http, head);
  return sendWith(http, head, (outgoing) => pump(outgoing, part, signal));
}

/** Whatever the type, a browser saves it and runs nothing of it. */
export function headersOf({ sha256, name, mediaType }: StoredFile): OutgoingHttpHeaders {
  return {
    'content-type': mediaType,
    'content-disposition': disposition(name),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'accept-ranges': 'bytes',
    'repr-digest': `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`,
  };
}

/** RFC 6266 with RFC 8187; the plain name is for readers that know only that. */
export function disposition(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const full = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${full}`;
}

/** If-None-Match: any of the tags, weak or not. */
function isKnown(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.trim() === '*' || header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}

import { lookup } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { MadangError } from '@madang/core/error.ts';
import type { OutboundRule } from '../config/config.ts';
import { mayReach } from './addresses.ts';

export interface OutboundRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Bytes; 4 MiB unless said. */
  readonly maxBytes?: number;
  /** Milliseconds for the whole answer; 15 s unless said. */
  readonly timeout?: number;
}

export interface OutboundAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

/** The one door through which requests leave for other houses. */
export interface Outbound extends Disposable {
  /**
   * Sends and reads the whole answer. No redirect is followed: its status is the answer.
   * @throws MadangError `outbound_forbidden` (address not allowed), `outbound_unreachable`, `outbound_too_large`
   */
  send(request: OutboundRequest): Promise<OutboundAnswer>;
}

export function openOutbound(rule: OutboundRule): Outbound {
  const guarded: LookupFunction = (host, options, done) => {
    // Checked on the very address that is then connected to: a name that resolves differently a moment later gains nothing.
    lookup(host, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, '', 0);
      const allowed = addresses.filter(({ address }) => mayReach(rule, address));
      const first = allowed[0];
      if (!first) return done(Object.assign(new Error(`address not allowed: ${host}`), { code: 'EFORBIDDEN' }), '', 0);
      if (options.all) done(null, allowed);
      else done(null, first.address, first.family);
    });
  };
  const settings = { keepAlive: true, maxSockets: 128, maxFreeSockets: 128, lookup: guarded };
  const agents = { 'http:': new http.Agent(settings), 'https:': new https.Agent(settings) };

  return {
    send(request) {
      const url = URL.parse(request.url);
      if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return Promise.reject(forbidden(request.url));
      const host = url.hostname.replace(/^\[|\]$/g, '');
      if (isIP(host) && !mayReach(rule, host)) return Promise.reject(forbidden(request.url));
      return exchange(url, request, agents[url.protocol], Date.now() + (request.timeout ?? 15_000));
    },
    [Symbol.dispose]() {
      agents['http:'].destroy();
      agents['https:'].destroy();
    },
  };
}

/** `end`: when there is no more waiting, in ms since 1970. A timer of our own: an abort signal for each request costs several times as much. */
function exchange(url: URL, request: OutboundRequest, agent: http.Agent, end: number): Promise<OutboundAnswer> {
  const { maxBytes = 4 * 1024 * 1024 } = request;
  const { promise, resolve, reject } = Promise.withResolvers<OutboundAnswer>();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    reject(unreachable(url, 'TIMEOUT'));
    call.destroy();
  }, end - Date.now());
  const over = () => clearTimeout(timer);
  promise.then(over, over);
  const send = url.protocol === 'https:' ? https.request : http.request;
  const body = request.body === undefined ? undefined : Buffer.from(request.body);
  const headers = {
    accept: 'application/json',
    ...(body ? { 'content-type': 'application/json', 'content-length': String(body.length) } : {}),
    ...request.headers,
  };
  const call = send(url, { method: request.method, headers, agent }, (answer) => {
    const chunks: Buffer[] = [];
    let size = 0;
    answer.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) return void chunks.push(chunk);
      reject(new MadangError('outbound_too_large', { values: { url: url.origin, limit: `${maxBytes} bytes` } }));
      // Without an error of its own: it would reach the next request, if the connection has been given to one already.
      call.destroy();
    });
    answer.on('end', () =>
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(chunks).toString('utf8') }),
    );
    answer.on('error', (error) => reject(failure(url, error)));
  });
  call.on('error', (error: NodeJS.ErrnoException) => {
    // The peer closed an idle connection at the moment it was used again: nothing of the request was taken.
    if (error.code === 'ECONNRESET' && call.reusedSocket && !late) resolve(exchange(url, request, agent, end));
    else reject(failure(url, error));
  });
  call.end(body);
  return promise;
}

const unreachable = (url: URL, why: string, cause?: Error) =>
  new MadangError('outbound_unreachable', { values: { url: url.origin, why }, cause });
const forbidden = (url: string) => new MadangError('outbound_forbidden', { values: { url } });

function failure(url: URL, error: Error & { code?: string }): MadangError {
  if (error instanceof MadangError) return error;
  if (error.code === 'EFORBIDDEN') return forbidden(url.origin);
  return unreachable(url, error.code ?? error.name, error);
}

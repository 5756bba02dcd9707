import { lookup } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { MadangError } from '@madang/core/error.ts';
import type { OutboundRule } from '../config/config.ts';
import { mayReach } from './addresses.ts';
import { withLanes } from './lane.ts';
import { forbidden, outboundError, unreachable } from './outbound-error.ts';
import { exchangeStream, type StreamAnswer, type StreamRequest } from './outbound-open.ts';

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

/** The one door through which requests leave for other houses. No redirect is followed: its status is the answer. */
export interface Outbound extends Disposable {
  /**
   * Sends and reads the whole answer.
   * @throws MadangError `outbound_forbidden` (address not allowed), `outbound_unreachable`, `outbound_too_large`
   */
  send(request: OutboundRequest): Promise<OutboundAnswer>;
  /**
   * Sends, and gives the answer as a stream without a limit of its own. When `signal` aborts, all of it ends at once.
   * @throws MadangError `outbound_forbidden`, `upstream_forbidden`, `outbound_unreachable`
   */
  open(request: StreamRequest, signal: AbortSignal): Promise<StreamAnswer>;
  /**
   * Whether a service of a participant's own may be at this address, now.
   * @throws MadangError `upstream_forbidden`, `outbound_unreachable` (no such name)
   */
  checkUpstream(url: string): Promise<void>;
}

/** `upstreams`: origins that requests to a participant's own service may reach, whatever the rule. */
export function openOutbound(rule: OutboundRule, upstreams: readonly string[] = []): Outbound {
  const guarded = guardedLookup(rule);
  const agentsOf = (settings: https.AgentOptions) => ({ 'http:': new http.Agent(settings), 'https:': new https.Agent(settings) });
  const streamAgents = (settings: https.AgentOptions) => {
    const agents = agentsOf({ ...settings, maxSockets: Number.POSITIVE_INFINITY });
    return { 'http:': withLanes(agents['http:']), 'https:': withLanes(agents['https:']) };
  };
  const kept = { keepAlive: true, maxSockets: 128, maxFreeSockets: 128, lookup: guarded };
  const messages = agentsOf(kept);
  // Streams last long and are many at once: they take no connection from messages, and wait for none of each other.
  const streams = streamAgents(kept);
  const inner = streamAgents({ ...kept, lookup });
  // A body that is read once cannot be sent again, so it goes over a connection that nobody has closed meanwhile.
  const fresh = agentsOf({ lookup: guarded });
  const innerFresh = agentsOf({});

  /** @throws MadangError `outbound_forbidden` */
  function checked(text: string): URL & { protocol: 'http:' | 'https:' } {
    const url = URL.parse(text);
    if (url?.protocol !== 'https:' && url?.protocol !== 'http:') throw forbidden(text);
    const host = hostOf(url);
    if (isIP(host) && !mayReach(rule, host)) throw forbidden(text);
    return url as URL & { protocol: 'http:' | 'https:' };
  }
  const isNamed = (url: string) => upstreams.includes(URL.parse(url)?.origin ?? '');

  return {
    async send(request) {
      const url = checked(request.url);
      return exchange(url, request, messages[url.protocol], Date.now() + (request.timeout ?? 15_000));
    },
    async open(request, signal) {
      const once = typeof request.body === 'object';
      if (request.upstream && isNamed(request.url)) {
        const url = new URL(request.url);
        return exchangeStream(url, request, (once ? innerFresh : inner)[url.protocol as 'http:'], signal);
      }
      try {
        const url = checked(request.url);
        return await exchangeStream(url, request, (once ? fresh : streams)[url.protocol], signal);
      } catch (error) {
        throw request.upstream ? asUpstream(error, request.url) : error;
      }
    },
    async checkUpstream(text) {
      if (isNamed(text)) return;
      try {
        const url = checked(text);
        await new Promise<void>((resolve, reject) =>
          guarded(hostOf(url), { all: true }, (error) => (error ? reject(outboundError(url, error)) : resolve())),
        );
      } catch (error) {
        throw asUpstream(error, text);
      }
    },
    [Symbol.dispose]() {
      for (const agents of [messages, streams, inner, fresh, innerFresh]) {
        agents['http:'].destroy();
        agents['https:'].destroy();
      }
    },
  };
}

const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');

function guardedLookup(rule: OutboundRule): LookupFunction {
  // Checked on the very address that is then connected to: a name that resolves differently a moment later gains nothing.
  return (host, options, done) =>
    lookup(host, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, '', 0);
      const allowed = addresses.filter(({ address }) => mayReach(rule, address));
      const first = allowed[0];
      if (!first) return done(Object.assign(new Error(`address not allowed: ${host}`), { code: 'EFORBIDDEN' }), '', 0);
      if (options.all) done(null, allowed);
      else done(null, first.address, first.family);
    });
}

/** What one may do about a service of one's own is another setting. */
function asUpstream(error: unknown, url: string): unknown {
  const refused = error instanceof MadangError && error.code === 'outbound_forbidden';
  return refused ? new MadangError('upstream_forbidden', { values: { url: URL.parse(url)?.origin ?? url } }) : error;
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
    answer.on('error', (error) => reject(outboundError(url, error)));
  });
  call.on('error', (error: NodeJS.ErrnoException) => {
    // The peer closed an idle connection at the moment it was used again: nothing of the request was taken.
    if (error.code === 'ECONNRESET' && call.reusedSocket && !late) resolve(exchange(url, request, agent, end));
    else reject(outboundError(url, error));
  });
  call.end(body);
  return promise;
}

import type { IncomingMessage } from 'node:http';
import { Readable, Transform } from 'node:stream';
import type { ServiceDetail } from '@madang/core/api/views.ts';
import { MadangError } from '@madang/core/error.ts';
import type { Context } from '../context.ts';
import type { House } from '../participants/houses.ts';
import { matches, segmentsOf, spell } from './path.ts';
import { openService } from './services.ts';

export interface ServiceCall {
  readonly method: string;
  /** Behind the base, percent-encoded as it came; empty or `/` is the base itself. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body?: AsyncIterable<Uint8Array> | string;
  readonly contentType?: string;
  readonly accept?: string;
}

export interface ServiceAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Fails when the answer becomes too large or takes too long. Destroy it when it is not read to its end. */
  readonly body: Readable;
}

/** What a reader needs of the answer; all else may tell of the inside. */
const PASSED = ['content-type', 'content-length', 'content-encoding', 'etag', 'last-modified'] as const;

/**
 * Passes a call on to a service of the participant's own, with its sealed headers, as far as the service opens it. Answers what it answers; of a
 * refusal (4xx) its status only, under an error of ours.
 * @throws MadangError `not_found`, `service_not_allowed`, `service_failed`, `service_unreachable`, `service_too_large`
 */
export async function forward(ctx: Context, house: House, id: string, call: ServiceCall, signal: AbortSignal): Promise<ServiceAnswer> {
  const { service, secrets } = await openService(ctx, house, id);
  const url = addressOf(service, call);
  const end = new AbortController();
  const cut = AbortSignal.any([signal, end.signal]);
  const timer = setTimeout(() => end.abort(), service.timeout * 1_000);
  const over = () => clearTimeout(timer);
  try {
    const answer = await ctx.outbound.open(
      {
        method: call.method as 'GET' | 'POST',
        url,
        headers: {
          accept: call.accept ?? '*/*',
          ...(call.contentType === undefined ? {} : { 'content-type': call.contentType }),
          ...secrets,
        },
        ...(call.body === undefined
          ? {}
          : { body: typeof call.body === 'string' ? call.body : Readable.from(call.body, { objectMode: false }) }),
        idle: service.timeout * 1_000,
        upstream: true,
      },
      cut,
    );
    const bounded = judge(service, answer);
    bounded.body.once('close', over);
    return bounded;
  } catch (error) {
    over();
    throw outward(error);
  }
}

/** @throws MadangError `service_not_allowed` */
function addressOf(service: ServiceDetail, { method, path, query }: ServiceCall): string {
  const refuse = (what: string) => new MadangError('service_not_allowed', { values: { what: what.slice(0, 200) } });
  if (!service.methods.some((allowed) => allowed === method)) throw refuse(method);
  const segments = segmentsOf(path === '' ? '/' : path);
  if (!segments || !service.paths.some((pattern) => matches(segmentsOf(pattern) ?? [], segments))) throw refuse(path);
  for (const name of query.keys()) if (!service.query.includes(name)) throw refuse(`?${name}`);
  const behind = segments.length === 1 && segments[0] === '' ? '' : spell(segments);
  return `${service.base}${behind}${query.size > 0 ? `?${query}` : ''}`;
}

function judge(
  service: ServiceDetail,
  answer: { status: number; headers: IncomingMessage['headers']; body: IncomingMessage },
): ServiceAnswer {
  const { status, body } = answer;
  if (status < 200 || status > 206) {
    body.destroy();
    // Who is not let in (401, 403, 407) is we, with the credentials of the provider; to the one who asks that is a failure of the service.
    if (status < 400 || status > 499 || [401, 403, 407].includes(status)) throw new MadangError('service_failed', { values: { status } });
    const error = { ...new MadangError('service_refused', { values: { status } }).body, status };
    const text = JSON.stringify({ error });
    return { status, headers: { 'content-type': 'application/json' }, body: Readable.from([Buffer.from(text)], { objectMode: false }) };
  }
  const tooLarge = () => new MadangError('service_too_large', { values: { limit: service.maxBytes } });
  if (Number(answer.headers['content-length'] ?? 0) > service.maxBytes) {
    body.destroy();
    throw tooLarge();
  }
  const headers: Record<string, string> = {};
  for (const name of PASSED) if (answer.headers[name] !== undefined) headers[name] = answer.headers[name];
  return { status, headers, body: bound(body, service.maxBytes, tooLarge) };
}

function bound(body: IncomingMessage, most: number, tooLarge: () => MadangError): Readable {
  let bytes = 0;
  const bounded = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > most) done(tooLarge());
      else done(null, chunk);
    },
  });
  body.on('error', (error) => bounded.destroy(outward(error) as Error));
  bounded.on('close', () => body.destroy());
  return body.pipe(bounded);
}

/** Where the service is, and what it said, stays inside. */
function outward(error: unknown): unknown {
  if (error instanceof MadangError && !/^(outbound|upstream)_/.test(error.code)) return error;
  return new MadangError('service_unreachable', { cause: error, detail: String((error as Error).message) });
}

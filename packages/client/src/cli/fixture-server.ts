import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Route } from '@madang/core/api/route.ts';
import { API, HOST_API } from '@madang/core/api/routes.ts';
import { MadangError } from '@madang/core/error.ts';

export interface Request {
  readonly name: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly key: string | undefined;
}
/** How to answer a request; undefined: not found. */
type Find = (request: Request) => ((request: Request) => unknown) | undefined;

/**
 * For tests of the command line alone: answers by the table of calls, so that a request outside the contract fails here too
 * (unknown path, a body that its schema refuses). Keys are `<participant>.ok`.
 */
export async function contractServer(find: Find): Promise<{ url: string; server: Server }> {
  const server = createServer((req, res) => {
    answer(req, find).then(
      (value) => (value instanceof Uint8Array ? sendBytes(res, value, req.headers.range) : send(res, 200, value)),
      (error: unknown) => (error instanceof MadangError ? send(res, error.status, { error: error.body }) : send(res, 500, String(error))),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

const send = (res: ServerResponse, status: number, value: unknown) =>
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));

function sendBytes(res: ServerResponse, bytes: Uint8Array, range: string | undefined): void {
  const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
  if (from > 0) res.writeHead(206, { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` });
  res.end(bytes.subarray(from));
}

async function answer(req: IncomingMessage, find: Find): Promise<unknown> {
  const url = new URL(req.url!, 'http://x');
  const key = req.headers.authorization?.replace('Bearer ', '');
  const own = /^\/participants\/([^/]+)\/api(\/.*)$/.exec(url.pathname);
  if (own && key !== `${own[1]}.ok`) throw new MadangError('unauthorized');
  const table: Readonly<Record<string, Route>> = own ? API : HOST_API;
  const path = own ? own[2]! : url.pathname.replace('/api', '');
  for (const [name, route] of Object.entries(table)) {
    const params = route.method === req.method ? match(route.path, path) : undefined;
    if (!params) continue;
    const query = Object.fromEntries(url.searchParams);
    route.query?.parse(query);
    const request = { name, params, query, body: await bodyOf(req, route), key };
    const reply = find(request);
    if (!reply) throw new MadangError('not_found', { values: { what: name } });
    return reply(request);
  }
  throw new MadangError('not_found', { values: { what: path } });
}

async function bodyOf(req: IncomingMessage, route: Route): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  if (route.form === 'file' || route.form === 'stream') return bytes;
  if (!route.body) return undefined;
  const parsed = route.body.safeParse(JSON.parse(bytes.toString()));
  if (!parsed.success) throw new MadangError('bad_request', { values: { why: parsed.error.message } });
  return parsed.data;
}

function match(pattern: string, path: string): Record<string, string> | undefined {
  const names = [...pattern.matchAll(/:(\w+)/g)].map((m) => m[1]!);
  const found = new RegExp(`^${pattern.replace(/:\w+/g, '([^/]+)')}$`).exec(path);
  return found ? Object.fromEntries(names.map((name, i) => [name, decodeURIComponent(found[i + 1]!)])) : undefined;
}

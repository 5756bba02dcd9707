import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http';

/** A request on its way, and the answer once there is one. */
export interface Crossing {
  /** When it came, in ms since 1970. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  answer?: { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string };
}

/** Called before a request is passed on, whose headers it may change, and again before its answer is; `drop` ends the connection of the asking side instead. */
export type Meet = (crossing: Crossing, when: 'before' | 'after') => Promise<'drop' | undefined> | undefined;

export interface RecordingProxy extends AsyncDisposable {
  readonly port: number;
  readonly crossings: readonly Crossing[];
}

/** Stands before a server on this machine, passes everything on and remembers it. */
export async function openProxy(target: number, meet: Meet = () => undefined): Promise<RecordingProxy> {
  const crossings: Crossing[] = [];
  const server = createServer((req, res) => void pass(req, res).catch(() => res.destroy()));

  async function pass(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const body = Buffer.concat(await req.toArray()) as Buffer;
    const { method = '', url: path = '', headers } = req;
    const crossing: Crossing = { at: Date.now(), method, path, headers, body: body.toString() };
    crossings.push(crossing);
    if ((await meet(crossing, 'before')) === 'drop') return void res.destroy();
    const onward = request({ host: '127.0.0.1', port: target, method, path, headers, agent: false }).end(body);
    res.on('close', () => onward.destroy());
    const [answer] = (await once(onward, 'response')) as [IncomingMessage];
    const head = { status: answer.statusCode ?? 0, headers: answer.headers };
    // Streams without an end: changes, and a subscription's versions.
    if (answer.headers['content-type']?.startsWith('text/event-stream') || path.includes('?after=')) {
      crossing.answer = { ...head, body: '' };
      res.writeHead(head.status, head.headers);
      answer.on('error', () => res.destroy());
      answer.pipe(res);
      return;
    }
    const bytes = Buffer.concat(await answer.toArray());
    crossing.answer = { ...head, body: bytes.toString() };
    if ((await meet(crossing, 'after')) === 'drop') return void res.destroy();
    res.writeHead(head.status, head.headers).end(bytes);
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as { port: number }).port,
    crossings,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

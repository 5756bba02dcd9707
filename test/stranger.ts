import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Answer, type Body, type Peer, type Signed, send, signed, type TokenChange } from './wire.ts';

/** A request that reached a stranger. */
export interface Heard {
  readonly method: string;
  /** Below its protocol base. */
  readonly path: string;
  readonly body: Body;
  readonly headers: IncomingMessage['headers'];
}

/** `close`: the connection ends without an answer. A reply has a content type only when it says so. */
export type Reply =
  | 'close'
  | {
      readonly status: number;
      readonly json?: unknown;
      readonly text?: string;
      readonly bytes?: Uint8Array;
      readonly headers?: Readonly<Record<string, string>>;
    };

/** A participant that is not ours: a DID of its own on a port of its own, and answers as the test says. */
export interface Stranger extends Peer, AsyncDisposable {
  /** Everything that reached its protocol base, in order. */
  readonly heard: readonly Heard[];
  /** The first message of a type that was heard, waited for up to 5 s. */
  hears(type: string): Promise<Heard>;
  /** The header that proves one request of its own. */
  authorization(to: Peer, change?: TokenChange): string;
  /** Sends a message with a token of its own. */
  signed(to: Peer, ask: Signed): Promise<Answer>;
}

export interface StrangerOptions {
  readonly answer?: (heard: Heard) => Reply | Promise<Reply>;
  /** Changes what it serves as its DID document. */
  readonly document?: (document: Record<string, unknown>) => unknown;
}

const OK: Reply = { status: 200 };

export async function openStranger({ answer = () => OK, document = (d) => d }: StrangerOptions = {}): Promise<Stranger> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const heard: Heard[] = [];
  const waiting = new Set<() => void>();
  const server = createServer((req, res) => void respond(req, res));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const did = `did:web:localhost%3A${port}`;
  const method = { id: `${did}#k`, type: 'JsonWebKey2020', controller: did, publicKeyJwk: publicKey.export({ format: 'jwk' }) };
  const served = document({
    '@context': ['https://www.w3.org/ns/did/v1'],
    id: did,
    verificationMethod: [method],
    authentication: [method.id],
  });

  async function respond(req: IncomingMessage, res: ServerResponse): Promise<void> {
    if (req.url === '/.well-known/did.json') return void res.end(JSON.stringify(served));
    const text = (await req.toArray()).join('');
    const one = {
      method: req.method ?? '',
      path: (req.url ?? '').replace(/^\/dsp/, ''),
      body: text === '' ? undefined : JSON.parse(text),
      headers: req.headers,
    };
    heard.push(one);
    for (const wake of waiting) wake();
    const reply = await answer(one);
    if (reply === 'close') return void req.socket.destroy();
    res.writeHead(reply.status, reply.headers);
    if (reply.bytes) res.write(reply.bytes);
    else if (reply.json !== undefined || reply.text !== undefined) res.write(reply.text ?? JSON.stringify(reply.json));
    res.end();
  }

  const authorization = (to: Peer, change?: TokenChange) => `Bearer ${signed({ did, kid: 'k', key: privateKey }, to.did, change)}`;

  return {
    did,
    dsp: `http://localhost:${port}/dsp`,
    heard,
    async hears(type) {
      const end = Date.now() + 5_000;
      for (;;) {
        const found = heard.find(({ body }) => body?.['@type'] === type);
        if (found) return found;
        if (Date.now() > end)
          throw new Error(`no ${type} came; heard ${heard.map(({ path, body }) => `${path} ${body?.['@type']}`).join(', ')}`);
        await new Promise<void>((resolve) => {
          waiting.add(resolve);
          setTimeout(resolve, 50);
        });
        waiting.clear();
      }
    },
    authorization,
    signed: async (to, { token, ...ask }) => send(to.dsp, { ...ask, headers: { authorization: authorization(to, token), ...ask.headers } }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

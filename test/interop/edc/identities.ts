import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { openOutbound } from '@madang/server/http/outbound.ts';
import { openResolver } from '@madang/server/identity/resolver.ts';
import { verifyToken } from '@madang/server/identity/token.ts';
import { type Crossing, openProxy, type RecordingProxy } from '../../proxy.ts';
import { signed } from '../../wire.ts';

/**
 * Two identities translated, in front of each of the two connectors: one that trusts a JSON text without a signature (Eclipse EDC's mock
 * identity) and one that trusts signed tokens of DIDs. What crosses is otherwise passed on byte by byte.
 */
export interface Identities extends AsyncDisposable {
  /** DID of the connector behind `foreign`, with a document that leads to its protocol. */
  readonly did: string;
  /** In front of Madang: its public address. */
  readonly ours: RecordingProxy;
  /** In front of the connector. */
  readonly theirs: RecordingProxy;
}

/** @param ports where the two listen; `path` of the connector's protocol, with the version */
export async function openIdentities(ports: { ours: number; theirs: number }, path: string): Promise<Identities> {
  await using stack = new AsyncDisposableStack();
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const resolver = openResolver(stack.use(openOutbound('loopback')));

  const ours: RecordingProxy = stack.use(
    await openProxy(ports.ours, async (crossing, when) => {
      const house = /^\/participants\/([^/]+)\/dsp\//.exec(crossing.path)?.[1];
      const token = mockToken(crossing);
      if (when === 'after' || house === undefined || token === undefined) return undefined;
      if (token.clientId !== did) throw new Error(`the connector calls itself ${token.clientId}`);
      const audience = `did:web:localhost%3A${ours.port}:participants:${house}`;
      crossing.headers.authorization = `Bearer ${signed({ did, kid: 'key', key: privateKey }, audience)}`;
      return undefined;
    }),
  );
  const theirs: RecordingProxy = stack.use(
    await openProxy(ports.theirs, async ({ headers }, when) => {
      if (when === 'after') return undefined;
      const { issuer } = await verifyToken(resolver, did, headers.authorization);
      headers.authorization = JSON.stringify({ region: 'kr', audience: did, clientId: issuer });
      return undefined;
    }),
  );
  const documents = createServer((_, answer) => answer.setHeader('content-type', 'application/json').end(JSON.stringify(document)));
  documents.listen(0, '127.0.0.1');
  stack.defer(() => {
    documents.closeAllConnections();
    documents.close();
  });
  await once(documents, 'listening');
  const did = `did:web:localhost%3A${(documents.address() as { port: number }).port}`;
  const key = { id: `${did}#key`, type: 'JsonWebKey2020', controller: did, publicKeyJwk: publicKey.export({ format: 'jwk' }) };
  const service = { id: `${did}#catalog`, type: 'CatalogService', serviceEndpoint: `http://localhost:${theirs.port}${path}/catalog` };
  const document = { '@context': ['https://www.w3.org/ns/did/v1'], id: did, verificationMethod: [key], service: [service] };

  const all = stack.move();
  return { did, ours, theirs, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

/** The mock identity's token: JSON, and nothing to prove it. */
function mockToken({ headers }: Crossing): { readonly clientId?: string } | undefined {
  return headers.authorization?.startsWith('{') ? (JSON.parse(headers.authorization) as { clientId?: string }) : undefined;
}

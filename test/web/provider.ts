import { once } from 'node:events';
import { createServer } from 'node:http';
import * as build from '@madang/core/dsp/build.ts';
import type { Policy } from '@madang/core/dsp/types.ts';
import { newUrn } from '@madang/core/id.ts';
import { type Heard, openStranger, type Reply, type Stranger } from '../stranger.ts';
import type { Peer } from '../wire.ts';

const TERMS = 'http://purl.org/dc/terms/';
const ONLY = (leftOperand: string, ...rightOperand: string[]): Policy => ({
  permission: [{ action: 'use', constraint: [{ leftOperand, operator: 'isAnyOf', rightOperand }] }],
});

/** What the provider offers: a file for two purposes, and one that is meant for somebody else. */
export const REPORT = {
  id: 'urn:test:report',
  offer: 'urn:test:report:offer',
  title: '셀 시험성적서',
  terms: ONLY('UsagePurpose', 'quality', 'cbam'),
};
const OTHERS = {
  id: 'urn:test:others',
  offer: 'urn:test:others:offer',
  title: '양극재 명세',
  terms: ONLY('Partner', 'did:web:somebody.example'),
};

/** A partner with a connector of its own: agrees to everything that it does not refuse, and sends its file in two halves. */
export interface Provider extends AsyncDisposable {
  readonly name: string;
  readonly peer: Peer;
  /** Turns requests away from now on. */
  refuses: boolean;
  /** Lets the second half of the file go. */
  release(): void;
  /** Its connector answers no more. */
  close(): Promise<void>;
}

/** `content`: of the file, a CSV. */
export async function openProvider(name: string, content: Buffer): Promise<Provider> {
  await using stack = new AsyncDisposableStack();
  const gate = Promise.withResolvers<void>();
  const data = createServer((_, res) => {
    res.writeHead(200, {
      'content-type': 'text/csv',
      'content-length': content.length,
      'content-disposition': 'attachment; filename="cells.csv"',
    });
    res.write(content.subarray(0, content.length / 2));
    void gate.promise.then(() => res.end(content.subarray(content.length / 2)));
  });
  data.listen(0, '127.0.0.1');
  await once(data, 'listening');
  stack.defer(() => {
    data.closeAllConnections();
    data.close();
  });
  const endpoint = `http://localhost:${(data.address() as { port: number }).port}/file`;

  const stranger: Stranger = await openStranger({ answer: (heard) => answer(heard) });
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= (async () => stranger[Symbol.asyncDispose]())();
    return closed;
  };
  stack.defer(close);

  /** Sends something once the answer to what was heard is out. */
  const later = ({ headers, body }: Heard, path: string, message: object) =>
    setTimeout(() => {
      const dsp = callbacks.get(body.consumerPid) ?? '';
      void stranger.signed({ did: senderOf(headers.authorization ?? ''), dsp }, { path, body: message });
    }, 20);
  const callbacks = new Map<string, string>();
  const pids = new Map<string, string>();

  function answer(heard: Heard): Reply {
    const { method, path, body } = heard;
    const { consumerPid } = body ?? {};
    if (method === 'GET' && path.startsWith('/catalog/datasets/'))
      return {
        status: 200,
        json: { '@context': build.dataset('', [], [])['@context'], ...described(path.includes('others') ? OTHERS : REPORT) },
      };
    if (path === '/catalog/request')
      return {
        status: 200,
        json: build.catalog({
          id: 'urn:test:catalog',
          participantId: stranger.did,
          datasets: [REPORT, OTHERS].map(described),
          services: [build.dataService('urn:test:service', stranger.dsp)],
        }),
      };
    if (consumerPid !== undefined && body.callbackAddress) callbacks.set(consumerPid, body.callbackAddress);
    if (path.endsWith('/request')) pids.set(consumerPid, newUrn());
    const providerPid = pids.get(consumerPid) ?? '';
    const both = { id: newUrn(), consumerPid, providerPid };
    const at = `/${path.split('/')[1]}/${encodeURIComponent(consumerPid)}`;
    if (path === '/negotiations/request') {
      if (provider.refuses)
        return {
          status: 400,
          json: build.contractNegotiationError({
            consumerPid,
            providerPid,
            code: 'busy',
            reason: ['정기 점검 중입니다. 내일 다시 보내세요.'],
          }),
        };
      const about = {
        id: newUrn(),
        target: body.offer.target,
        assigner: stranger.did,
        assignee: senderOf(heard.headers.authorization ?? ''),
        timestamp: new Date().toISOString(),
      };
      later(heard, `${at}/agreement`, build.contractAgreement({ ...both, agreement: build.agreement(about, REPORT.terms) }));
      return { status: 201, json: build.contractNegotiation({ ...both, state: 'REQUESTED' }) };
    }
    if (path.endsWith('/agreement/verification'))
      later(heard, `${at}/events`, build.contractNegotiationEvent({ ...both, eventType: 'FINALIZED' }));
    if (path === '/transfers/request') {
      const address = build.dataAddress('https://w3id.org/idsa/v4.1/HTTP', endpoint, { authorization: 'open-sesame', authType: 'bearer' });
      later(heard, `${at}/start`, build.transferStart({ ...both, dataAddress: address }));
      return { status: 201, json: build.transferProcess({ ...both, state: 'REQUESTED' }) };
    }
    return { status: 200 };
  }

  const all = stack.move();
  const provider: Provider = {
    name,
    peer: stranger,
    refuses: false,
    release: () => gate.resolve(),
    close,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
  return provider;
}

const described = ({ id, offer, title, terms }: typeof REPORT) => ({
  ...build.nestedDataset(id, [build.offer(offer, terms)], [build.distribution('HttpData-PULL', 'urn:test:service')]),
  [`${TERMS}title`]: title,
  [`${TERMS}type`]: 'file',
  [`${TERMS}subject`]: ['urn:gtin:08801234567893'],
  [`${TERMS}language`]: ['ko'],
});

const senderOf = (authorization: string): string =>
  (JSON.parse(Buffer.from(authorization.split('.')[1] ?? '', 'base64url').toString()) as { iss: string }).iss;

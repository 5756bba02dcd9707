import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Connector, PROTOCOL } from './connector.ts';

// biome-ignore lint/suspicious/noExplicitAny: JSON of another program, of which is read what is expected
type Json = any; // oxlint-disable-line typescript/no-explicit-any

/** A participant as the connector's operator names it: its id and the base of its protocol, with the version. */
export interface Counterparty {
  readonly did: string;
  readonly dsp: string;
}

/** An offer in a catalogue that the connector has fetched: the dataset and the policy as it stands there. */
export interface FoundOffer {
  readonly dataset: string;
  readonly policy: Json;
}

const EDC = 'https://w3id.org/edc/v0.0.1/ns/';
const CONTEXT = { '@vocab': EDC };
const ODRL = 'http://www.w3.org/ns/odrl.jsonld';

export const many = (value: Json): Json[] => (value === undefined ? [] : [value].flat());

/** The management interface (v3) of a connector, as far as its operator needs it here. */
export function manage(connector: Connector) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 128 });

  async function call(method: string, path: string, body?: object): Promise<Json> {
    const { status, text } = await ask(agent, method, connector.management + path, body && { '@context': CONTEXT, ...body });
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text.slice(0, 500)}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  async function state(path: string): Promise<string> {
    return (await call('GET', `${path}/state`)).state;
  }

  return {
    /** Offers an asset under these permissions, to use it freely if not said; the data come from its own data endpoint. */
    async offer(id: string, permission: readonly object[] = [{ action: 'use' }]): Promise<void> {
      await call('POST', '/assets', {
        '@id': id,
        properties: { name: `asset ${id}`, contenttype: 'application/octet-stream' },
        dataAddress: { type: 'HttpData', baseUrl: 'http://127.0.0.1:9/none' },
      });
      await call('POST', '/policydefinitions', { '@id': `policy-${id}`, policy: { '@context': ODRL, '@type': 'Set', permission } });
      await call('POST', '/contractdefinitions', {
        '@id': `definition-${id}`,
        accessPolicyId: `policy-${id}`,
        contractPolicyId: `policy-${id}`,
        assetsSelector: [{ '@type': 'Criterion', operandLeft: `${EDC}id`, operator: '=', operandRight: id }],
      });
    },
    catalog: ({ did, dsp }: Counterparty, querySpec?: object): Promise<Json> =>
      call('POST', '/catalog/request', {
        counterPartyId: did,
        counterPartyAddress: dsp,
        protocol: PROTOCOL,
        ...(querySpec ? { querySpec } : {}),
      }),
    dataset: ({ did, dsp }: Counterparty, id: string): Promise<Json> =>
      call('POST', '/catalog/dataset/request', {
        '@type': 'DatasetRequest',
        '@id': id,
        counterPartyId: did,
        counterPartyAddress: dsp,
        protocol: PROTOCOL,
      }),
    async negotiate({ did, dsp }: Counterparty, { dataset, policy }: FoundOffer): Promise<string> {
      const offer = { '@context': ODRL, ...policy, '@type': 'Offer', assigner: did, target: dataset };
      return (await call('POST', '/contractnegotiations', { counterPartyAddress: dsp, protocol: PROTOCOL, policy: offer }))['@id'];
    },
    negotiation: (id: string): Promise<Json> => call('GET', `/contractnegotiations/${id}`),
    negotiations: async (): Promise<Json[]> => many(await call('POST', '/contractnegotiations/request', { limit: 10_000 })),
    endNegotiation: (id: string, reason: string) => call('POST', `/contractnegotiations/${id}/terminate`, { '@id': id, reason }),
    async transfer({ dsp }: Counterparty, contractId: string, transferType = 'HttpData-PULL'): Promise<string> {
      return (await call('POST', '/transferprocesses', { protocol: PROTOCOL, contractId, counterPartyAddress: dsp, transferType }))['@id'];
    },
    transferProcess: (id: string): Promise<Json> => call('GET', `/transferprocesses/${id}`),
    transfers: async (): Promise<Json[]> => many(await call('POST', '/transferprocesses/request', { limit: 10_000 })),
    endTransfer: (id: string, reason: string) => call('POST', `/transferprocesses/${id}/terminate`, { reason }),
    suspendTransfer: (id: string, reason: string) => call('POST', `/transferprocesses/${id}/suspend`, { reason }),
    resumeTransfer: (id: string) => call('POST', `/transferprocesses/${id}/resume`, {}),
    raw: call,
    /** Endpoint and token of a started transfer: its EDR. */
    edr: (id: string): Promise<Json> => call('GET', `/edrs/${id}/dataaddress`),
    /** Waits for a state; throws when the process ends in another one, or not within the time. */
    async reaches(
      kind: 'contractnegotiations' | 'transferprocesses',
      id: string,
      wanted: string,
      { poll = 20, limit = 30_000 } = {},
    ): Promise<void> {
      for (const end = performance.now() + limit; ; await sleep(poll)) {
        const now = await state(`/${kind}/${id}`);
        if (now === wanted) return;
        const told = async () => JSON.stringify((await call('GET', `/${kind}/${id}`)).errorDetail ?? '');
        if (now === 'TERMINATED') throw new Error(`${id} was terminated: ${await told()}`);
        if (performance.now() > end) throw new Error(`${id} is ${now}, not ${wanted}: ${await told()}`);
      }
    },
    [Symbol.dispose]: () => agent.destroy(),
  };
}

export type Management = ReturnType<typeof manage>;

function ask(agent: http.Agent, method: string, url: string, body?: object): Promise<{ status: number; text: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; text: string }>();
  const data = body === undefined ? '' : JSON.stringify(body);
  const headers = body === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(data)) };
  const call = http.request(url, { method, agent, headers }, (answer) => {
    answer.toArray().then((chunks) => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() }), reject);
  });
  call.on('error', reject);
  call.end(data);
  return promise;
}

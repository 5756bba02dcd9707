import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { API, type ApiName } from '@madang/core/api/routes.ts';
import { endpointFor } from '@madang/core/dsp/path.ts';
import { MESSAGE_TYPES, SAMPLES } from '@madang/core/dsp/samples.fixture.ts';
import type { MessageType } from '@madang/core/dsp/types.ts';
import { newUrn } from '@madang/core/id.ts';
import { mutations } from './mutations.ts';
import { agree, type Member, type Network, offerItem, openNetwork, writeItem } from './network.ts';
import { isRefused } from './refused.ts';
import { send } from './wire.ts';

// Right bodies with one thing wrong, at every call and for every message.

let network: Network;
let maker: Member;
let supplier: Member;
let item: string;
let offer: Awaited<ReturnType<typeof offerItem>>;
let agreed: Awaited<ReturnType<typeof agree>>;

before(async () => {
  network = await openNetwork({ participants: ['maker', 'supplier'] });
  maker = network.member('maker');
  supplier = network.member('supplier');
  item = await writeItem(maker);
  offer = await offerItem(supplier);
  agreed = await agree(maker, supplier, offer);
});
after(() => network?.[Symbol.asyncDispose]());

type Bodies = Partial<Record<ApiName, { readonly body: object; readonly params?: Record<string, string> }>>;

/** A right body for every call that takes one. */
function bodies(): Bodies {
  const choices = { partners: [supplier.did], groups: ['g'], members: true, purposes: ['cbam'], from: '2026-01-01', until: '2027-01-01' };
  const odrl = {
    permission: [{ action: 'use', constraint: [{ leftOperand: 'UsagePurpose', operator: 'isAnyOf', rightOperand: ['cbam'] }] }],
  };
  const period = { periodStart: '2025-01-01T00:00:00Z', periodEnd: '2026-01-01T00:00:00Z' };
  return {
    setTrust: { body: { operators: [supplier.did] } },
    putPartner: { body: { did: supplier.did, name: 'S', shortName: 'supplier', dsp: supplier.dsp, relation: 'supplier', groups: ['g'] } },
    createOffer: {
      body: {
        title: 'T',
        view: { kind: 'item', ids: [item], fields: ['name'] },
        access: { choices },
        contract: { odrl },
        answer: 'manual',
      },
    },
    tryPolicy: { body: { access: { choices }, contract: { odrl }, partner: supplier.did, purpose: 'cbam', at: '2026-06-01T00:00:00Z' } },
    readPolicy: { body: { choices } },
    catalog: { body: { partner: supplier.did } },
    negotiate: { body: { partner: supplier.did, dataset: offer.dataset, offer: offer.id, purpose: 'cbam' } },
    transfer: { body: { agreement: agreed.agreement } },
    putService: {
      body: {
        title: 'S',
        base: 'https://upstream.example/api',
        methods: ['GET'],
        paths: ['/parts/*'],
        query: ['q'],
        headers: { 'X-Key': 'k' },
      },
      params: { id: 'service' },
    },
    fetchService: { body: { method: 'GET', path: '/parts/1', query: { q: '1' }, name: 'n' }, params: { id: agreed.id } },
    obtain: { body: { partner: supplier.did, product: 'p', kind: 'item', purpose: 'cbam', wait: 0 } },
    act: { body: { action: 'terminate', reason: 'r' }, params: { id: agreed.id } },
    collectFootprints: { body: { item, purpose: 'cbam', wait: 0 } },
    computeFootprint: { body: { item, ...period, country: 'KR' } },
    createPassport: { body: { item } },
    storeCredential: { body: { jwt: 'a.b.c' } },
    issueMembership: { body: { subject: supplier.did, until: '2027-01-01' } },
    writeRecord: {
      params: { kind: 'item', id: 'written' },
      body: {
        id: 'written',
        productIds: ['urn:x:y'],
        name: { ko: '가', en: 'A' },
        declaredUnit: 'kilogram',
        massPerUnit: '1',
        attributes: { a: ['1'] },
      },
    },
  };
}

test('every call that takes a body is tried here', () => {
  const taking = (Object.keys(API) as ApiName[]).filter(
    (name) => 'body' in API[name] && (API[name] as { body?: unknown }).body !== undefined,
  );
  assert.deepEqual(
    taking.filter((name) => !(name in bodies())),
    [],
  );
});

describe('calls of the management interface', { concurrency: 2 }, () => {
  for (const name of Object.keys(API) as ApiName[]) {
    if (!('body' in API[name]) || (API[name] as { body?: unknown }).body === undefined) continue;
    test(name, async () => {
      const { body, params } = bodies()[name] ?? { body: {} };
      const path = API[name].path.replaceAll(/:(\w+)/g, (_, p: string) => encodeURIComponent(params?.[p] ?? 'x'));
      const headers = { authorization: `Bearer ${maker.key}` };
      for (const m of mutations(body as Record<string, unknown>)) {
        const refused = isRefused(
          await send(maker.management, { method: API[name].method, path, body: m.body, headers }),
          `${name} ${m.what}`,
        );
        if (m.adds === 'top') assert.ok(refused, `${name} took an unknown field`);
      }
    });
  }
});

describe('messages of the protocol', { concurrency: 2 }, () => {
  const sent = MESSAGE_TYPES.filter((type) => type.endsWith('Message') && SAMPLES[type].length > 0);
  for (const type of sent)
    test(type, async () => {
      const process = agreed.id;
      for (const sample of SAMPLES[type] as unknown as Record<string, unknown>[])
        for (const receiver of ['provider', 'consumer'] as const)
          for (const pid of [undefined, process]) {
            const endpoint = find(type, receiver, pid);
            if (!endpoint) continue;
            const path = endpoint.path.replace(':pid', encodeURIComponent(pid ?? ''));
            const real = settle(sample);
            let n = 0;
            for (const m of mutations(real)) {
              // Every fifth: the message is the same for both receivers and both kinds of path.
              if (m.adds === undefined && ++n % 5 !== 0) continue;
              const answer = await network.signed('supplier', 'maker', { path, body: { ...(m.body as object) } });
              isRefused(answer, `${path} ${type} ${m.what}`);
            }
          }
    });

  function find(type: MessageType, receiver: 'provider' | 'consumer', pid: string | undefined) {
    try {
      return endpointFor(type, receiver, pid);
    } catch {
      return undefined;
    }
  }

  /** The sample as a real message: its own ids, and a callback that is ours. */
  function settle(sample: Record<string, unknown>): Record<string, unknown> {
    return { ...sample, '@id': newUrn(), ...('callbackAddress' in sample ? { callbackAddress: supplier.dsp } : {}) };
  }
});

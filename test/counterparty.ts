import * as build from '@madang/core/dsp/build.ts';
import type { Dataset, Policy } from '@madang/core/dsp/types.ts';
import { newUrn } from '@madang/core/id.ts';
import { introduce, type Member, type Network, openNetwork } from './network.ts';
import { type Heard, openStranger, type Reply, type Stranger } from './stranger.ts';

type Answer = (heard: Heard) => Reply | Promise<Reply>;

/** A negotiation that our side has begun: our process id, the stranger's, and what it is about. */
export interface Asked {
  readonly id: string;
  readonly providerPid: string;
  readonly dataset: string;
  readonly offer: string;
}

/** Two houses of ours and a partner whose server is not ours, each in the others' address book. */
export interface Counterparty extends AsyncDisposable {
  readonly network: Network;
  readonly maker: Member;
  readonly supplier: Member;
  readonly stranger: Stranger;
  /** What the stranger answers from now on. */
  answer: Answer;
  /** Our side (maker) as consumer of a dataset of the stranger, on `terms`; the stranger has acknowledged the request. */
  asked(terms?: Policy): Promise<Asked>;
}

export const ANY = { permission: [{ action: 'use' }] };
export const OTHER = {
  permission: [{ action: 'use', constraint: [{ leftOperand: 'UsagePurpose', operator: 'isAnyOf', rightOperand: ['quality'] }] }],
} as const;

/** A dataset of the stranger with one offer. */
export const described = (dataset: string, offer: string = newUrn(), terms: Policy = ANY): Dataset =>
  build.dataset(dataset, [build.offer(offer, terms)], [build.distribution('HttpData-PULL', 'service')]);

export async function openCounterparty(): Promise<Counterparty> {
  await using stack = new AsyncDisposableStack();
  const stranger: Stranger = stack.use(await openStranger({ answer: (heard) => party.answer(heard) }));
  const network = stack.use(await openNetwork({ participants: ['maker', 'supplier'] }));
  const [maker, supplier] = [network.member('maker'), network.member('supplier')];
  for (const member of [maker, supplier]) await introduce(member, [stranger]);
  const all = stack.move();

  const party: Counterparty = {
    network,
    maker,
    supplier,
    stranger,
    answer: () => ({ status: 200 }),
    async asked(terms = ANY) {
      const [providerPid, dataset, offer] = [newUrn(), newUrn(), newUrn()];
      party.answer = ({ method, body }) => {
        if (method === 'GET') return { status: 200, json: described(dataset, offer, terms) };
        return { status: 200, json: build.contractNegotiation({ consumerPid: body.consumerPid, providerPid, state: 'REQUESTED' }) };
      };
      const { id } = await maker.client.call('negotiate', { body: { partner: stranger.did, dataset } });
      // Until the answer with the stranger's id is stored, any id in an early message would be taken for it.
      for (;;) {
        const { steps } = await maker.client.call('exchange', { params: { id } });
        if (steps[0]?.pending === null) return { id, providerPid, dataset, offer };
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
  return party;
}

/** The agreement of the stranger with our maker about a dataset, with the changes of a test. */
export const agreementFor = ({ stranger, maker }: Counterparty, dataset: string, change: object = {}, terms: Policy = ANY) =>
  ({
    ...build.agreement(
      { id: newUrn(), target: dataset, assigner: stranger.did, assignee: maker.did, timestamp: new Date().toISOString() },
      terms,
    ),
    ...change,
  }) as ReturnType<typeof build.agreement>;

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { ExchangeDetail } from '@madang/core/api/views.ts';
import * as build from '@madang/core/dsp/build.ts';
import { NEGOTIATION } from '@madang/core/dsp/negotiation.ts';
import type { Table } from '@madang/core/dsp/state.ts';
import { TRANSFER } from '@madang/core/dsp/transfer.ts';
import { newUrn } from '@madang/core/id.ts';
import fc from 'fast-check';
import { ANY, agreementFor, type Counterparty, OTHER, openCounterparty } from './counterparty.ts';
import { type Member, offerItem, reaches } from './network.ts';
import { openStranger, type Stranger } from './stranger.ts';

// Any messages in any order, some at the same moment, doubled, late, of the wrong side, or forged: the history stays a way through the state table, each
// message counts once, and what is answered with success is what has happened.

let party: Counterparty;
let thief: Stranger;
let supplier: Member;
before(async () => {
  party = await openCounterparty();
  thief = await openStranger();
  supplier = party.supplier;
  party.answer = () => ({ status: 200 });
});
after(async () => {
  await thief?.[Symbol.asyncDispose]();
  await party?.[Symbol.asyncDispose]();
});

interface Message {
  readonly path: string;
  readonly body: object;
}
/** A process that the stranger has opened at the supplier, as consumer. */
interface Process {
  readonly id: string;
  readonly opening: Message;
  readonly table: Table;
  /** A new message of a kind in this process; with other pids where a test forges. */
  readonly make: (kind: string, pids?: object) => Message;
}

const WHY = { code: '1', reason: ['x'] };

async function negotiation(): Promise<Process> {
  const offer = await offerItem(supplier);
  const consumerPid = newUrn();
  const asked = (terms: object) => build.messageOffer(offer.id, offer.dataset, terms as typeof ANY);
  const body = build.contractRequest({ id: newUrn(), consumerPid, callbackAddress: party.stranger.dsp, offer: asked(OTHER) });
  const opening = { path: '/negotiations/request', body };
  const { providerPid } = (await party.stranger.signed(supplier, opening)).body;
  const at = (path: string, message: object): Message => ({
    path: `/negotiations/${encodeURIComponent(providerPid)}${path}`,
    body: message,
  });
  const make = (kind: string, pids: object = {}) => {
    const head = { id: newUrn(), consumerPid, providerPid, ...pids };
    const parties = { assigner: supplier.did, assignee: party.stranger.did };
    switch (kind) {
      case 'ours':
        return at('/request', build.contractRequest({ ...head, offer: asked(ANY) }));
      case 'other':
        return at('/request', build.contractRequest({ ...head, offer: asked(OTHER) }));
      case 'accept':
        return at('/events', build.contractNegotiationEvent({ ...head, eventType: 'ACCEPTED' }));
      case 'finalize':
        return at('/events', build.contractNegotiationEvent({ ...head, eventType: 'FINALIZED' }));
      case 'verify':
        return at('/agreement/verification', build.contractAgreementVerification(head));
      case 'agree':
        return at('/agreement', build.contractAgreement({ ...head, agreement: agreementFor(party, offer.dataset) as never }));
      case 'offer':
        return at('/offers', build.contractOffer({ ...head, offer: build.messageOffer(offer.id, offer.dataset, ANY, parties) as never }));
      default:
        return at('/termination', build.contractNegotiationTermination({ ...head, ...WHY }));
    }
  };
  return { id: providerPid, opening, table: NEGOTIATION as Table, make };
}

let agreed: Promise<string> | undefined;
/** An agreement in force between supplier and stranger, for all transfers. */
async function agree(): Promise<string> {
  const offer = await offerItem(supplier);
  const consumerPid = newUrn();
  const body = build.contractRequest({
    id: newUrn(),
    consumerPid,
    callbackAddress: party.stranger.dsp,
    offer: build.messageOffer(offer.id, offer.dataset, ANY),
  });
  const { providerPid } = (await party.stranger.signed(supplier, { path: '/negotiations/request', body })).body;
  const verification = build.contractAgreementVerification({ id: newUrn(), consumerPid, providerPid });
  await party.stranger.signed(supplier, { path: `/negotiations/${providerPid}/agreement/verification`, body: verification });
  return (await reaches(supplier, providerPid, 'FINALIZED')).agreement ?? '';
}

async function transfer(): Promise<Process> {
  agreed ??= agree();
  const consumerPid = newUrn();
  const body = build.transferRequest({
    id: newUrn(),
    consumerPid,
    agreementId: await agreed,
    format: 'HttpData-PULL',
    callbackAddress: party.stranger.dsp,
  });
  const opening = { path: '/transfers/request', body };
  const { providerPid } = (await party.stranger.signed(supplier, opening)).body;
  const at = (path: string, message: object): Message => ({ path: `/transfers/${encodeURIComponent(providerPid)}${path}`, body: message });
  const make = (kind: string, pids: object = {}) => {
    const head = { id: newUrn(), consumerPid, providerPid, ...pids };
    if (kind === 'start') return at('/start', build.transferStart(head));
    if (kind === 'suspend') return at('/suspension', build.transferSuspension({ ...head, ...WHY }));
    if (kind === 'complete') return at('/completion', build.transferCompletion(head));
    return at('/termination', build.transferTermination({ ...head, ...WHY }));
  };
  return { id: providerPid, opening, table: TRANSFER as Table, make };
}

/** What a message counts as: a verification says nothing but that it comes, so that all of a process are one. */
const known = ({ path, body }: Message): unknown => (path.endsWith('/verification') ? '/verification' : body);

type Step = { readonly kind: string; readonly how: 'new' | 'again' | 'forged'; readonly at: number; readonly together: boolean };

const steps = (kinds: readonly string[]) =>
  fc.array(
    fc.record({
      kind: fc.constantFrom(...kinds),
      how: fc.constantFrom('new' as const, 'new' as const, 'again' as const, 'forged' as const),
      at: fc.nat(20),
      together: fc.boolean(),
    }),
    { minLength: 1, maxLength: 12 },
  );

/** Sends a message in a way that only somebody else, or a mistake, would. */
function forge({ make }: Process, { kind, at }: Step) {
  const message = make(kind);
  const ways = [
    () => thief.signed(supplier, message),
    () => party.stranger.signed(party.maker, message),
    () => party.stranger.signed(supplier, make(kind, { consumerPid: newUrn() })),
    () => party.stranger.signed(supplier, make(kind, { providerPid: newUrn() })),
    () => party.stranger.signed(supplier, { ...message, token: { claims: { aud: party.maker.did } } }),
  ];
  return (ways[at % ways.length] as (typeof ways)[number])();
}

async function play(process: Process, list: readonly Step[]): Promise<void> {
  const sent: Message[] = [process.opening];
  const taken = new Set<unknown>([process.opening.body]);
  const story: string[] = [];
  const one = async (step: Step): Promise<void> => {
    if (step.how === 'forged') {
      const { status } = await forge(process, step);
      assert.ok(status >= 400 && status < 500, `forged: ${status}`);
      return;
    }
    const message = step.how === 'again' ? (sent[step.at % sent.length] as Message) : process.make(step.kind);
    if (step.how === 'new') sent.push(message);
    const { status, text } = await party.stranger.signed(supplier, message);
    story.push(`${sent.indexOf(message)} ${message.path.split('/').at(-1)} ${status} ${status < 300 ? JSON.parse(text).state : ''}`);
    assert.ok([200, 201, 400, 503].includes(status), `${status} ${text}`);
    if (status < 300) taken.add(known(message));
    else assert.equal(step.how === 'again' && taken.has(known(message)) && status === 400, false, 'taken once, it is not refused later');
  };
  let group: Promise<void>[] = [];
  for (const step of list) {
    group.push(one(step));
    if (!step.together) await Promise.all(group.splice(0));
  }
  await Promise.all(group);
  group = [];
  check(process, await delivered(process.id), taken.size, story.join('\n'));
}

/** The exchange when all that it had to say has arrived. */
async function delivered(id: string): Promise<ExchangeDetail> {
  for (const end = Date.now() + 10_000; ; await new Promise((resolve) => setTimeout(resolve, 10))) {
    const detail = await supplier.client.call('exchange', { params: { id } });
    if (detail.steps.every(({ pending }) => pending === null)) return detail;
    assert.ok(Date.now() < end, JSON.stringify(detail.steps));
  }
}

function check({ table, id }: Process, { steps: history, state, agreement }: ExchangeDetail, taken: number, story: string): void {
  let at: string | null = null;
  for (const { message, sender, state: to } of history) {
    const side = sender === 'me' ? 'provider' : 'consumer';
    const row = table.find((r) => r.from === at && r.message === message && r.sender === side);
    // Ended by both at the same moment.
    if (!row) assert.ok(to === at && history.filter((step) => step.message === message).length === 2, `${side} ${message} in ${at}`);
    else assert.equal(to, row.asksToResume ? at : row.to);
    at = to;
  }
  assert.equal(at, state);
  assert.equal(
    history.filter(({ sender }) => sender === 'them').length,
    taken,
    `each message that was taken, once:\n${story}\n${JSON.stringify(history, undefined, 1)}`,
  );
  const told = party.stranger.heard.filter(({ path, body }) => body?.providerPid === id && !path.endsWith('/request'));
  const ids = told.map(({ body }) => body['@id']);
  assert.deepEqual(
    [ids.length, new Set(ids).size],
    [history.filter(({ sender }) => sender === 'me').length, ids.length],
    'each of ours, once',
  );
  const agreements = told.filter(({ body }) => body['@type'] === 'ContractAgreementMessage');
  if (table === (NEGOTIATION as Table))
    assert.deepEqual(
      agreements.map(({ body }) => body.agreement['@id']),
      agreement === null ? [] : [agreement],
    );
}

describe('any interleaving', () => {
  const KINDS = ['ours', 'other', 'accept', 'verify', 'terminate', 'finalize', 'agree', 'offer'];
  test('of a negotiation', async () => {
    await fc.assert(
      fc.asyncProperty(steps(KINDS), async (list) => play(await negotiation(), list)),
      { numRuns: 60, endOnFailure: true },
    );
  });
  test('of a transfer', async () => {
    const kinds = ['start', 'suspend', 'complete', 'terminate', 'suspend', 'start'];
    await fc.assert(
      fc.asyncProperty(steps(kinds), async (list) => play(await transfer(), list)),
      { numRuns: 60, endOnFailure: true },
    );
  });
});

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseMessage } from '@madang/core/dsp/message.ts';
import { NEGOTIATION } from '@madang/core/dsp/negotiation.ts';
import { messageWord, next, type Sender, type Table } from '@madang/core/dsp/state.ts';
import { TRANSFER } from '@madang/core/dsp/transfer.ts';
import type { MessageType } from '@madang/core/dsp/types.ts';
import type { Heard, Reply, Stranger } from '../../stranger.ts';
import type { Answer, Peer } from '../../wire.ts';
import type { Side } from './cases.ts';

// The other side of one script, as the official test kit plays it: it hears only what the script expects at that point (404 before), ends the
// connection on a message that its own state does not allow, answers 200 without a content type and often without a body. What it sends is written
// here by hand, not by the product's own builders, which would share their faults with what reads it.

const WORDS = {
  REQ: 'request',
  OFFER: 'offers',
  ACC: 'events',
  AGREE: 'agreement',
  VERIFY: 'agreement/verification',
  FIN: 'events',
  TERM: 'termination',
  START: 'start',
  SUSP: 'suspension',
  COMP: 'completion',
} as const;
export type Word = keyof typeof WORDS;

/** Answers of the kit to these have a body; to the others none. */
const WITH_BODY: readonly Word[] = ['REQ', 'OFFER', 'TERM', 'START', 'SUSP', 'COMP'];

/** How late the kit registers a handler, in ms. */
const LATE = 40;
const PATIENCE = 5_000;
const HEAD = { '@context': ['https://w3id.org/dspace/2025/1/context.jsonld'] };

export interface Play {
  readonly protocol: Side['protocol'];
  /** The role that the kit plays. */
  readonly role: Sender;
  readonly peer: Peer;
  /** Dataset of a negotiation, agreement of a transfer. */
  readonly about: string;
  readonly offer: string;
}

/** One process as the kit's side sees it. */
export class Actor {
  readonly pid = randomUUID();
  readonly #play: Play;
  readonly #stranger: Stranger;
  #peerPid: string | undefined;
  #peerBase: string;
  #state: string | null = null;
  #expected: { word: Word; heard: () => void } | undefined;
  /** Messages that were turned away and have not come again since, by their ids. */
  readonly #unwanted = new Map<string, string>();

  constructor(stranger: Stranger, play: Play) {
    this.#stranger = stranger;
    this.#play = play;
    this.#peerBase = play.peer.dsp;
  }

  /** The server's id of the process. */
  get peerPid(): string {
    return this.#peerPid ?? '';
  }

  /** Waits for a message of the other side; its handler is there only from now on, and for a start, as in the kit, from before the request. */
  async expect(word: Word): Promise<void> {
    if (!['REQ', 'START'].includes(word) || this.#state !== null) await sleep(LATE);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#expected = { word, heard: resolve };
    const late = sleep(PATIENCE, undefined, { ref: false }).then(() => Promise.reject(new Error(`${word} did not come in ${this.#state}`)));
    await Promise.race([promise, late]);
  }

  /** Sends a message of the kit's side; the kit's state follows when it is answered with success. */
  async send(word: Word): Promise<Answer> {
    const opens = this.#state === null;
    const path = `/${this.#play.protocol}/${opens ? '' : `${this.#peerPid}/`}${WORDS[word]}`;
    const message = this.#message(word, opens);
    const answer = await this.#stranger.signed({ did: this.#play.peer.did, dsp: this.#peerBase }, { path, body: message });
    if (answer.status >= 200 && answer.status < 300) {
      this.#move(messageWord(message), this.#play.role);
      if (opens) this.#peerPid = answer.body[this.#play.role === 'consumer' ? 'providerPid' : 'consumerPid'];
    }
    return answer;
  }

  /** The state as the other side tells it: one GET. */
  async state(): Promise<string> {
    const path = `/${this.#play.protocol}/${this.#peerPid}`;
    const answer = await this.#stranger.signed({ did: this.#play.peer.did, dsp: this.#peerBase }, { path });
    if (answer.status !== 200) throw new Error(`GET ${path} answered ${answer.status} ${answer.text}`);
    return parseMessage(this.#play.protocol === 'negotiations' ? 'ContractNegotiation' : 'TransferProcess', answer.body).state;
  }

  /** Types of the messages that came without being expected, now or later. */
  get unwanted(): readonly string[] {
    return [...this.#unwanted.values()];
  }

  /** The state that the messages have led to, as the kit's side keeps it. */
  get own(): string | null {
    return this.#state;
  }

  /** Answers a request that came in for this process, or one that opens it. */
  answer({ path, body }: Heard): Reply {
    const expected = this.#expected;
    this.#unwanted.set(body['@id'], body['@type']);
    if (!expected || !path.endsWith(`/${WORDS[expected.word]}`)) return { status: 404 };
    const { word } = expected;
    const message = parseMessage(body['@type'] as MessageType, body) as { '@type': string };
    if (!this.#move(messageWord(message), this.#play.role === 'consumer' ? 'provider' : 'consumer'))
      return word === 'START' ? { status: 409, json: { ...HEAD, '@type': 'TransferError', ...this.#pids(), code: '409' } } : 'close';
    this.#unwanted.delete(body['@id']);
    if (word === 'REQ' && this.#peerPid === undefined) {
      this.#peerPid = body.consumerPid;
      this.#peerBase = body.callbackAddress.replace(/\/$/, '');
    }
    this.#expected = undefined;
    // Registered handlers go with their use, and the script goes on when the answer is on its way.
    setImmediate(expected.heard);
    return { status: 200, ...(WITH_BODY.includes(word) ? { json: this.#acknowledgement() } : {}) };
  }

  #move(word: string, sender: Sender): boolean {
    const table = (this.#play.protocol === 'negotiations' ? NEGOTIATION : TRANSFER) as Table;
    const { to } = next(table, this.#state, word, sender);
    if (to !== undefined) this.#state = to;
    return to !== undefined;
  }

  #pids() {
    const peer = this.#peerPid ?? '';
    return this.#play.role === 'consumer' ? { consumerPid: this.pid, providerPid: peer } : { providerPid: this.pid, consumerPid: peer };
  }

  #acknowledgement() {
    const type = this.#play.protocol === 'negotiations' ? 'ContractNegotiation' : 'TransferProcess';
    return { ...HEAD, '@type': type, ...this.#pids(), state: this.#state };
  }

  #message(word: Word, opens: boolean): { readonly '@type': string; readonly eventType?: string; readonly [field: string]: unknown } {
    const { about, offer: id, protocol, peer, role } = this.#play;
    const { dsp: callbackAddress, did } = this.#stranger;
    const [assigner, assignee] = role === 'consumer' ? [peer.did, did] : [did, peer.did];
    const terms = { target: about, assigner, assignee, permission: [{ action: 'use' }] };
    const offer = { '@id': id, '@type': 'Offer', ...terms };
    const both = { ...HEAD, '@id': randomUUID(), ...this.#pids() };
    const why = { code: '1', reason: ['Test'] };
    const contract = protocol === 'negotiations';
    switch (word) {
      case 'REQ': {
        const opening = { ...HEAD, '@id': randomUUID(), consumerPid: this.pid, callbackAddress };
        if (!contract) return { '@type': 'TransferRequestMessage', ...opening, agreementId: about, format: 'HttpData-PULL' };
        return { '@type': 'ContractRequestMessage', ...(opens ? opening : both), offer };
      }
      case 'OFFER':
        return { '@type': 'ContractOfferMessage', ...both, offer };
      case 'AGREE': {
        const agreement = { '@id': randomUUID(), '@type': 'Agreement', ...terms, timestamp: new Date().toISOString() };
        return { '@type': 'ContractAgreementMessage', ...both, agreement };
      }
      case 'VERIFY':
        return { '@type': 'ContractAgreementVerificationMessage', ...both };
      case 'ACC':
        return { '@type': 'ContractNegotiationEventMessage', ...both, eventType: 'ACCEPTED' };
      case 'FIN':
        return { '@type': 'ContractNegotiationEventMessage', ...both, eventType: 'FINALIZED' };
      case 'TERM':
        return { '@type': contract ? 'ContractNegotiationTerminationMessage' : 'TransferTerminationMessage', ...both, ...why };
      case 'START': {
        const dataAddress = { '@type': 'DataAddress', endpointType: 'HTTP', endpoint: 'http://example.com' };
        return { '@type': 'TransferStartMessage', ...both, dataAddress };
      }
      case 'SUSP':
        return { '@type': 'TransferSuspensionMessage', ...both, ...why };
      case 'COMP':
        return { '@type': 'TransferCompletionMessage', ...both };
    }
  }
}

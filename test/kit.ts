import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as build from '@madang/core/dsp/build.ts';
import { parseMessage } from '@madang/core/dsp/message.ts';
import { NEGOTIATION } from '@madang/core/dsp/negotiation.ts';
import { messageWord, next, type Sender, type Table } from '@madang/core/dsp/state.ts';
import { TRANSFER } from '@madang/core/dsp/transfer.ts';
import type { MessageType } from '@madang/core/dsp/types.ts';
import type { Heard, Reply, Stranger } from './stranger.ts';
import type { Answer, Peer } from './wire.ts';

// The other side of one script, as the official test kit plays it: it hears only what the script expects at that point (404 before), ends the
// connection on a message that its own state does not allow, answers 200 without a content type and often without a body.

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
type Protocol = 'negotiations' | 'transfers';

/** Answers of the kit to these have a body; to the others none. */
const WITH_BODY: readonly Word[] = ['REQ', 'OFFER', 'TERM', 'START', 'SUSP', 'COMP'];

/** How late the kit registers a handler, in ms. */
const LATE = 40;
const PATIENCE = 5_000;
const TERMS = { permission: [{ action: 'use' }] };

export interface Play {
  readonly protocol: Protocol;
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
    const message = { ...this.#message(word, opens), '@id': randomUUID() };
    const answer = await this.#stranger.signed({ did: this.#play.peer.did, dsp: this.#peerBase }, { path, body: message });
    if (answer.status >= 200 && answer.status < 300) {
      this.#move(messageWord(message as never), this.#play.role);
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

  /** Answers a request that came in for this process, or one that opens it. */
  answer({ path, body }: Heard): Reply {
    const expected = this.#expected;
    const word = expected && path.endsWith(`/${WORDS[expected.word]}`) ? expected.word : undefined;
    if (!expected || !word) return { status: 404 };
    const message = parseMessage(body['@type'] as MessageType, body) as { '@type': string };
    if (!this.#move(messageWord(message), this.#play.role === 'consumer' ? 'provider' : 'consumer'))
      return word === 'START' ? { status: 409, json: build.transferError({ ...this.#pids(), code: '409', reason: ['state'] }) } : 'close';
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
    const about = { ...this.#pids(), state: this.#state as never };
    return this.#play.protocol === 'negotiations' ? build.contractNegotiation(about) : build.transferProcess(about);
  }

  #message(word: Word, opens: boolean): object {
    const { about, offer: id, protocol, peer, role } = this.#play;
    const { dsp: callbackAddress, did } = this.#stranger;
    const head = { id: '', ...this.#pids() };
    const why = { code: '1', reason: ['Test'] };
    const parties = role === 'consumer' ? { assigner: peer.did, assignee: did } : { assigner: did, assignee: peer.did };
    const offer = build.messageOffer(id, about, TERMS, parties) as never;
    switch (word) {
      case 'REQ':
        if (protocol === 'transfers')
          return build.transferRequest({ id: '', consumerPid: this.pid, agreementId: about, format: 'HttpData-PULL', callbackAddress });
        return opens
          ? build.contractRequest({ id: '', consumerPid: this.pid, callbackAddress, offer })
          : build.contractRequest({ ...head, offer });
      case 'OFFER':
        return build.contractOffer({ ...head, offer });
      case 'AGREE':
        return build.contractAgreement({
          ...head,
          agreement: build.agreement({ id: randomUUID(), target: about, ...parties, timestamp: new Date().toISOString() }, TERMS),
        });
      case 'VERIFY':
        return build.contractAgreementVerification(head);
      case 'ACC':
        return build.contractNegotiationEvent({ ...head, eventType: 'ACCEPTED' });
      case 'FIN':
        return build.contractNegotiationEvent({ ...head, eventType: 'FINALIZED' });
      case 'TERM':
        return protocol === 'negotiations'
          ? build.contractNegotiationTermination({ ...head, ...why })
          : build.transferTermination({ ...head, ...why });
      case 'START':
        return build.transferStart({ ...head, dataAddress: build.dataAddress('HTTP', 'http://example.com') });
      case 'SUSP':
        return build.transferSuspension({ ...head, ...why });
      case 'COMP':
        return build.transferCompletion(head);
    }
  }
}

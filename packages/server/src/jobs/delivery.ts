import type { Reason } from '@madang/core/api/views.ts';
import { joinBase } from '@madang/core/dsp/path.ts';
import { type ErrorCode, MadangError } from '@madang/core/error.ts';
import type { Text } from '@madang/core/text.ts';
import { parseJson } from '../http/json.ts';
import type { Outbound, OutboundAnswer } from '../http/outbound.ts';
import type { Keys } from '../identity/keys.ts';
import { signToken } from '../identity/token.ts';
import type { Wallet } from '../identity/wallet.ts';
import type { House } from '../participants/houses.ts';
import { PEER_PID } from '../protocol/out.ts';
import { fromAnswer, reasonFor, reasonOf } from '../protocol/reasons.ts';
import type { Outgoing } from './dispatcher.ts';

/** `met`: the peer has answered, whatever it said. */
export type Attempt = { readonly met?: boolean } & (
  | { readonly result: 'done'; readonly peerPid?: string }
  /** `soon`: the peer is not ready for it yet; `again`: it cannot be reached. `progress`: data have moved, so that the tries count from the start again. `least`: ms to wait at least. */
  | {
      readonly result: 'soon' | 'again';
      readonly error: Text;
      readonly progress?: boolean;
      readonly least?: number;
      /** What the peer said, if it says so to the end. */
      readonly reasons?: readonly Reason[];
    }
  | { readonly result: 'refused'; readonly reasons: readonly Reason[] }
);

/** `signal`: the program is about to stop. */
export type Deliver = (house: House, out: Outgoing, signal: AbortSignal) => Promise<Attempt>;

/** Tries of this process; how many of the last in a row found a peer that was not ready yet; when the first was, in ms since 1970. */
export interface Tries {
  readonly tries: number;
  readonly soon: number;
  readonly since: number;
}

const MOST_SOON = 14;
/** The same where the peer has refused and may take that back: some seconds. */
const MOST_REFUSED = 10;
const LONGEST_MS = 2 * 24 * 60 * 60_000;
/** A program that slept through the two days still tries for some minutes. */
const LEAST_TRIES = 20;

/** Whether it is time to give up: after about half a minute of answers that it is too early, or two days without contact. */
export const isOver = ({ tries, soon, since }: Tries, refused = false): boolean =>
  soon >= (refused ? MOST_REFUSED : MOST_SOON) || (tries >= LEAST_TRIES && Date.now() - since > LONGEST_MS);

/**
 * Milliseconds until the next try: doubled each time, up to 8 s for a peer that is not ready, 20 minutes for one that is away. Between a half and
 * the whole of it, by chance, so that what failed together does not come again together.
 */
export function backOff(tries: number, soon: boolean): number {
  const whole = Math.min(10 * 2 ** tries, soon ? 8_000 : 20 * 60_000);
  return (whole * (1 + Math.random())) / 2;
}

/** Posts messages to the peer's endpoint, with a fresh token for each try. */
export function messageDelivery(parts: { outbound: Outbound; keys: Keys; wallet: Wallet }): Deliver {
  return async (house, out) => {
    try {
      const credentials = await parts.wallet.show(house.id);
      const token = await signToken(parts.keys, {
        participant: house.id,
        did: house.did,
        audience: out.peer,
        credentials,
        purpose: out.purpose,
      });
      const url = joinBase(out.peerAddress, out.path, out.peerPid === null ? {} : { pid: out.peerPid });
      const answer = await parts.outbound.send({ method: 'POST', url, headers: { authorization: `Bearer ${token}` }, body: fillPid(out) });
      return { ...judge(answer, out), met: isAnswer(answer.status) };
    } catch (error) {
      if (!(error instanceof MadangError)) throw error;
      if (UNREACHED.has(error.code)) return { result: 'again', error: error.text };
      if (UNREACHABLE.has(error.code)) return { result: 'refused', reasons: [reasonOf(error)] };
      // Of our own house, as a key that does not open: no word about the peer.
      throw error;
    }
  };
}

const UNREACHED: ReadonlySet<ErrorCode> = new Set(['outbound_unreachable', 'outbound_too_large']);
/** There is no way to the address, now or later. */
const UNREACHABLE: ReadonlySet<ErrorCode> = new Set(['outbound_forbidden', 'bad_address', 'bad_path_id']);

function fillPid({ body, peerPid }: Outgoing): string {
  const text = JSON.stringify(body);
  return peerPid === null ? text : text.replaceAll(JSON.stringify(PEER_PID), JSON.stringify(peerPid));
}

/** Its connector has answered, and not something before it that could not reach it, or itself that it is not ready. */
const isAnswer = (status: number): boolean => status < 500 && ![405, 408, 425].includes(status);

/**
 * Eclipse EDC answers 409 while its own last message is under way, and then sends that one again: asked each few milliseconds it does so each time, and
 * loses the negotiation over it.
 */
const BUSY_MS = 500;

/** What a peer's answer means for the message. */
export function judge(answer: OutboundAnswer, out: Pick<Outgoing, 'opens' | 'body'>): Attempt {
  const { status } = answer;
  if (status >= 200 && status < 300) return out.opens ? opened(answer.text, out) : { result: 'done' };
  const error = { ko: `상대가 HTTP ${status}로 답했습니다.`, en: `The other side answered HTTP ${status}.` };
  if (status >= 500 || [405, 408, 425, 429].includes(status)) return { result: 'again', error };
  const reasons = fromAnswer(answer.text);
  // Not known there yet, not there in the state for it since its own answer is still under way, or our token could not be checked at that moment.
  if (status === 409 && !out.opens) return { result: 'soon', error, least: BUSY_MS };
  if ((status === 404 && !out.opens) || status === 401) return { result: 'soon', error };
  // A connector that is starting listens before its endpoints are there; what it says of an offer comes with a reason.
  if (status === 404 && reasons.length === 0) return { result: 'soon', error };
  const told = reasons.length ? reasons : [reasonFor(`http_${status}`, error)];
  // It has gone on by itself at the moment at which we ended it. When it hears that we refuse that, it is back where it can be ended.
  if (status === 400 && isTermination(out.body)) return { result: 'soon', error, reasons: told };
  return { result: 'refused', reasons: told };
}

const isTermination = (body: object): boolean => '@type' in body && String(body['@type']).endsWith('TerminationMessage');

/** Characters: a longer id would not fit into the index that it is found by. */
const LONGEST_PID = 500;

/** The peer's process id is in the answer to what opens an exchange, beside ours; one that comes with another one of ours belongs to something else. */
function opened(text: string, { body }: Pick<Outgoing, 'body'>): Attempt {
  const answer = Object(parseJson(text).value) as { providerPid?: unknown; consumerPid?: unknown };
  const [ours, theirs] = 'consumerPid' in body ? (['consumerPid', 'providerPid'] as const) : (['providerPid', 'consumerPid'] as const);
  const mine = (body as Record<string, unknown>)[ours];
  if (typeof answer[ours] === 'string' && answer[ours] !== mine) return { result: 'again', error: OTHER_PROCESS };
  const pid = answer[theirs];
  return { result: 'done', ...(typeof pid === 'string' && pid !== '' && pid.length <= LONGEST_PID ? { peerPid: pid } : {}) };
}

const OTHER_PROCESS = {
  ko: '상대가 다른 교환의 번호로 답했습니다. 상대 커넥터의 담당자에게 확인하세요.',
  en: 'The other side answered with the id of another exchange. Ask whoever runs the other connector.',
};

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
import { fromAnswer } from '../protocol/reasons.ts';
import type { Outgoing } from './dispatcher.ts';

export type Attempt =
  | { readonly result: 'done'; readonly peerPid?: string }
  /** `soon`: the peer is not ready for it yet; `again`: it cannot be reached. */
  | { readonly result: 'soon' | 'again'; readonly error: Text }
  | { readonly result: 'refused'; readonly reasons: readonly Reason[] };

export type Deliver = (house: House, out: Outgoing) => Promise<Attempt>;

const MOST_SOON = 14;
const MOST_AGAIN = 150;

/** Milliseconds until the next try; undefined when it is time to give up (about half a minute, or two days without contact). */
export function ladder(tries: number, soon: boolean): number | undefined {
  if (tries >= (soon ? MOST_SOON : MOST_AGAIN)) return undefined;
  return Math.min(10 * 2 ** tries, soon ? 8_000 : 20 * 60_000);
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
      return judge(answer, out);
    } catch (error) {
      if (!(error instanceof MadangError)) throw error;
      if (UNREACHED.has(error.code)) return { result: 'again', error: error.text };
      if (UNREACHABLE.has(error.code)) return { result: 'refused', reasons: [{ code: error.code, text: error.text }] };
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

/** What a peer's answer means for the message. */
export function judge(answer: OutboundAnswer, out: Pick<Outgoing, 'opens' | 'body'>): Attempt {
  const { status } = answer;
  if (status >= 200 && status < 300) return { result: 'done', ...(out.opens ? openedPid(answer.text, out) : {}) };
  const error = { ko: `상대가 HTTP ${status}로 답했습니다.`, en: `The other side answered HTTP ${status}.` };
  if (status >= 500 || [405, 408, 425, 429].includes(status)) return { result: 'again', error };
  // Not known there yet, not there in the state for it since its own answer is still under way, or our token could not be checked at that moment.
  if (([404, 409].includes(status) && !out.opens) || status === 401) return { result: 'soon', error };
  const reasons = fromAnswer(answer.text);
  return { result: 'refused', reasons: reasons.length ? reasons : [{ code: `http_${status}`, text: error }] };
}

/** Characters: a longer id would not fit into the index that it is found by. */
const LONGEST_PID = 500;

function openedPid(text: string, { body }: Pick<Outgoing, 'body'>): { peerPid?: string } {
  const answer = parseJson(text).value as { providerPid?: unknown; consumerPid?: unknown } | undefined;
  const pid = 'consumerPid' in body ? answer?.providerPid : answer?.consumerPid;
  return typeof pid === 'string' && pid !== '' && pid.length <= LONGEST_PID ? { peerPid: pid } : {};
}

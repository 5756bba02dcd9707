import { checkOutgoing } from '@madang/core/dsp/message.ts';
import { endpointFor } from '@madang/core/dsp/path.ts';
import { messageWord } from '@madang/core/dsp/state.ts';
import type { AnyMessage, MessageType } from '@madang/core/dsp/types.ts';
import { newUrn } from '@madang/core/id.ts';
import { otherRole, transition } from './table.ts';
import type { Exchange, Move, Out } from './types.ts';

/** Stands for the peer's process id while it is not known; put in when the message is sent. */
export const PEER_PID = 'urn:madang:peer-pid';

/** Behind the id of the message that a push follows: the push's own. */
export const PUSH_WORK = '#push';

export interface MessageHead {
  readonly id: string;
  readonly providerPid: string;
  readonly consumerPid: string;
}

/** Id and pids for the next message of ours in an exchange. */
export function head({ role, id, peer_pid }: Pick<Exchange, 'role' | 'id' | 'peer_pid'>): MessageHead {
  const [mine, theirs] = [id, peer_pid ?? PEER_PID];
  return {
    id: newUrn(),
    ...(role === 'provider' ? { providerPid: mine, consumerPid: theirs } : { consumerPid: mine, providerPid: theirs }),
  };
}

/** A move of our own: the message, checked against its contract, and where the state table lets it lead. */
export function send(
  exchange: Pick<Exchange, 'protocol' | 'role'>,
  message: AnyMessage & { '@type': string; '@id'?: string },
  more: Partial<Move> = {},
): Move {
  checkOutgoing(message);
  const word = messageWord(message);
  const opens = 'callbackAddress' in message && message.callbackAddress !== undefined;
  const { path } = endpointFor(message['@type'] as MessageType, otherRole(exchange.role), opens ? undefined : ':pid');
  const out: Out = { id: message['@id'] ?? newUrn(), kind: 'message', path, body: message };
  const { from, to } = transition(exchange.protocol, word, exchange.role);
  return { from: opens ? null : from, to, message: word, sender: 'me', out, ...more };
}

/** A message that opens an exchange goes to a path without a process id. */
export const opensExchange = ({ kind, path }: Pick<Out, 'kind' | 'path'>): boolean => kind === 'message' && !path.includes(':pid');

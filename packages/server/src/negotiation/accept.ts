import * as build from '@madang/core/dsp/build.ts';
import { MadangError } from '@madang/core/error.ts';
import { parsePolicy } from '@madang/core/policy/parse.ts';
import { head, send } from '../protocol/out.ts';
import type { Effect } from '../protocol/receive.ts';
import type { Exchange, Move } from '../protocol/types.ts';
import { contentOf } from './content.ts';
import { arriveFinalized } from './finalize.ts';

/** As consumer: takes the provider's offer. @throws MadangError `policy_not_enforced` for terms that we could not keep */
export function sendAccepted(exchange: Exchange): Move {
  parsePolicy(contentOf(exchange).terms);
  return send(exchange, build.contractNegotiationEvent({ ...head(exchange), eventType: 'ACCEPTED' }));
}

/** Both events come to one address: the consumer says ACCEPTED, the provider FINALIZED. */
export const arriveEvent: Effect<'ContractNegotiationEventMessage'> = (arrival, exchange) => {
  if (arrival.message.eventType === 'FINALIZED') return arriveFinalized(arrival, exchange);
  if (contentOf(exchange).by !== 'me') throw new MadangError('nothing_to_accept');
  return {};
};

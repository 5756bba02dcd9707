import * as build from '@madang/core/dsp/build.ts';
import { head, send } from '../protocol/out.ts';
import type { Effect } from '../protocol/receive.ts';
import type { Exchange, Move } from '../protocol/types.ts';

/** As provider: puts the agreement in force. */
export const sendFinalized = (exchange: Exchange): Move =>
  send(exchange, build.contractNegotiationEvent({ ...head(exchange), eventType: 'FINALIZED' }));

/** As consumer: the agreement is in force. */
export const arriveFinalized: Effect<'ContractNegotiationEventMessage'> = () => ({});

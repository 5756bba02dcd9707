import type { Reason } from '@madang/core/api/views.ts';
import * as build from '@madang/core/dsp/build.ts';
import { head, send } from '../protocol/out.ts';
import { fromWire, toWire } from '../protocol/reasons.ts';
import type { Effect } from '../protocol/receive.ts';
import type { Exchange, Move } from '../protocol/types.ts';

/** Ends the negotiation, from either side. Only what the other side may know of the reasons is sent. */
export function sendTermination(exchange: Exchange, reasons: readonly Reason[]): Move {
  return send(exchange, build.contractNegotiationTermination({ ...head(exchange), ...toWire(reasons) }), { reasons });
}

export const arriveTermination: Effect<'ContractNegotiationTerminationMessage'> = ({ message }) => ({
  reasons: fromWire(message.code, message.reason),
});

import type { Reason } from '@madang/core/api/views.ts';
import * as build from '@madang/core/dsp/build.ts';
import { head, send } from '../protocol/out.ts';
import { fromWire, toWire } from '../protocol/reasons.ts';
import type { Effect } from '../protocol/receive.ts';
import type { Exchange, Move } from '../protocol/types.ts';

/** Pauses, from either side. The token is dead with the state. */
export function sendSuspension(exchange: Exchange, reasons: readonly Reason[]): Move {
  return send(exchange, build.transferSuspension({ ...head(exchange), ...toWire(reasons) }), { reasons });
}

export const arriveSuspension: Effect<'TransferSuspensionMessage'> = ({ message }) => ({ reasons: fromWire(message.code, message.reason) });

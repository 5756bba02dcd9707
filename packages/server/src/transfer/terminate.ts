import type { Reason } from '@madang/core/api/views.ts';
import * as build from '@madang/core/dsp/build.ts';
import { head, send } from '../protocol/out.ts';
import { fromWire, toWire } from '../protocol/reasons.ts';
import type { Effect } from '../protocol/receive.ts';
import type { Exchange, Move } from '../protocol/types.ts';

export function sendTermination(exchange: Exchange, reasons: readonly Reason[]): Move {
  return send(exchange, build.transferTermination({ ...head(exchange), ...toWire(reasons) }), { reasons });
}

export const arriveTermination: Effect<'TransferTerminationMessage'> = ({ message }) => ({
  reasons: fromWire(message.code, message.reason),
});

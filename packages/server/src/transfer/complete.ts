import * as build from '@madang/core/dsp/build.ts';
import { head, send } from '../protocol/out.ts';
import type { Exchange, Move } from '../protocol/types.ts';

export const sendCompletion = (exchange: Exchange): Move => send(exchange, build.transferCompletion(head(exchange)), { reasons: [] });

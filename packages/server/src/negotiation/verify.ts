import * as build from '@madang/core/dsp/build.ts';
import type { Agreement } from '@madang/core/dsp/types.ts';
import { MadangError } from '@madang/core/error.ts';
import { samePolicy } from '@madang/core/policy/compare.ts';
import type { House } from '../participants/houses.ts';
import { head, send } from '../protocol/out.ts';
import type { Exchange, Move } from '../protocol/types.ts';
import { contentOf } from './content.ts';

/** As consumer: confirms the agreement. */
export const sendVerification = (exchange: Exchange): Move => send(exchange, build.contractAgreementVerification(head(exchange)));

/** Whether the agreement is the one that was negotiated: its terms, its two parties and its dataset. */
export function agreementFault(house: House, exchange: Exchange): MadangError | undefined {
  const agreement = exchange.content['document'] as Agreement;
  const wrong = (what: string) => new MadangError('agreement_differs', { values: { what } });
  if (agreement.target !== exchange.dataset) return wrong('target');
  if (agreement.assigner !== exchange.peer) return wrong('assigner');
  if (agreement.assignee !== house.did) return wrong('assignee');
  return samePolicy(agreement, contentOf(exchange).terms) ? undefined : wrong('permission');
}

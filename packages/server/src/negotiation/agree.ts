import * as build from '@madang/core/dsp/build.ts';
import type { Agreement } from '@madang/core/dsp/types.ts';
import { newUrn } from '@madang/core/id.ts';
import { isInstant } from '@madang/core/time.ts';
import type { House } from '../participants/houses.ts';
import { head, send } from '../protocol/out.ts';
import type { Effect } from '../protocol/receive.ts';
import type { Exchange, Move } from '../protocol/types.ts';
import { contentOf } from './content.ts';

/** As provider: writes the agreement on the terms that are on the table. */
export function sendAgreement(house: House, exchange: Exchange): Move {
  const timestamp = new Date().toISOString();
  const about = { id: newUrn(), target: exchange.dataset, assigner: house.did, assignee: exchange.peer, timestamp };
  const agreement = build.agreement(about, contentOf(exchange).terms);
  const message = build.contractAgreement({ ...head(exchange), agreement });
  return send(exchange, message, { agreement: { id: about.id, document: agreement, signedAt: timestamp } });
}

/** As consumer: keeps the agreement. Whether it is what was asked for is judged by the reaction that follows. */
export const arriveAgreement: Effect<'ContractAgreementMessage'> = ({ message: { agreement } }) => ({
  agreement: { id: agreement['@id'], document: agreement, signedAt: signedAt(agreement) },
  content: { document: agreement },
});

const signedAt = ({ timestamp }: Agreement) => (isInstant(timestamp) ? timestamp : new Date().toISOString());

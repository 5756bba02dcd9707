import { createHash, randomBytes } from 'node:crypto';
import * as build from '@madang/core/dsp/build.ts';
import { newUrn } from '@madang/core/id.ts';
import type { House } from '../participants/houses.ts';
import { head, send } from '../protocol/out.ts';
import type { Effect } from '../protocol/receive.ts';
import type { Exchange, Move } from '../protocol/types.ts';

const ENDPOINT_TYPE = 'https://w3id.org/idsa/v4.1/HTTP';
const TOKEN_MINUTES = 60;

export const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** As provider: opens the data to the consumer, with a token that is good for this transfer while it runs. */
export function sendStart(house: House, exchange: Exchange): Move {
  const token = randomBytes(32).toString('base64url');
  const endpoint = `${house.dsp.replace(/\/dsp\/[^/]+$/, '')}/data/${encodeURIComponent(exchange.id)}`;
  const dataAddress = build.dataAddress(ENDPOINT_TYPE, endpoint, { authorization: token, authType: 'bearer' });
  const tokenUntil = new Date(Date.now() + TOKEN_MINUTES * 60_000).toISOString();
  return send(exchange, build.transferStart({ ...head(exchange), dataAddress }), {
    content: { token: hashToken(token), tokenUntil, resume: false },
    reasons: [],
  });
}

/**
 * As consumer of a suspended transfer: asks to go on. The specification leaves open how a pull consumer gets a fresh token; here, as
 * in the most used connector, its start is a request, and the transfer runs again when the provider has sent a start of its own.
 */
export const askToResume = (exchange: Exchange): Move => send(exchange, build.transferStart(head(exchange)));

/** As consumer the data are fetched after commit; as provider it is the consumer's wish to go on. */
export const arriveStart: Effect<'TransferStartMessage'> = ({ message: { dataAddress } }, { role }) => {
  if (role === 'provider') return { content: { resume: true } };
  return dataAddress === undefined ? {} : { content: { dataAddress }, out: { id: newUrn(), kind: 'pull', path: ':pid', body: {} } };
};

import * as build from '@madang/core/dsp/build.ts';
import type { DataAddress } from '@madang/core/dsp/types.ts';
import { newUrn } from '@madang/core/id.ts';
import type { Context } from '../context.ts';
import type { House } from '../participants/houses.ts';
import { head, PUSH_WORK, send } from '../protocol/out.ts';
import type { Effect } from '../protocol/receive.ts';
import type { Exchange, Move } from '../protocol/types.ts';
import { contentOf, PUSH, propertyOf } from './content.ts';
import { pullToken, TOKEN_LIFE_S } from './token.ts';

export const ENDPOINT_TYPE = 'https://w3id.org/idsa/v4.1/HTTP';

/** Where a participant's own endpoints for data are. */
export const dataEndpoint = (house: House, room: 'data' | 'inbox', id: string): string =>
  `${house.dsp.replace(/\/dsp\/[^/]+$/, '')}/${room}/${encodeURIComponent(id)}`;

/** As provider: opens the data to the consumer, with a token that is good for this transfer while it runs; or begins to send them. */
export function sendStart(ctx: Pick<Context, 'secrets'>, house: House, exchange: Exchange): Move {
  const { format, kind, starts: before = 0 } = contentOf(exchange);
  const starts = before + 1;
  const more = { content: { starts, resume: false }, reasons: [] };
  if (format === PUSH) {
    const move = send(exchange, build.transferStart(head(exchange)), more);
    return { ...move, work: { id: `${move.out?.id}${PUSH_WORK}`, kind: 'push', path: ':pid', body: {} } };
  }
  const endpoint = dataEndpoint(house, 'data', exchange.id);
  const dataAddress = build.dataAddress(ENDPOINT_TYPE, endpoint, {
    authorization: pullToken(ctx, house, exchange, starts),
    authType: 'bearer',
    expiresIn: String(TOKEN_LIFE_S),
    refreshEndpoint: `${endpoint}/token`,
    ...(kind ? { kind } : {}),
  });
  return send(exchange, build.transferStart({ ...head(exchange), dataAddress }), more);
}

/**
 * As consumer of a suspended transfer: asks to go on. The specification leaves open how a pull consumer gets a fresh token; here, as
 * in the most used connector, its start is a request, and the transfer runs again when the provider has sent a start of its own.
 */
export const askToResume = (exchange: Exchange): Move => send(exchange, build.transferStart(head(exchange)));

/** As consumer the data are fetched after commit; as provider it is the consumer's wish to go on. */
export const arriveStart: Effect<'TransferStartMessage'> = ({ message: { dataAddress } }, exchange) => {
  if (exchange.role === 'provider') return { content: { resume: true } };
  // What the data address of a push holds is our own.
  if (dataAddress === undefined || contentOf(exchange).format === PUSH) return {};
  return {
    content: { dataAddress, tokenUntil: untilOf(dataAddress) },
    out: { id: newUrn(), kind: 'pull', path: ':pid', body: {} },
  };
};

/** Null where it is not said, so that what an earlier start said does not stay. */
function untilOf(address: DataAddress): string | null {
  const seconds = Number(propertyOf(address, 'expiresIn'));
  return seconds > 0 && seconds < 1e9 ? new Date(Date.now() + seconds * 1000).toISOString() : null;
}

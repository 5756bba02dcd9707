import type { Protocol } from '@madang/core/api/views.ts';
import type { AnyMessage, MessageType, Pids } from '@madang/core/dsp/types.ts';
import { MadangError } from '@madang/core/error.ts';
import type { Hono, Context as Http } from 'hono';
import type { Context } from '../context.ts';
import { MESSAGE_LIMIT, readJson } from '../http/body.ts';
import { endpoint, type ProtocolError } from '../http/protocol.ts';
import { spend } from '../identity/partner.ts';
import { findExchange } from './find.ts';
import { type Effect, type Opening, receive, receiveOpening } from './receive.ts';
import type { Exchange } from './types.ts';

interface Part {
  readonly protocol: Protocol;
  readonly error: ProtocolError;
  /** The acknowledgement: both process ids and the state. */
  readonly answer: (about: Pids & { state: string }) => AnyMessage;
}

/** The endpoints of one state machine. Both roles share a base: a process id is ours alone and says which role we have in it. */
export function process(app: Hono, ctx: Context, path: string, { protocol, error, answer }: Part) {
  const base = `/participants/:house/dsp/2025-1${path}`;
  const pid = (http: Http) => http.req.param('pid') ?? '';

  function told({ role, id, peer_pid, state }: Exchange): AnyMessage {
    const peer = peer_pid ?? '';
    return answer(role === 'provider' ? { providerPid: id, consumerPid: peer, state } : { consumerPid: id, providerPid: peer, state });
  }

  app.get(
    `${base}/:pid`,
    endpoint(ctx, error, async (http, { house, partner }) => {
      await spend(ctx.store, house.id, partner);
      const exchange = await findExchange(ctx, house, pid(http));
      if (exchange?.protocol !== protocol || exchange.peer !== partner.did)
        throw new MadangError('not_found', { values: { what: pid(http) } });
      return { status: 200, message: told(exchange) };
    }),
  );

  return {
    opening: <T extends MessageType>(at: string, type: T, open: Opening<T>): void => {
      app.post(
        base + at,
        endpoint(ctx, error, async (http, { house, partner }) => ({
          status: 201,
          message: told(await receiveOpening(ctx, house, partner, await readJson(http, MESSAGE_LIMIT), protocol, type, open)),
        })),
      );
    },
    message: <T extends MessageType>(at: string, type: T, effect: Effect<T>): void => {
      app.post(
        `${base}/:pid${at}`,
        endpoint(ctx, error, async (http, { house, partner }) => ({
          status: 200,
          message: told(await receive(ctx, house, partner, await readJson(http, MESSAGE_LIMIT), pid(http), protocol, type, effect)),
        })),
      );
    },
  };
}

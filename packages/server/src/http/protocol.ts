import * as build from '@madang/core/dsp/build.ts';
import { checkOutgoing } from '@madang/core/dsp/message.ts';
import type { AnyMessage } from '@madang/core/dsp/types.ts';
import { MadangError } from '@madang/core/error.ts';
import type { Context as Http } from 'hono';
import type { Context } from '../context.ts';
import { authenticatePartner, type Partner } from '../identity/partner.ts';
import type { House } from '../participants/houses.ts';
import { reasonOf, toWire } from '../protocol/reasons.ts';
import { toMadangError } from './error.ts';

export type ProtocolError = 'CatalogError' | 'ContractNegotiationError' | 'TransferError';
const NIL = 'urn:uuid:00000000-0000-0000-0000-000000000000';

interface Asked {
  readonly house: House;
  readonly partner: Partner;
}

/**
 * A protocol endpoint: who is asked, who asks, then the work; anything thrown becomes the error object of that part of the protocol.
 * A pid that is not known in an error stands as the nil UUID, since the specification demands both.
 */
export function endpoint(
  ctx: Context,
  error: ProtocolError,
  work: (http: Http, asked: Asked) => Promise<{ status: 200 | 201; message: AnyMessage } | Response>,
) {
  return async (http: Http): Promise<Response> => {
    try {
      // Another program may hold the database, and would not know of what this one stores.
      if (!ctx.store.hold.isHeld) throw new MadangError('unavailable');
      const house = ctx.houses.get(http.req.param('house') ?? '');
      const partner = await authenticatePartner(ctx, house.did, http.req.header('authorization'));
      ctx.dispatcher.heard(house, partner.did);
      const answer = await work(http, { house, partner });
      return answer instanceof Response ? answer : http.json(checkOutgoing(answer.message) as object, answer.status);
    } catch (thrown) {
      const known = toMadangError(thrown, ctx.log);
      const why = toWire([reasonOf(known)]);
      const pids = { providerPid: http.req.param('pid') ?? NIL, consumerPid: NIL };
      const message =
        error === 'CatalogError'
          ? build.catalogError(why)
          : error === 'TransferError'
            ? build.transferError({ ...pids, ...why })
            : build.contractNegotiationError({ ...pids, ...why });
      return http.json(message as object, known.status as 400);
    }
  };
}

import { MadangError } from '@madang/core/error.ts';
import { Hono } from 'hono';
import { catalogHandlers, mountCatalog } from '../catalog/routes.ts';
import type { Context } from '../context.ts';
import { exchangeHandlers } from '../exchanges/routes.ts';
import { footprintHandlers } from '../footprints/routes.ts';
import { mountNegotiation } from '../negotiation/routes.ts';
import { mountParticipants, participantHandlers } from '../participants/routes.ts';
import { mountPassports, passportHandlers } from '../passports/routes.ts';
import { recordHandlers } from '../records/routes.ts';
import { mountTransfer } from '../transfer/routes.ts';
import { toMadangError } from './error.ts';
import { mountHost } from './host.ts';
import { mountManagement } from './management.ts';
import { mountWeb } from './web.ts';

/** Everything that is served, for all participants. */
export function createApp(ctx: Context): Hono {
  const app = new Hono();
  app.onError((thrown, http) => {
    const error = toMadangError(thrown, ctx.log);
    return http.json({ error: error.body }, error.status as 400);
  });

  mountHost(app, ctx);
  mountParticipants(app, ctx);
  mountCatalog(app, ctx);
  mountNegotiation(app, ctx);
  mountTransfer(app, ctx);
  mountPassports(app, ctx);
  mountManagement(app, ctx, {
    ...participantHandlers,
    ...recordHandlers,
    ...catalogHandlers,
    ...exchangeHandlers,
    ...footprintHandlers,
    ...passportHandlers,
  });
  mountWeb(app);

  app.notFound((http) => {
    const error = new MadangError('not_found', { values: { what: new URL(http.req.url).pathname.slice(0, 200) } });
    return http.json({ error: error.body }, 404);
  });
  return app;
}

import { MadangError } from '@madang/core/error.ts';
import { Hono } from 'hono';
import { catalogHandlers, mountCatalog } from '../catalog/routes.ts';
import { isShown } from '../catalog/shown.ts';
import type { Context } from '../context.ts';
import { exchangeHandlers } from '../exchanges/routes.ts';
import { fileHandlers } from '../files/routes.ts';
import { footprintHandlers } from '../footprints/routes.ts';
import { mountNegotiation } from '../negotiation/routes.ts';
import { mountParticipants, participantHandlers } from '../participants/routes.ts';
import { mountPassports, passportHandlers } from '../passports/routes.ts';
import { recordHandlers } from '../records/routes.ts';
import { serviceHandlers } from '../services/routes.ts';
import { mountTransfer, transferHandlers } from '../transfer/routes.ts';
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
    ...transferHandlers,
    ...footprintHandlers,
    ...passportHandlers,
    ...fileHandlers((ctx, house, sha256) => isShown(ctx, house, { kind: 'file', sha256 })),
    ...serviceHandlers((ctx, house, id) => isShown(ctx, house, { kind: 'service', id })),
  });
  mountWeb(app);

  app.notFound((http) => {
    const error = new MadangError('not_found', { values: { what: new URL(http.req.url).pathname.slice(0, 200) } });
    return http.json({ error: error.body }, 404);
  });
  return app;
}

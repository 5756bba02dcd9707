import * as build from '@madang/core/dsp/build.ts';
import type { Hono } from 'hono';
import type { Context } from '../context.ts';
import type { Handlers } from '../http/management.ts';
import { process } from '../protocol/mount.ts';
import { dataAddress } from './address.ts';
import { arriveCompletion } from './complete.ts';
import { serveData } from './data.ts';
import { takePush } from './inbox.ts';
import { renewToken } from './refresh.ts';
import { openRequest } from './request.ts';
import { fetchService } from './service.ts';
import { arriveStart } from './start.ts';
import { arriveSuspension } from './suspend.ts';
import { arriveTermination } from './terminate.ts';

export const transferHandlers: Handlers<'dataAddress' | 'fetchService'> = {
  dataAddress: (ctx, { house, params }) => dataAddress(ctx, house, params['id'] ?? ''),
  fetchService: (ctx, { house, params, body }) => fetchService(ctx, house, params['id'] ?? '', body),
};

export function mountTransfer(app: Hono, ctx: Context): void {
  const { opening, message } = process(app, ctx, '/transfers', {
    protocol: 'transfer',
    error: 'TransferError',
    answer: (about) => build.transferProcess(about as never),
  });
  opening('/request', 'TransferRequestMessage', openRequest);
  message('/start', 'TransferStartMessage', arriveStart);
  message('/suspension', 'TransferSuspensionMessage', arriveSuspension);
  message('/completion', 'TransferCompletionMessage', arriveCompletion);
  message('/termination', 'TransferTerminationMessage', arriveTermination);

  app.post('/participants/:house/data/:id/token', async (http) =>
    http.json(await renewToken(ctx, http.req.param('house'), http.req.param('id'), http.req.header('authorization'))),
  );
  for (const path of ['/participants/:house/data/:id', '/participants/:house/data/:id/*'])
    app.on(['GET', 'POST'], path, (http) => serveData(ctx, http, http.req.param('id') ?? ''));
  app.post('/participants/:house/inbox/:id', async (http) => {
    await takePush(ctx, http, http.req.param('id'));
    return http.json({ ok: true });
  });
}

import * as build from '@madang/core/dsp/build.ts';
import type { Hono } from 'hono';
import type { Context } from '../context.ts';
import { process } from '../protocol/mount.ts';
import { serveData } from './data.ts';
import { openRequest } from './request.ts';
import { arriveStart } from './start.ts';
import { arriveSuspension } from './suspend.ts';
import { arriveTermination } from './terminate.ts';

export function mountTransfer(app: Hono, ctx: Context): void {
  const { opening, message } = process(app, ctx, '/transfers', {
    protocol: 'transfer',
    error: 'TransferError',
    answer: (about) => build.transferProcess(about as never),
  });
  opening('/request', 'TransferRequestMessage', openRequest);
  message('/start', 'TransferStartMessage', arriveStart);
  message('/suspension', 'TransferSuspensionMessage', arriveSuspension);
  message('/completion', 'TransferCompletionMessage', () => ({ reasons: [] }));
  message('/termination', 'TransferTerminationMessage', arriveTermination);

  app.get('/participants/:house/data/:id', async (http) => {
    const house = ctx.houses.get(http.req.param('house'));
    return http.json(await serveData(ctx, house, http.req.param('id'), http.req.header('authorization')));
  });
}

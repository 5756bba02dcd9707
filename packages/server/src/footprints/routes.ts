import type { Handlers } from '../http/management.ts';
import { chain } from './chain.ts';
import { collect } from './collect.ts';
import { compute } from './compute.ts';
import { coverage } from './coverage.ts';
import { viewFootprint, viewFootprints } from './view.ts';

export const footprintHandlers: Handlers<'collectFootprints' | 'coverage' | 'computeFootprint' | 'footprints' | 'footprint' | 'chain'> = {
  collectFootprints: (ctx, { house, body }) => collect(ctx, house, body),
  coverage: (ctx, { house, params }) => coverage(ctx, house, params['item'] ?? ''),
  computeFootprint: (ctx, { house, body }) => compute(ctx, house, body),
  footprints: async (ctx, { house }) => ({ footprints: await viewFootprints(ctx, house) }),
  footprint: (ctx, { house, params }) => viewFootprint(ctx, house, params['id'] ?? ''),
  chain: (ctx, { house, query }) => chain(ctx, house, query.item),
};

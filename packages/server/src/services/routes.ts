import type { Context } from '../context.ts';
import type { Handlers } from '../http/management.ts';
import type { House } from '../participants/houses.ts';
import { listServices, removeService, saveServiceOf } from './services.ts';

type Names = 'services' | 'putService' | 'removeService';

/** `isShown`: whether an open offer shows the service. */
export const serviceHandlers = (isShown: (ctx: Context, house: House, id: string) => Promise<boolean>): Handlers<Names> => ({
  services: async (ctx, { house }) => ({ services: await listServices(ctx, house) }),
  putService: (ctx, { house, params, body }) => saveServiceOf(ctx, house, params['id'] ?? '', body),
  async removeService(ctx, { house, params }) {
    const id = params['id'] ?? '';
    await removeService(ctx, house, id, () => isShown(ctx, house, id));
    return { ok: true };
  },
});

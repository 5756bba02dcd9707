import type { FileView, ServiceView } from '@madang/core/api/views.ts';
import type { Context } from '../context.ts';
import type { House } from '../participants/houses.ts';
import { isShownBy } from './store.ts';

/** Whether an open offer shows a file or a service. */
export const isShown = (ctx: Context, house: House, view: FileView | ServiceView): Promise<boolean> =>
  ctx.store.read(house.id, (db) => isShownBy(db, view));

import type { FootprintView } from '@madang/core/api/views.ts';
import { PERIOD } from './chain.ts';
import { collect } from './collect.ts';
import { ownFootprint, type Product } from './products.ts';
import type { Stage } from './stage.ts';
import { figure } from './words.ts';

/** The footprint of one product: as stated in a file, or its suppliers' footprints collected and everything summed up. */
export async function footprintOf(stage: Stage, id: string, product: Product): Promise<FootprintView | undefined> {
  if (product.lines.length === 0) return ownFootprint(stage, id, product);
  if (product.lines.some((line) => line.supplier !== null)) await collect(stage, id, product);
  return compute(stage, id, product);
}

async function compute(stage: Stage, id: string, product: Product): Promise<FootprintView> {
  const { ko, en } = product.item.name;
  const body = { item: product.item.id, ...PERIOD };
  const known = await ownFootprint(stage, id, product);
  return stage.step(
    id,
    undefined,
    async () => known ?? stage.client(id).call('computeFootprint', { body, signal: stage.signal }),
    (made) => ({
      what: { ko: `${ko}의 탄소발자국을 합산했습니다: ${figure(made)}`, en: `computed the footprint of ${en}: ${figure(made)}` },
      state: known ? 'already' : 'done',
    }),
  );
}

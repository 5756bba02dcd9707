import { setTimeout as sleep } from 'node:timers/promises';
import { append, ownRecord } from '@madang/server/records/records.ts';
import type { Task } from './task.ts';

/** Items that are written over and over, and how many versions a second. */
export interface Writing {
  readonly items: readonly string[];
  readonly rate: number;
}

const item = (id: string, mass: number) => ({
  id,
  productIds: [`urn:bench:${id}`],
  name: { ko: '셀', en: 'cell' },
  declaredUnit: 'piece',
  massPerUnit: String(mass),
});

/** Writes that many versions at an even pace, each in a transaction of its own; a writer that falls behind catches up. */
export const write: Task<Writing> = async (context, house, { items, rate }) => {
  let mass = 1;
  return async (count) => {
    const durations: number[] = [];
    const under: Promise<void>[] = [];
    const began = performance.now();
    for (let n = 0; n < count; n++) {
      const wait = began + (1000 * n) / rate - performance.now();
      if (wait > 0) await sleep(wait);
      const id = items[n % items.length]!;
      const start = performance.now();
      under.push(
        ownRecord(house, 'item', id, item(id, mass++))
          .then((record) => append(context, house, [record]))
          .then(() => void durations.push(performance.now() - start)),
      );
    }
    await Promise.all(under);
    return { durations, total: performance.now() - began };
  };
};

import type { Context } from '@madang/server/context.ts';
import type { House } from '@madang/server/participants/houses.ts';
import type { System } from '../../rounds.ts';

/** What a server does when its parent says so. Prepared once for a participant, then run as often as told. */
export type Task<With> = (context: Context, house: House, given: With) => Promise<System>;

/** Resolves when an exchange has ended well, with the moments (`performance.now()`) at which it was first told to be in each state; throws when it ended otherwise. */
export type Story = (exchange: string) => Promise<ReadonlyMap<string, number>>;

const WELL = ['FINALIZED', 'COMPLETED'];

/** Hears the changes of a participant from now on. Every exchange is waited for. */
export function listen({ changes }: Context, house: House): Story {
  const heard = new Map<string, Map<string, number>>();
  const waiting = new Map<string, () => void>();
  const told = (id: string): Map<string, number> => {
    const known = heard.get(id) ?? new Map<string, number>();
    heard.set(id, known);
    return known;
  };
  changes.listen(house.id, ({ type, id, state }) => {
    if (type !== 'exchange' || !state) return;
    const states = told(id);
    if (!states.has(state)) states.set(state, performance.now());
    waiting.get(id)?.();
  });
  return async (id) => {
    for (;;) {
      const states = told(id);
      if (WELL.some((state) => states.has(state))) {
        heard.delete(id);
        return states;
      }
      if (states.has('TERMINATED')) throw new Error(`${id} is TERMINATED`);
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.set(id, resolve);
      await promise;
      waiting.delete(id);
    }
  };
}

import type { Context } from '../context.ts';
import { sweepHouse } from './sweep-store.ts';

const EVERY_MS = 10 * 60_000;

/** Removes what has run out (spent tokens, sessions), participant by participant, now and then. */
export function startSweeper({ store, houses, log }: Pick<Context, 'store' | 'houses' | 'log'>): AsyncDisposable {
  let stopped = false;
  let running: Promise<void> = Promise.resolve();

  async function sweep(): Promise<void> {
    for (const { id } of houses.all()) {
      if (stopped) return;
      await store.write(id, sweepHouse);
    }
  }

  const timer = setInterval(() => {
    running = running.then(sweep).catch((error: unknown) => log.warn({ err: error }, 'sweep'));
  }, EVERY_MS);
  timer.unref();
  return {
    async [Symbol.asyncDispose]() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}

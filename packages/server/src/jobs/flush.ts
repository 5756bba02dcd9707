import { isStoreAway } from '../db/errors.ts';

const PAUSE_MS = 20;
const PAUSE_AFTER_FAILURE_MS = 1_000;

/**
 * Collects what was delivered and stores it in batches, one call a participant. A batch that cannot be stored waits for the next turn;
 * what is lost with the process is only sent again.
 */
export function openFlush<T>(store: (participant: string, list: readonly T[]) => Promise<unknown>) {
  const waiting = new Map<string, T[]>();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  let closed = false;

  function flush(): void {
    timer = undefined;
    const batches = [...waiting];
    waiting.clear();
    running = running.then(() => Promise.all(batches.map(([participant, list]) => save(participant, list))));
  }

  /** One entry that cannot be stored does not hold up the others. */
  async function save(participant: string, list: readonly T[]): Promise<void> {
    try {
      await store(participant, list);
    } catch (error) {
      if (list.length === 1 || isStoreAway(error)) put(participant, list, PAUSE_AFTER_FAILURE_MS);
      else for (const entry of list) await save(participant, [entry]);
    }
  }

  function put(participant: string, entries: readonly T[], pause: number): void {
    const list = waiting.get(participant);
    if (list) list.push(...entries);
    else waiting.set(participant, [...entries]);
    if (!closed) timer ??= setTimeout(flush, pause);
  }

  return {
    add: (participant: string, entry: T): void => put(participant, [entry], PAUSE_MS),
    async [Symbol.asyncDispose]() {
      closed = true;
      clearTimeout(timer);
      flush();
      await running;
    },
  };
}

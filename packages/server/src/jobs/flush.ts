const PAUSE_MS = 20;

/** Collects what was delivered and stores it in batches, one call a participant: what is lost with the process is only sent again. */
export function openFlush<T>(store: (participant: string, list: readonly T[]) => Promise<unknown>) {
  const waiting = new Map<string, T[]>();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();

  function flush(): void {
    timer = undefined;
    const batches = [...waiting];
    waiting.clear();
    running = running.then(() => Promise.allSettled(batches.map(([participant, list]) => store(participant, list))));
  }

  return {
    add(participant: string, entry: T): void {
      const list = waiting.get(participant);
      if (list) list.push(entry);
      else waiting.set(participant, [entry]);
      timer ??= setTimeout(flush, PAUSE_MS);
    },
    async [Symbol.asyncDispose]() {
      clearTimeout(timer);
      flush();
      await running;
    },
  };
}

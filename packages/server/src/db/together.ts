/** How many are taken together at most. */
const MOST = 32;

interface Waiting<T> {
  readonly argument: unknown;
  /** Rows that the call locks: those of one batch are locked in this order. */
  readonly locks: string;
  readonly resolve: (result: T) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * One call of a kind at a time; those that come meanwhile wait and then go as one. Under load that spares most of the round trips, commits and plans of a transition, and two
 * batches never wait for each other's rows. `many` answers in the order of its arguments, all or nothing; when it fails each goes by itself, so that a caller meets only its own
 * error.
 */
export function together<T>(
  one: (kind: string, argument: unknown) => Promise<T>,
  many: (kind: string, list: readonly unknown[]) => Promise<readonly T[]>,
): (kind: string, argument: unknown, locks?: string) => Promise<T> {
  const lines = new Map<string, Waiting<T>[]>();

  async function work(kind: string, line: Waiting<T>[]): Promise<void> {
    while (line.length > 0) await run(kind, line.splice(0, MOST));
    lines.delete(kind);
  }

  async function run(kind: string, batch: Waiting<T>[]): Promise<void> {
    batch.sort((a, b) => (a.locks < b.locks ? -1 : a.locks > b.locks ? 1 : 0));
    if (batch.length > 1) {
      const list = batch.map(({ argument }) => argument);
      const results = await many(kind, list).catch(() => undefined);
      for (const [i, result] of results?.entries() ?? []) batch[i]?.resolve(result);
      if (results) return;
    }
    for (const { argument, resolve, reject } of batch) await one(kind, argument).then(resolve, reject);
  }

  return (kind, argument, locks = '') => {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const waiting = { argument, locks, resolve, reject };
    const line = lines.get(kind);
    if (line) line.push(waiting);
    else {
      const opened = [waiting];
      lines.set(kind, opened);
      void work(kind, opened);
    }
    return promise;
  };
}

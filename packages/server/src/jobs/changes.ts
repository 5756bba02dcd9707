import { EventEmitter } from 'node:events';
import type { ChangeEvent } from '@madang/core/api/views.ts';

/** Tells listeners in this process what has changed, after it was committed. A hint to look again, never the truth itself. */
export interface Changes {
  tell(participant: string, change: ChangeEvent): void;
  listen(participant: string, listener: (change: ChangeEvent) => void): Disposable;
  /** Calls `look` now and after each change of the participant until it gives a value or `ms` have passed; then undefined. */
  until<T>(participant: string, ms: number, look: () => Promise<T | undefined>): Promise<T | undefined>;
}

export function openChanges(): Changes {
  const emitter = new EventEmitter().setMaxListeners(0);
  const changes: Changes = {
    tell: (participant, change) => void emitter.emit(participant, change),
    listen(participant, listener) {
      emitter.on(participant, listener);
      return { [Symbol.dispose]: () => void emitter.off(participant, listener) };
    },
    async until(participant, ms, look) {
      const end = Date.now() + ms;
      for (;;) {
        // Listening starts before looking, so that a change between the two is not missed.
        const changed = Promise.withResolvers<void>();
        using _ = changes.listen(participant, () => changed.resolve());
        const value = await look();
        const left = end - Date.now();
        if (value !== undefined || left <= 0) return value;
        const timer = setTimeout(() => changed.resolve(), left);
        await changed.promise;
        clearTimeout(timer);
      }
    },
  };
  return changes;
}

import { EventEmitter } from 'node:events';
import type { ChangeEvent } from '@madang/core/api/views.ts';

/** Tells listeners in this process what has changed, after it was committed. A hint to look again, never the truth itself. */
export interface Changes {
  tell(participant: string, change: ChangeEvent): void;
  listen(participant: string, listener: (change: ChangeEvent) => void): Disposable;
  /**
   * Calls `look` now and after each change of the participant that concerns it, until it gives a value or `ms` have passed; then undefined.
   * Many wait at once, and each look is a query: say what concerns it.
   */
  until<T>(
    participant: string,
    ms: number,
    look: () => Promise<T | undefined>,
    concerns?: (change: ChangeEvent) => boolean,
  ): Promise<T | undefined>;
}

export function openChanges(): Changes {
  const emitter = new EventEmitter().setMaxListeners(0);
  // `error` is a good name for a participant, and to an emitter it is more than a name.
  const nameOf = (participant: string) => `of ${participant}`;
  const changes: Changes = {
    tell: (participant, change) => void emitter.emit(nameOf(participant), change),
    listen(participant, listener) {
      emitter.on(nameOf(participant), listener);
      return { [Symbol.dispose]: () => void emitter.off(nameOf(participant), listener) };
    },
    async until(participant, ms, look, concerns = () => true) {
      const end = Date.now() + ms;
      for (;;) {
        // Listening starts before looking, so that a change between the two is not missed.
        const changed = Promise.withResolvers<void>();
        using _ = changes.listen(participant, (change) => void (concerns(change) && changed.resolve()));
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

import type { Exchange } from './types.ts';

const MOST = 1_000;

/**
 * The exchanges that were moved last, as this process left them, so that the next message need not read them again. A hint: the store
 * compares the number of steps and answers `stale` when another process, or a refusal, has changed the exchange since.
 */
export interface Recent {
  get(participant: string, id: string): Exchange | undefined;
  keep(exchange: Exchange): void;
  forget(participant: string, id: string): void;
}

export function openRecent(): Recent {
  const known = new Map<string, Exchange>();
  const key = (participant: string, id: string) => `${participant}/${id}`;
  return {
    get: (participant, id) => known.get(key(participant, id)),
    keep(exchange) {
      const k = key(exchange.participant, exchange.id);
      known.delete(k);
      known.set(k, exchange);
      if (known.size > MOST) known.delete(known.keys().next().value as string);
    },
    forget: (participant, id) => void known.delete(key(participant, id)),
  };
}

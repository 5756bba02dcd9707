import type { Exchange } from './types.ts';

const MOST = 500;

/**
 * The exchanges that were moved last, as this process left them, so that the next message need not read them again. A hint: the store
 * compares the number of steps and answers `stale` when another process, or a refusal, has changed the exchange since.
 */
export interface Recent {
  get(participant: string, id: string): Exchange | undefined;
  keep(exchange: Exchange): void;
  /** The peer's process id has come, and is not stored yet: from now on no other one is its. */
  learn(participant: string, id: string, peerPid: string): void;
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
    learn(participant, id, peerPid) {
      const k = key(participant, id);
      const exchange = known.get(k);
      if (exchange?.peer_pid === null) known.set(k, { ...exchange, peer_pid: peerPid });
    },
    forget: (participant, id) => void known.delete(key(participant, id)),
  };
}

import type { Logger } from 'pino';
import { isStoreAway } from '../db/errors.ts';
import type { Store } from '../db/store.ts';
import type { House, Houses } from '../participants/houses.ts';
import { findExchange } from '../protocol/find.ts';
import { opensExchange } from '../protocol/out.ts';
import { type Delivered, markDeferred, markDelivered, markRefused, pendingOut } from '../protocol/outbox.ts';
import type { Recent } from '../protocol/recent.ts';
import type { Out } from '../protocol/types.ts';
import type { Changes } from './changes.ts';
import { type Attempt, type Deliver, ladder } from './delivery.ts';
import { openFlush } from './flush.ts';

/** One piece of work of the outbox, with what is needed to do it. */
export interface Outgoing extends Out {
  readonly exchange: string;
  readonly peer: string;
  readonly peerPid: string | null;
  readonly peerAddress: string;
  /** It opens the exchange at the peer, whose answer holds the peer's process id. */
  readonly opens: boolean;
  /** What the data are wanted for, as told in the token. */
  readonly purpose?: string | undefined;
  readonly tries: number;
}

/**
 * Does what moves have left to be done: at once after commit, from memory; in order within an exchange; again with growing pauses
 * while the peer cannot be reached. The outbox in the database is what a restart continues from.
 */
export interface Dispatcher extends AsyncDisposable {
  send(house: House, out: Outgoing): void;
  /** Takes up what was not delivered when the process last ended. */
  resume(houses: Houses): Promise<void>;
}

interface Parts {
  readonly store: Store;
  readonly recent: Recent;
  readonly changes: Changes;
  readonly log: Logger;
  readonly deliver: Record<Out['kind'], Deliver>;
}

export function openDispatcher({ store, recent, changes, log, deliver }: Parts): Dispatcher {
  const lines = new Map<string, Promise<void>>();
  const stop = new AbortController();
  const flush = openFlush<Delivered>(async (participant, list) => {
    await markDelivered(store, participant, list);
    for (const { exchange } of list) pids.delete(exchange);
  });

  /** While our own store is away the work stays in line: only what the other side says may end it. */
  async function work(house: House, out: Outgoing): Promise<void> {
    const count: Count = { tries: out.tries, soon: 0 };
    while (!stop.signal.aborted) {
      const pause = await attempt(house, out, count).catch((error: unknown) => {
        if (isStoreAway(error)) return STORE_PAUSE_MS;
        log.error({ err: error, out: out.id, tries: count.tries }, 'outbox');
        return ladder(count.tries++, false);
      });
      if (pause === undefined) return;
      await sleep(pause, stop.signal);
    }
  }

  /** Tries once; milliseconds until the next try, or undefined when nothing is left to do. */
  async function attempt(house: House, out: Outgoing, count: Count): Promise<number | undefined> {
    const peerPid = out.opens ? null : await learnt(house, out);
    const tried = await tryOnce(house, { ...out, tries: count.tries }, peerPid);
    if (tried.result === 'done') {
      const pid = tried.peerPid;
      if (pid) pids.set(out.exchange, pid);
      if (pid) recent.learn(house.id, out.exchange, pid);
      flush.add(house.id, { id: out.id, exchange: out.exchange, ...(pid ? { peerPid: pid } : {}) });
      return undefined;
    }
    const pause = tried.result === 'soon' ? ladder(count.soon, true) : ladder(count.tries, false);
    if (tried.result === 'refused' || pause === undefined) {
      const reasons = tried.result === 'refused' ? tried.reasons : [{ code: 'peer_unreachable', text: tried.error }];
      const { state } = await markRefused(store, house.id, {
        id: out.id,
        exchange: out.exchange,
        reasons,
        ...(out.opens ? { end: 'TERMINATED' } : {}),
      });
      recent.forget(house.id, out.exchange);
      changes.tell(house.id, { type: 'exchange', id: out.exchange, state });
      return undefined;
    }
    // Short waits stay in memory: they are the other side's commit under way.
    if (count.tries >= 5) {
      await markDeferred(store, house.id, { id: out.id, tries: count.tries + 1, error: tried.error });
      changes.tell(house.id, { type: 'exchange', id: out.exchange });
    }
    count.tries++;
    count.soon = tried.result === 'soon' ? count.soon + 1 : 0;
    return pause;
  }

  async function tryOnce(house: House, out: Outgoing, peerPid: string | null | undefined): Promise<Attempt> {
    if (peerPid === undefined) return { result: 'again', error: UNKNOWN_PID };
    // The peer refused what would have opened the exchange: there is nobody to tell.
    if (peerPid === null && !out.opens) return { result: 'done' };
    return deliver[out.kind](house, { ...out, peerPid });
  }

  // The peer's process id comes with the answer to the opening message, or with the peer's first message if that was faster; kept here until it is stored.
  const pids = new Map<string, string>();
  /** Null when it will not come: what goes before in line has been settled. */
  async function learnt(house: House, out: Outgoing): Promise<string | null | undefined> {
    const pid = out.peerPid ?? pids.get(out.exchange);
    if (pid) return pid;
    const exchange = await findExchange({ store }, house, out.exchange);
    return exchange?.peer_pid ?? (exchange?.state === 'TERMINATED' ? null : undefined);
  }

  // What is stored while `resume` reads is sent by whoever stored it, and read as well.
  const inLine = new Set<string>();
  function send(house: House, out: Outgoing): void {
    if (inLine.has(out.id)) return;
    inLine.add(out.id);
    const before = lines.get(out.exchange) ?? Promise.resolve();
    const line = before.then(() => work(house, out)).catch((error: unknown) => log.error({ err: error, out: out.id }, 'outbox'));
    lines.set(out.exchange, line);
    void line.then(() => {
      inLine.delete(out.id);
      if (lines.get(out.exchange) === line) lines.delete(out.exchange);
    });
  }

  return {
    send,
    async resume(houses) {
      for (const house of houses.all()) {
        if (stop.signal.aborted) return;
        for (const row of await pendingOut(store, house.id)) {
          const { peer, peer_pid: peerPid, peer_address: peerAddress, exchange, id, kind, path, body, purpose } = row;
          send(house, {
            id,
            kind,
            path,
            body,
            exchange,
            peer,
            peerPid,
            peerAddress,
            purpose: purpose ?? undefined,
            opens: opensExchange(row),
            tries: 0,
          });
        }
      }
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await Promise.allSettled(lines.values());
      await flush[Symbol.asyncDispose]();
    },
  };
}

/** Tries so far, but for those that our own store made fail; and how many of them in a row found a peer that was not ready yet. */
interface Count {
  tries: number;
  soon: number;
}

const STORE_PAUSE_MS = 500;
const UNKNOWN_PID = { ko: '상대의 협상 번호를 아직 받지 못했습니다.', en: 'The other side’s process id has not arrived yet.' };

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}

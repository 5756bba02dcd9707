import type { Reason } from '@madang/core/api/views.ts';
import type { Text } from '@madang/core/text.ts';
import type { Logger } from 'pino';
import type { Hold } from '../db/alone.ts';
import { isStoreAway } from '../db/errors.ts';
import type { Store } from '../db/store.ts';
import type { House, Houses } from '../participants/houses.ts';
import type { Reaches } from '../participants/reach.ts';
import { findExchange } from '../protocol/find.ts';
import { opensExchange } from '../protocol/out.ts';
import { type Delivered, markDeferred, markDelivered, markRefused, type OutboxRow, type PendingRow, readOut } from '../protocol/outbox.ts';
import { reasonFor } from '../protocol/reasons.ts';
import type { Recent } from '../protocol/recent.ts';
import type { Out } from '../protocol/types.ts';
import type { Changes } from './changes.ts';
import { type Attempt, backOff, type Deliver, isOver, type Tries } from './delivery.ts';
import { openFlush } from './flush.ts';
import { openGate } from './gate.ts';
import { openLeft, STORE_PAUSE_MS } from './left.ts';
import { openPauses } from './pauses.ts';

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

/** What stands in line; the rest of it may still be in the database only. */
type Head = Pick<Outgoing, 'id' | 'kind' | 'exchange' | 'peer'>;

/**
 * Does what moves have left to be done: at once after commit, from memory; in order within an exchange; again with growing pauses
 * while the peer cannot be reached. The outbox in the database is what a restart continues from. Nothing is sent by a program that
 * does not hold the database alone.
 */
export interface Dispatcher extends AsyncDisposable {
  send(house: House, out: Outgoing): void;
  /** The same for a row of the outbox. */
  take(house: House, row: OutboxRow): void;
  /** Takes up what an exchange still has to send, as far as it is not in line: it may have been stored without our knowing. */
  look(house: House, exchange: string): void;
  /** Takes up what was not delivered when the process last ended, or lost the database. */
  resume(houses: Houses): Promise<void>;
  /** A message of the peer has come: what waits for it is tried at once. */
  heard(house: House, peer: string): void;
}

interface Parts {
  readonly store: Store;
  readonly hold: Hold;
  readonly recent: Recent;
  readonly changes: Changes;
  readonly reaches: Reaches;
  readonly log: Logger;
  readonly deliver: Record<Out['kind'], Deliver>;
}

/** Messages on their way to one origin at the same time: a peer that hangs takes no more of the process than this. */
const MOST_AT_ONCE = 32;
/** From so many tries on (a third of a second), or after so many ms, a failure is more than the other side's commit under way. */
const NOTED_FROM = 5;
const NOTED_AFTER_MS = 1_000;
/** Partners choose where they are answered: more origins than this are not remembered. */
const MOST_SILENT = 10_000;
/** So many failures in a row are not one answer that went wrong. */
const SILENT_FROM = 8;
/** What was queued behind failures of the same peer need not find out by itself. */
const TURNED_AWAY_MS = 1_000;

export function openDispatcher({ store, hold, recent, changes, reaches, log, deliver }: Parts): Dispatcher {
  const lines = new Map<string, Promise<void>>();
  const stop = new AbortController();
  const pauses = openPauses();
  const gate = openGate(MOST_AT_ONCE);
  const left = openLeft(store, pauses, stop.signal);
  /** How often in a row an origin has failed to answer, and when it last did. */
  const silent = new Map<string, { failures: number; at: number }>();
  const flush = openFlush<Delivered>(async (participant, list) => {
    // In the order in which moves that go together lock their exchanges: in another the two would wait for each other.
    const inOrder = list.toSorted((a, b) => (a.exchange < b.exchange ? -1 : 1));
    await markDelivered(store, participant, inOrder);
    for (const { id, exchange } of list) {
      pids.delete(exchange);
      unsaved.delete(id);
      inLine.delete(id);
    }
  });

  /** While our own store is away the work stays in line: only what the other side says may end it. */
  async function work(house: House, head: Head, given: Outgoing | undefined): Promise<void> {
    const count: Count = { tries: given?.tries ?? 0, soon: 0, since: Date.now(), woken: 0 };
    let out = given;
    let term = hold.term;
    while (!stop.signal.aborted) {
      try {
        if (!hold.isHeld) await hold.held(stop.signal);
        if (stop.signal.aborted) return;
        // Another program may have done it meanwhile.
        if (term !== hold.term) out = undefined;
        term = hold.term;
        out ??= await read(house, head);
        if (!out) return;
        const pause = await attempt(house, out, count);
        if (pause === undefined) return;
        const least = pause.tried ? 1_000 * 2 ** count.woken : 0;
        if ((await pauses.wait(pause.ms, pause.peer, least)) && pause.tried) count.woken++;
      } catch (error) {
        if (!isStoreAway(error)) log.error({ err: error, out: head.id, tries: count.tries }, 'outbox');
        await pauses.wait(isStoreAway(error) ? STORE_PAUSE_MS : backOff(count.tries++, false));
      }
    }
  }

  async function read(house: House, { id }: Head): Promise<Outgoing | undefined> {
    const row = await readOut(store, house.id, id);
    return row ? outgoing(row) : undefined;
  }

  /** Tries once; how long until the next try, and whose news may shorten it, or undefined when nothing is left to do. */
  async function attempt(house: House, out: Outgoing, count: Count): Promise<Pause | undefined> {
    const peerPid = out.opens ? null : await learnt(house, out);
    const tried = await tryOnce(house, { ...out, tries: count.tries }, peerPid);
    if (tried === 'turned away') return { ms: TURNED_AWAY_MS + backOff(count.tries++, false), peer: out.peer, tried: false };
    if (tried.met) meet(house, out.peer);
    if (tried.result === 'done') {
      const pid = tried.peerPid;
      if (pid) pids.set(out.exchange, pid);
      if (pid) recent.learn(house.id, out.exchange, pid);
      unsaved.add(out.id);
      flush.add(house.id, { id: out.id, exchange: out.exchange, ...(pid ? { peerPid: pid } : {}) });
      return undefined;
    }
    if (tried.result === 'refused') return bury(house, out, count, tried.reasons);
    if (tried.progress) Object.assign(count, { tries: 0, soon: 0, since: Date.now() });
    const soon = tried.result === 'soon';
    count.tries++;
    count.soon = soon ? count.soon + 1 : 0;
    if (isOver(count, tried.reasons !== undefined))
      return bury(house, out, count, tried.reasons ?? [reasonFor('peer_unreachable', tried.error)]);
    if (count.tries > NOTED_FROM || Date.now() - count.since > NOTED_AFTER_MS)
      await note(house, out, count, tried.error, !soon && !tried.met && out.kind === 'message');
    return soon
      ? { ms: Math.max(tried.least ?? 0, backOff(count.soon - 1, true)), tried: true }
      : { ms: backOff(count.tries - 1, false), peer: out.peer, tried: true };
  }

  async function tryOnce(house: House, out: Outgoing, peerPid: string | null | undefined): Promise<Attempt | 'turned away'> {
    if (peerPid === undefined) return { result: 'again', error: UNKNOWN_PID, met: true };
    // The peer refused what would have opened the exchange: there is nobody to tell.
    if (peerPid === null && !out.opens) return { result: 'done' };
    const work = { ...out, peerPid };
    if (out.kind !== 'message') return deliver[out.kind](house, work, stop.signal);
    const place = URL.parse(out.peerAddress)?.origin ?? '';
    const came = Date.now();
    const leave = await gate.enter(place, house.id);
    try {
      const before = silent.get(place);
      if (stop.signal.aborted || (before && before.failures >= SILENT_FROM && before.at > came)) return 'turned away';
      const tried = await deliver.message(house, work, stop.signal);
      const failures = (silent.get(place)?.failures ?? 0) + 1;
      silent.delete(place);
      if (tried.result === 'again' && !tried.met) silent.set(place, { failures, at: Date.now() });
      if (silent.size > MOST_SILENT) silent.clear();
      return tried;
    } finally {
      leave();
    }
  }

  /** It will not be tried again by itself. */
  async function bury(house: House, out: Outgoing, { tries }: Count, reasons: readonly Reason[]): Promise<undefined> {
    const end = out.opens ? { end: 'TERMINATED' } : {};
    const { state } = await markRefused(store, house.id, {
      id: out.id,
      exchange: out.exchange,
      reasons,
      tries: Math.max(tries, 1),
      ...end,
    });
    recent.forget(house.id, out.exchange);
    changes.tell(house.id, { type: 'exchange', id: out.exchange, state });
  }

  /** Short waits stay in memory: they are the other side's commit under way. */
  async function note(house: House, out: Outgoing, { tries }: Count, error: Text, missed: boolean): Promise<void> {
    if (missed) reaches.missed(house.id, out.peer, error);
    await markDeferred(store, house.id, { id: out.id, tries, error });
    changes.tell(house.id, { type: 'exchange', id: out.exchange });
  }

  function meet(house: House, peer: string): void {
    reaches.met(house.id, peer);
    pauses.wake(peer);
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

  // What is stored while the outbox is read is sent by whoever stored it, and read as well; what was delivered is still in it until that is stored.
  const inLine = new Set<string>();
  const unsaved = new Set<string>();
  function enqueue(house: House, head: Head, out?: Outgoing): void {
    if (inLine.has(head.id)) return;
    inLine.add(head.id);
    const key = lineOf(head);
    // A push follows the message that opens it, at the consumer too.
    const before = Promise.all([lines.get(key), head.kind === 'push' ? lines.get(head.exchange) : undefined]);
    const line = before.then(() => work(house, head, out)).catch((error: unknown) => log.error({ err: error, out: head.id }, 'outbox'));
    lines.set(key, line);
    void line.then(() => {
      if (!unsaved.has(head.id)) inLine.delete(head.id);
      if (lines.get(key) === line) lines.delete(key);
    });
  }

  async function enqueueAll(house: House, rows: Promise<readonly PendingRow[]>): Promise<void> {
    for (const { id, kind, exchange, peer } of await rows) enqueue(house, { id, kind, exchange, peer });
  }

  return {
    send: (house, out) => enqueue(house, out, out),
    take: (house, row) => enqueue(house, row, outgoing(row)),
    look: (house, id) =>
      void enqueueAll(house, left.ofExchange(house, id)).catch((error: unknown) => log.error({ err: error, exchange: id }, 'outbox')),
    async resume(houses) {
      const waiting = houses.all().values();
      const walk = async () => {
        for (const house of waiting) await enqueueAll(house, left.ofHouse(house));
      };
      await Promise.all([walk(), walk(), walk()]);
    },
    heard(house, peer) {
      // It can reach us; whether we reach it is seen by what waits for it.
      if (!pauses.wake(peer)) reaches.met(house.id, peer);
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      pauses[Symbol.dispose]();
      await Promise.allSettled(lines.values());
      await flush[Symbol.asyncDispose]();
    },
  };
}

/** `woken`: how often it was tried early in vain, because its peer answered to something else. */
interface Count extends Tries {
  tries: number;
  soon: number;
  since: number;
  woken: number;
}

interface Pause {
  readonly ms: number;
  /** Whose news may end it early. */
  readonly peer?: string;
  /** False for what was turned away without a try. */
  readonly tried: boolean;
}

/** Messages of an exchange go in order; what takes long, as a download, does not hold them up. */
const lineOf = ({ kind, exchange }: Head): string => (kind === 'message' ? exchange : `${kind} ${exchange}`);

function outgoing({ id, kind, path, body, exchange, peer, peer_pid, peer_address, purpose }: OutboxRow): Outgoing {
  const opens = opensExchange({ kind, path });
  return {
    id,
    kind,
    path,
    body,
    exchange,
    peer,
    peerPid: peer_pid,
    peerAddress: peer_address,
    purpose: purpose ?? undefined,
    opens,
    tries: 0,
  };
}

const UNKNOWN_PID = { ko: '상대의 협상 번호를 아직 받지 못했습니다.', en: 'The other side’s process id has not arrived yet.' };

import type { Progress, Reason } from '@madang/core/api/views.ts';
import type { Logger } from 'pino';
import type { Store } from '../db/store.ts';
import type { Changes } from '../jobs/changes.ts';
import type { House } from '../participants/houses.ts';
import type { Exchange } from '../protocol/types.ts';
import { contentOf } from './content.ts';
import { type FlowState, flowState } from './store.ts';

/** Data of a transfer on their way, out or in. */
export interface Flow extends Disposable {
  /** Aborts when the transfer is no longer running, or its terms no longer hold. */
  readonly signal: AbortSignal;
  /** Bytes that moved. */
  readonly count: (bytes: number) => void;
  /** The same, told by something that counts already. */
  readonly measure: (bytes: () => number) => void;
  /** Versions of a subscription that went. */
  readonly told: (versions: number) => void;
  /** How many bytes there are in all, and how many of them were there before. */
  readonly expect: (total: number | null, already?: number) => void;
}

/** What is known of a partner now. */
export type Known = Pick<FlowState, 'operators'> & { readonly groups: string[] };

/** Of data that go out: whether the terms hold, and what to do when they do not. */
export interface Guard {
  readonly judge: (known: Known) => readonly Reason[];
  readonly onEnd: (reasons: readonly Reason[]) => void;
}

export interface Stream {
  readonly versions: number;
  readonly last: string | null;
  readonly open: boolean;
}

/** All data on their way in this process: one look at the database for all of a participant's, twice a second, however many there are. */
export interface Flows extends AsyncDisposable {
  open(house: House, exchange: Exchange, guard?: Guard): Flow;
  progress(participant: string, id: string): Progress | null;
  /** Of a subscription: what went out of this process lately. */
  stream(participant: string, id: string): Stream;
}

/** All is looked at again within a second, also when the one before took its time. */
const BEAT_MS = 450;
/** Beats that a rate is taken over: the last four seconds or so. */
const RATE_BEATS = 9;
/** How long it is remembered that something has broken off, so that its next piece counts as gone on. */
const REMEMBERED_MS = 60 * 60_000;

interface Entry {
  readonly house: House;
  readonly exchange: Exchange;
  readonly guard: Guard | undefined;
  readonly abort: AbortController;
  readonly starts: number | undefined;
}

interface Trail {
  bytes: number;
  total: number | null;
  resumed: number;
  versions: number;
  last: number | undefined;
  open: number;
  told: number;
  at: number;
  /** Beyond `already`. */
  measure: (() => number) | undefined;
  already: number;
  beats: { bytes: number; at: number }[];
}

export function openFlows({ store, changes, log }: { store: Store; changes: Changes; log: Logger }): Flows {
  const entries = new Set<Entry>();
  const trails = new Map<string, Trail>();
  const listening = new Map<string, { flows: Set<Entry>; off: Disposable }>();
  let looking: Promise<unknown> = Promise.resolve();
  const timer = setInterval(beat, BEAT_MS).unref();

  function listen(entry: Entry): void {
    const { id } = entry.house;
    const known = listening.get(id);
    if (known) return void known.flows.add(entry);
    const flows = new Set([entry]);
    const off = changes.listen(id, ({ type, id: about, state }) => {
      if (type !== 'exchange' || state === undefined || state === 'STARTED') return;
      for (const one of flows) if (one.exchange.id === about) one.abort.abort();
    });
    listening.set(id, { flows, off });
  }

  function leave(entry: Entry): void {
    entries.delete(entry);
    const known = listening.get(entry.house.id);
    known?.flows.delete(entry);
    if (known?.flows.size !== 0) return;
    known.off[Symbol.dispose]();
    listening.delete(entry.house.id);
  }

  function trailOf(key: string): Trail {
    const known = trails.get(key);
    if (known) return known;
    const made: Trail = {
      bytes: 0,
      total: null,
      resumed: 0,
      versions: 0,
      last: undefined,
      open: 0,
      told: 0,
      at: Date.now(),
      measure: undefined,
      already: 0,
      beats: [],
    };
    trails.set(key, made);
    return made;
  }

  function beat(): void {
    const now = Date.now();
    for (const [key, trail] of trails) {
      if (trail.open === 0 && now - trail.at > REMEMBERED_MS) trails.delete(key);
      if (trail.measure) trail.bytes = Math.min(trail.already + trail.measure(), trail.total ?? Number.POSITIVE_INFINITY);
      if (trail.open === 0 || trail.told === trail.bytes) continue;
      trail.told = trail.bytes;
      trail.at = now;
      trail.beats = [...trail.beats, { bytes: trail.bytes, at: now }].slice(-RATE_BEATS);
      const [participant = '', id = ''] = JSON.parse(key);
      changes.tell(participant, { type: 'exchange', id });
    }
    const running = [
      ...Map.groupBy(
        [...entries].filter(({ abort }) => !abort.signal.aborted),
        ({ house }) => house.id,
      ),
    ];
    looking = looking.then(() => Promise.all(running.map(([participant, list]) => look(participant, list))));
  }

  async function look(participant: string, list: readonly Entry[]): Promise<void> {
    const transfers = [...new Set(list.map(({ exchange }) => exchange.id))];
    const partners = [...new Set(list.map(({ exchange }) => exchange.peer))];
    try {
      const state = await flowState(store, participant, { transfers, partners });
      for (const entry of list) judge(entry, state);
    } catch (error) {
      // Data whose terms cannot be looked at do not go on.
      log.warn({ err: error }, 'flows');
      for (const { guard, abort } of list) if (guard) abort.abort();
    }
  }

  function judge({ exchange, guard, abort, starts }: Entry, { transfers, groups, operators }: FlowState): void {
    if (abort.signal.aborted) return;
    const now = transfers[exchange.id];
    if (now?.state !== 'STARTED' || (now.starts ?? undefined) !== starts) {
      abort.abort();
      return;
    }
    const reasons = guard?.judge({ groups: groups[exchange.peer] ?? [], operators }) ?? [];
    if (reasons.length === 0) return;
    abort.abort();
    guard?.onEnd(reasons);
  }

  return {
    open(house, exchange, guard) {
      const entry: Entry = { house, exchange, guard, abort: new AbortController(), starts: contentOf(exchange).starts };
      const key = keyOf(house.id, exchange.id);
      const trail = trailOf(key);
      trail.open++;
      entries.add(entry);
      listen(entry);
      return {
        signal: entry.abort.signal,
        count(bytes) {
          trail.bytes += bytes;
        },
        measure(bytes) {
          trail.measure = bytes;
        },
        told(versions) {
          trail.versions += versions;
          trail.last = Date.now();
        },
        expect(total, already = 0) {
          if (already > 0) trail.resumed++;
          Object.assign(trail, { total, already, bytes: already, told: already, beats: [{ bytes: already, at: Date.now() }] });
        },
        [Symbol.dispose]() {
          leave(entry);
          trail.open--;
          if (trail.measure) trail.bytes = trail.already + trail.measure();
          trail.measure = undefined;
          trail.at = Date.now();
          // What ended short of its whole is gone on with.
          const isOver = trail.total === null ? trail.versions === 0 : trail.bytes >= trail.total;
          if (trail.open === 0 && isOver) trails.delete(key);
        },
      };
    },
    progress(participant, id) {
      const trail = trails.get(keyOf(participant, id));
      if (!trail || trail.open === 0) return null;
      const { bytes, total, resumed, at, beats } = trail;
      return { bytes, total, rate: rateOf(beats), resumed, at: new Date(at).toISOString() };
    },
    stream(participant, id) {
      const { versions = 0, last, open = 0 } = trails.get(keyOf(participant, id)) ?? {};
      return { versions, last: last === undefined ? null : new Date(last).toISOString(), open: open > 0 };
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      for (const { abort } of entries) abort.abort();
      for (const { off } of listening.values()) off[Symbol.dispose]();
      await looking;
    },
  };
}

const keyOf = (participant: string, id: string): string => JSON.stringify([participant, id]);

function rateOf(beats: Trail['beats']): number {
  const [first, last] = [beats[0], beats.at(-1)];
  const ms = first && last ? last.at - first.at : 0;
  return first && last && ms > 0 ? Math.round(((last.bytes - first.bytes) * 1000) / ms) : 0;
}

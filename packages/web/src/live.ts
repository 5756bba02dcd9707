import type { ChangeEvent } from '@madang/core/api/views.ts';
import { useCallback, useEffect, useEffectEvent, useState } from 'react';

type Listener = (change: ChangeEvent | null) => void;

const listeners = new Set<Listener>();
const kept = new Map<string, unknown>();
const REST_MS = 150;

/** Passes a change on; null means that changes may have been missed. */
export function tell(change: ChangeEvent | null): void {
  for (const listener of listeners) listener(change);
}

/** Drops everything that was read for the participant that leaves. */
export const forget = (): void => kept.clear();

/** What a read has given so far. */
export interface Live<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly reload: () => void;
}

/** A kind of change, or the changes of one thing: `exchange`, `exchange <id>`. */
export type Concern = ChangeEvent['type'] | `${ChangeEvent['type']} ${string}`;

/**
 * Reads something now and again whenever a change that concerns it is told, at most every 150 ms.
 * The last answer under the same key is shown at once; null as key reads nothing.
 */
export function useLive<T>(key: string | null, concerns: readonly Concern[], read: (signal: AbortSignal) => Promise<T>): Live<T> {
  const [, setTick] = useState(0);
  const [failed, setFailed] = useState<{ key: string | null; problem: unknown } | null>(null);
  const [round, setRound] = useState(0);
  const reload = useCallback(() => setRound((n) => n + 1), []);
  const load = useEffectEvent(async (signal: AbortSignal) => {
    try {
      const answer = await read(signal);
      if (key !== null) kept.set(key, answer);
      if (!signal.aborted) setFailed(null);
    } catch (problem) {
      if (!signal.aborted) setFailed({ key, problem });
    }
    if (!signal.aborted) setTick((n) => n + 1);
  });
  const isConcern = useEffectEvent(
    (change: ChangeEvent | null) => change === null || concerns.includes(change.type) || concerns.includes(`${change.type} ${change.id}`),
  );
  const ask = key === null ? null : `${round} ${key}`;
  useEffect(() => {
    if (ask === null) return;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = (ms: number) => {
      // Changes that follow each other closely are read together, but never put off the reading.
      timer ??= setTimeout(() => {
        timer = undefined;
        void load(stop.signal);
      }, ms);
    };
    soon(0);
    const listener: Listener = (change) => {
      if (isConcern(change)) soon(REST_MS);
    };
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      clearTimeout(timer);
      stop.abort();
    };
  }, [ask]);
  return { data: key === null ? undefined : (kept.get(key) as T | undefined), error: failed?.key === key ? failed.problem : null, reload };
}

/** One act with its progress and outcome. */
export interface Act<A extends unknown[]> {
  readonly busy: boolean;
  readonly error: unknown;
  readonly run: (...args: A) => Promise<boolean>;
  readonly clear: () => void;
}

/** Wraps an act so that a screen can show that it runs, and why it failed; `run` answers whether it went well. */
export function useAct<A extends unknown[]>(act: (...args: A) => Promise<unknown>): Act<A> {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const run = async (...args: A) => {
    setBusy(true);
    setError(null);
    try {
      await act(...args);
      return true;
    } catch (problem) {
      setError(problem);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, run, clear: () => setError(null) };
}

/** What was there last while the next is on its way. Only for what stays the same object as long as it is the same. */
function useLast<T>(value: T | undefined): T | undefined {
  const [last, setLast] = useState(value);
  if (value !== undefined && value !== last) setLast(value);
  return value ?? last;
}

/** A list read page by page: the first page stays live, older ones are read on demand. Under a new key the last one shows until the new one is there. */
export interface Paged<Page, Row> extends Live<Page> {
  readonly rows: readonly Row[];
  /** Reads the next page; null on the last. */
  readonly more: Act<[]> | null;
}

export function usePaged<Page, Row>(
  key: string,
  concerns: readonly Concern[],
  read: (after: string | undefined, signal?: AbortSignal) => Promise<Page>,
  page: {
    readonly rows: (page: Page) => readonly Row[];
    readonly next: (page: Page) => string | null;
    readonly idOf: (row: Row) => string;
  },
): Paged<Page, Row> {
  const first = useLive(key, concerns, (signal) => read(undefined, signal));
  const [older, setOlder] = useState<{ key: string; rows: readonly Row[]; next: string | null } | null>(null);
  const kept = older?.key === key ? older : null;
  const data = useLast(first.data);
  const top = data ? page.rows(data) : [];
  const ids = new Set(top.map(page.idOf));
  const next = kept ? kept.next : first.data ? page.next(first.data) : null;
  const more = useAct(async () => {
    const answer = await read(next ?? undefined);
    setOlder({ key, rows: [...(kept?.rows ?? []), ...page.rows(answer)], next: page.next(answer) });
  });
  return {
    ...first,
    data,
    rows: [...top, ...(kept?.rows ?? []).filter((row) => !ids.has(page.idOf(row)))],
    more: next === null ? null : more,
  };
}

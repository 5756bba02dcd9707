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

/**
 * Reads something now and again whenever a change of one of `types` is told, at most every 150 ms.
 * The last answer under the same key is shown at once; null as key reads nothing.
 */
export function useLive<T>(key: string | null, types: readonly ChangeEvent['type'][], read: (signal: AbortSignal) => Promise<T>): Live<T> {
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
  const concerns = useEffectEvent((change: ChangeEvent | null) => change === null || types.includes(change.type));
  const ask = key === null ? null : `${round} ${key}`;
  useEffect(() => {
    if (ask === null) return;
    const stop = new AbortController();
    const soon = (ms: number) => setTimeout(() => void load(stop.signal), ms);
    let timer = soon(0);
    const listener: Listener = (change) => {
      if (!concerns(change)) return;
      clearTimeout(timer);
      timer = soon(REST_MS);
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

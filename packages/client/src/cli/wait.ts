import { setTimeout as pause } from 'node:timers/promises';
import type { Text } from '@madang/core/text.ts';
import type { Context } from './context.ts';

const TELL_AFTER_MS = 2000;

/** Runs a call that may take long; from two seconds on, a line a while says what is waited for and since when. */
export async function telling<Value>(context: Context, what: Text, call: Promise<Value>): Promise<Value> {
  const began = Date.now();
  const ticker = setInterval(() => {
    const seconds = Math.round((Date.now() - began) / 1000);
    context.note({ ko: `${what.ko} (${seconds}초)`, en: `${what.en} (${seconds} s)` });
  }, TELL_AFTER_MS);
  return call.finally(() => clearInterval(ticker));
}

/** Reads again and again until `done`, or until the seconds are over; the last reading in both cases. */
export async function until<Value>(
  seconds: number,
  signal: AbortSignal,
  read: () => Promise<Value>,
  done: (value: Value) => boolean,
): Promise<Value> {
  const end = Date.now() + seconds * 1000;
  for (let gap = 100; ; gap = Math.min(gap * 1.5, 1000)) {
    const value = await read();
    const left = end - Date.now();
    if (done(value) || left <= 0) return value;
    await pause(Math.min(gap, left), undefined, { signal });
  }
}

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExchangeDetail } from '@madang/core/api/views.ts';
import type { Member } from '../../network.ts';

/** Milliseconds that anything between the two may take: one of them polls, and its first answers come from a cold machine. */
const LONGEST = 30_000;

/** Looks again and again until something is there; throws with what was seen last. */
export async function until<T>(what: string, look: () => Promise<T | undefined>, seen: () => unknown = () => ''): Promise<T> {
  for (const end = performance.now() + LONGEST; ; await sleep(25)) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`${what}: not within ${LONGEST / 1000} s ${JSON.stringify(seen())}`);
  }
}

/** Our exchange once it is in a state, and all that we had to send has arrived. */
export async function ours({ client }: Member, id: string, state: string): Promise<ExchangeDetail> {
  let last: ExchangeDetail | undefined;
  return until(
    `${id} ${state}`,
    async () => {
      last = await client.call('exchange', { params: { id } });
      const isSent = last.steps.every(({ pending }) => pending === null);
      if (last.state === 'TERMINATED' && state !== 'TERMINATED') throw new Error(`${id} was terminated: ${JSON.stringify(last.reasons)}`);
      return last.state === state && isSent ? last : undefined;
    },
    () => [last?.state, last?.steps],
  );
}

/** Whether a reason in one of the two languages holds a text. */
export function holds(reasons: ExchangeDetail['reasons'], text: string): void {
  assert.ok(
    reasons.some(({ text: { ko, en } }) => ko.includes(text) || en.includes(text)),
    `no reason holds "${text}": ${JSON.stringify(reasons)}`,
  );
}

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** What is said to a program of ours and what it answers, over the channel that it was started with. */
export interface Orders {
  /** The next thing that it says; throws when it ends before. */
  hear<T>(): Promise<T>;
  ask<T>(order: object): Promise<T>;
}

/** `name`: of the program, for the error. */
export function openOrders(child: ChildProcess, name: string): Orders {
  async function hear<T>(): Promise<T> {
    const over = new AbortController();
    try {
      const answer = once(child, 'message', { signal: over.signal });
      const death = once(child, 'exit', { signal: over.signal });
      const [word] = await Promise.race([answer, death.then(([code]) => Promise.reject(new Error(`${name} ended with ${code}`)))]);
      return word as T;
    } finally {
      over.abort();
    }
  }
  return {
    hear,
    ask<T>(order: object): Promise<T> {
      const answer = hear<T>();
      child.send(order);
      return answer;
    },
  };
}

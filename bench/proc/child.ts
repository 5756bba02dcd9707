import { fork } from 'node:child_process';
import { once } from 'node:events';
import { type Orders, openOrders } from './orders.ts';

/** A small program of the benchmark's own that does what it is told; it ends when the channel to it is closed. */
export interface Child extends Orders, AsyncDisposable {
  readonly pid: number;
}

/** `name`: of the program, for errors. */
export function startChild(module: string, words: readonly string[], name: string): Child {
  const child = fork(module, words, { execArgv: [], stdio: ['ignore', 2, 2, 'ipc'] });
  return {
    pid: child.pid as number,
    ...openOrders(child, name),
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '@madang/client/cli/run.ts';
import { type Network, openNetwork } from './network.ts';

/** What a command has done. `value`: what it says to a program, with `--json`. */
interface Done {
  readonly code: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects, and fails when it is not there
  readonly value: any; // oxlint-disable-line typescript/no-explicit-any
  readonly out: readonly string[];
  readonly text: string;
}

/** The command line over a real server with a maker and a supplier, in a folder of its own. */
export interface Desk extends AsyncDisposable {
  readonly network: Network;
  readonly folder: string;
  /** One command in English, as a participant or as `host`. */
  readonly madang: (as: string, ...args: string[]) => Promise<Done>;
  /** The same for one that must succeed. */
  readonly succeed: (as: string, ...args: string[]) => Promise<Done>;
}

export async function openDesk(more: Readonly<Record<string, string>> = {}): Promise<Desk> {
  await using stack = new AsyncDisposableStack();
  const network = stack.use(await openNetwork({ participants: ['maker', 'supplier'] }));
  const folder = await mkdtemp(join(tmpdir(), 'madang-cli-'));
  stack.defer(() => rm(folder, { recursive: true }));

  async function madang(as: string, ...args: string[]): Promise<Done> {
    const out: string[] = [];
    const err: string[] = [];
    const key = as === 'host' ? network.hostKey : network.member(as).key;
    const env = { LANG: 'en_US.UTF-8', MADANG_URL: network.url, MADANG_KEY: key, ...more };
    const { signal } = new AbortController();
    const code = await run(args, { out: (l) => out.push(l), err: (l) => err.push(l), env, folder, signal });
    return { code, value: args.includes('--json') ? JSON.parse(out.join('\n')) : undefined, out, text: [...out, ...err].join('\n') };
  }

  async function succeed(as: string, ...args: string[]): Promise<Done> {
    const done = await madang(as, ...args);
    assert.equal(done.code, 0, `${args.join(' ')}\n${done.text}`);
    return done;
  }

  const all = stack.move();
  return { network, folder, madang, succeed, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

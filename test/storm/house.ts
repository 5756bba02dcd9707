import { type Client, createClient } from '@madang/client/client.ts';
import type { CreatedParticipant } from '@madang/core/api/views.ts';
import { type DataFolder, dataFolder, freePort, type Program, start } from '../process.ts';

/** How a house is hit: its program, its PostgreSQL (killed, or told to stop without finishing anything), or both. */
export const BLOWS = ['program', 'database', 'immediate', 'both'] as const;
export type Blow = (typeof BLOWS)[number];

/** A participant in a program of its own, with a data folder and a PostgreSQL of its own. */
export interface House extends AsyncDisposable {
  readonly me: CreatedParticipant;
  readonly client: Client;
  readonly folder: DataFolder;
  /** Hits it, and starts its program again where that was killed. */
  hit(blow: Blow): Promise<void>;
  /** What its programs have said of errors that are none of the storm's. */
  complaints(): string;
}

const SECRET = 'a-host-key-for-tests-only';

export async function openHouse(id: string): Promise<House> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await dataFolder());
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const env = { MADANG_PORT: String(port), MADANG_PUBLIC_URL: url, MADANG_HOST_KEY: SECRET };
  let running: Program = start({ folder: folder.path, env });
  let said = '';
  stack.defer(() => running[Symbol.asyncDispose]());
  await running.ready;
  const me = await createClient({ url, key: `host.${SECRET}` }).host('createParticipant', { body: { id, name: `${id} Co.` } });
  const all = stack.move();

  function hitDatabase(signal: 'SIGKILL' | 'SIGQUIT'): void {
    const lock = folder.database();
    if (lock) process.kill(lock.pid, signal);
  }
  return {
    me,
    client: createClient({ url, key: me.key }),
    folder,
    async hit(blow) {
      if (blow === 'database' || blow === 'both') hitDatabase('SIGKILL');
      if (blow === 'immediate') hitDatabase('SIGQUIT');
      if (blow !== 'program' && blow !== 'both') return;
      await running.end('SIGKILL');
      said += running.err;
      running = start({ folder: folder.path, env });
      await running.ready;
    },
    complaints: () => [...`${said}${running.err}`.matchAll(/^.*"msg":"unexpected".*$/gm)].join('\n'),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

import { fileURLToPath } from 'node:url';
import { startChild } from '../proc/child.ts';

/**
 * The floor under a pull of a file: Node to Node over HTTP on one machine, from file to file and onto the disk, with nothing else done: no hashing,
 * no token, no record of it. Two processes.
 */
export interface Pipe extends AsyncDisposable {
  /** Copies the file and resolves with the milliseconds from the request until it is on the disk. */
  copy(from: string, to: string): Promise<number>;
}

export async function openPipe(): Promise<Pipe> {
  await using opened = new AsyncDisposableStack();
  const start = (role: string) =>
    opened.use(startChild(fileURLToPath(import.meta.resolve('./pipe-process.ts')), [role], `the pipe's ${role}`));
  const [server, client] = [start('server'), start('client')];
  const { url } = await server.hear<{ url: string }>();
  const ending = opened.move();
  return {
    async copy(from, to) {
      const { ms } = await client.ask<{ ms: number }>({ url: `${url}${from}`, to });
      return ms;
    },
    [Symbol.asyncDispose]: () => ending.disposeAsync(),
  };
}

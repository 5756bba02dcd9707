import { type Client, createClient } from '@madang/client/client.ts';
import type { ChangeEvent, CreatedParticipant } from '@madang/core/api/views.ts';
import type { Door } from './door.ts';
import type { Server } from './launch.ts';

/** A participant on a server, driven through its management interface. */
export interface House {
  readonly did: string;
  /** For files; everything else goes by `call`, which takes less of the machine. */
  readonly client: Client;
  call<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** Hears of changes from now on. */
  listen(): Promise<void>;
  /** Hears no more. */
  rest(): void;
  /** Resolves with the moment (`performance.now()`) at which the exchange was told to have ended well; throws when it ended otherwise or took too long. */
  ended(exchange: string): Promise<number>;
}

/** Milliseconds after which an exchange counts as lost. */
const PATIENCE = 180_000;
const WELL = ['FINALIZED', 'COMPLETED'];

export async function createHouse(door: Door, server: Server, id: string): Promise<House> {
  const { did, management, key } = await door.send<CreatedParticipant>('POST', `${server.url}/api/participants`, server.hostKey, {
    id,
    name: id,
  });
  const heard = new Map<string, { state: string; at: number }>();
  const waiting = new Map<string, () => void>();
  let stream: Promise<Disposable> | undefined;

  return {
    did,
    client: createClient({ url: server.url, key }),
    call: (method, path, body) => door.send(method, management + path, key, body),
    async listen() {
      stream ??= door.listen(`${management}/events`, key, (data) => {
        const { type, id: exchange, state } = data as ChangeEvent;
        if (type !== 'exchange' || !state) return;
        heard.set(exchange, { state, at: performance.now() });
        waiting.get(exchange)?.();
      });
      await stream;
    },
    rest() {
      void stream?.then((open) => open[Symbol.dispose]());
      stream = undefined;
    },
    async ended(exchange) {
      const end = performance.now() + PATIENCE;
      for (;;) {
        const last = heard.get(exchange);
        const isWell = last !== undefined && WELL.includes(last.state);
        const isOver = isWell || last?.state === 'TERMINATED' || performance.now() >= end;
        if (!isOver) {
          await told(exchange, end - performance.now());
          continue;
        }
        heard.delete(exchange);
        if (isWell) return last.at;
        throw new Error(`${exchange} is ${last?.state ?? 'not heard of'}`);
      }
    },
  };

  async function told(exchange: string, ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    waiting.set(exchange, resolve);
    await promise;
    waiting.delete(exchange);
    clearTimeout(timer);
  }
}

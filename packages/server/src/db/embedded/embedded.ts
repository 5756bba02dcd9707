import { resolve } from 'node:path';
import { MadangError } from '@madang/core/error.ts';
import type { Text } from '@madang/core/text.ts';
import type { Place } from '../connect.ts';
import { OWNER } from './create.ts';
import { joinServer } from './join.ts';
import { stopServer } from './launch.ts';

/** A PostgreSQL server on this machine, shared by the programs that use its data folder. Disposing it gives back our share; the last one out stops the server. */
export interface EmbeddedServer extends AsyncDisposable {
  /** True when this process started it, false when it joined a running one. */
  readonly started: boolean;
  /** Where to connect. A server that has died since is started again first. */
  place(database: string, user?: string): Promise<Place>;
  /** True when no other process uses the server at this moment. */
  isAlone(): Promise<boolean>;
}

/**
 * Joins the server that runs on the data folder, or starts one, making the folder when there is none.
 * `folder`: path of the PostgreSQL data folder itself; its log lies beside it as `<folder>.log`.
 * Errors: `database_locked`, `database_disk_full`, `database_no_permission`, `database_wrong_version`, `database_no_platform`, `database_root`, `database_failed`.
 */
export async function startEmbedded(folder: string, onProgress: (text: Text) => void = () => {}): Promise<EmbeddedServer> {
  const path = resolve(folder);
  let server = await joinServer(path, onProgress);
  let again: ReturnType<typeof joinServer> | undefined;
  let closed = false;
  return {
    started: server.started,
    isAlone: () => server.share.isAlone(),
    async place(database, user = OWNER) {
      if (closed) throw new MadangError('unavailable', { detail: 'the store is closed' });
      if (server.share.isLost) {
        again ??= joinServer(path, onProgress);
        server = await again.finally(() => {
          again = undefined;
        });
      }
      return { at: { socketFolder: server.socketFolder, database, user } };
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      // One that is being started again is ours as well.
      server = (await again?.catch(() => undefined)) ?? server;
      await server.share.end(() => stopServer(server.pid, path, server.socketFolder));
    },
  };
}

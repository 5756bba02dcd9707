import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { MadangError } from '@madang/core/error.ts';
import type { Config } from '../config/config.ts';
import { makeFolder } from '../config/folder.ts';
import { keep } from '../config/keep.ts';

export interface Address {
  readonly port: number;
}

const FIRST = 8440;
const TRIES = 50;

/**
 * Listens on the configured port, else on the one that the data folder remembers, else on the first free one from 8440 on.
 * The port is part of every DID made without a public URL, so a remembered one is never replaced by another.
 * @throws MadangError `port_taken`, `bad_configuration` (no address of this machine, a port file that holds no port), `data_folder`,
 * `database_no_permission`, `database_disk_full`
 */
export async function listen(server: Server, config: Config): Promise<Address> {
  const file = join(config.dataFolder, 'port');
  try {
    makeFolder(config.dataFolder, 0o700);
  } catch (cause) {
    throw new MadangError('data_folder', {
      values: { path: config.dataFolder, why: String((cause as NodeJS.ErrnoException).code) },
      cause,
    });
  }
  const kept = existsSync(file) ? readPort(file) : undefined;
  const fixed = config.listen.port ?? kept;
  const port = fixed === undefined ? await firstFree(server, config.listen.host) : await bind(server, config.listen.host, fixed);
  if (port === undefined) throw new MadangError('port_taken', { values: { port: fixed ?? `${FIRST}–${FIRST + TRIES - 1}` } });
  if (config.listen.port === undefined && kept === undefined) keep(file, () => String(port));
  return { port };
}

function readPort(file: string): number {
  const port = Number(readFileSync(file, 'utf8'));
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new MadangError('bad_configuration', { values: { name: file, why: '1–65535' } });
  return port;
}

async function firstFree(server: Server, host: string): Promise<number | undefined> {
  for (let port = FIRST; port < FIRST + TRIES; port++) if ((await bind(server, host, port)) !== undefined) return port;
  return undefined;
}

async function bind(server: Server, host: string, port: number): Promise<number | undefined> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
    return (server.address() as { port: number }).port;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE' || code === 'EACCES') return undefined;
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
      throw new MadangError('bad_configuration', {
        values: { name: 'MADANG_HOST', why: `an address of this machine, not ${host}` },
        cause: error,
      });
    throw error;
  }
}

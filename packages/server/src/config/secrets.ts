import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { MadangError } from '@madang/core/error.ts';
import type { Config } from './config.ts';
import { keep } from './keep.ts';

export interface Secrets {
  /** 32 bytes; seals private keys. */
  readonly master: Buffer;
  /** Secret part of the host key. */
  readonly host: string;
}

/** Secrets never join the configuration. Made once in the data folder (mode 0600) when none is given. */
export function readSecrets(config: Config): Secrets {
  const base64 = config.masterKey.base64 ?? keep(config.masterKey.file ?? join(config.dataFolder, 'master.key'), () => randomBytes(32).toString('base64'));
  const master = Buffer.from(base64, 'base64');
  if (master.length !== 32) throw new MadangError('bad_configuration', { values: { name: 'MADANG_MASTER_KEY', why: 'base64, 32 bytes' } });
  const host = config.hostKey ?? keep(join(config.dataFolder, 'host.key'), () => randomBytes(24).toString('base64url'));
  return { master, host };
}

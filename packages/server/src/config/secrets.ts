import { hkdfSync, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { MadangError } from '@madang/core/error.ts';
import type { Config } from './config.ts';
import { keep } from './keep.ts';

export interface Secrets {
  /** 32 bytes; seals private keys. */
  readonly master: Buffer;
  /** Secret part of the host key. */
  readonly host: string;
  /** 32 bytes, derived from the master key; authenticates the tokens that open data. */
  readonly tokens: Buffer;
}

/** Secrets never join the configuration. Made once in the data folder (mode 0600) when none is given. */
export function readSecrets(config: Config): Secrets {
  const { base64: given, file } = config.masterKey;
  // A file that was named is someone's key: to make another one in its place would lock every house out.
  if (given === undefined && file !== undefined && !existsSync(file))
    throw new MadangError('bad_configuration', { values: { name: 'MADANG_MASTER_KEY_FILE', why: `${file}: ENOENT` } });
  const base64 = given ?? keep(file ?? join(config.dataFolder, 'master.key'), () => randomBytes(32).toString('base64'));
  const master = Buffer.from(base64, 'base64');
  if (master.length !== 32) throw new MadangError('bad_configuration', { values: { name: 'MADANG_MASTER_KEY', why: 'base64, 32 bytes' } });
  const host = config.hostKey ?? keep(join(config.dataFolder, 'host.key'), () => randomBytes(24).toString('base64url'));
  const tokens = Buffer.from(hkdfSync('sha256', master, '', 'madang data token', 32));
  return { master, host, tokens };
}

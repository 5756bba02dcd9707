import { resolve } from 'node:path';
import { MadangError } from '@madang/core/error.ts';
import { z } from 'zod';
import type { Environment } from './env.ts';

/** No path, no name and password, no pattern. */
const isOrigin = (text: string) => /^https?:\/\/[^*]+$/i.test(text) && URL.parse(text)?.href === `${URL.parse(text)?.origin}/`;
const port = z.coerce.number().int().min(0).max(65535);
const schema = z.object({
  MADANG_DATA: z.string(),
  MADANG_HOST: z.string(),
  MADANG_PORT: port.optional(),
  MADANG_PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .regex(/^[^?#@]*$/, 'http(s)://host or http(s)://host/path')
    .optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'a postgres:// address')
    .optional(),
  MADANG_MASTER_KEY: z.base64().optional(),
  MADANG_MASTER_KEY_FILE: z.string().optional(),
  MADANG_HOST_KEY: z.string().min(16).optional(),
  MADANG_OUTBOUND: z.enum(['public', 'loopback', 'any']),
  MADANG_UPSTREAMS: z
    .string()
    .default('')
    .transform((text) => text.split(',').map((part) => part.trim()))
    .transform((parts) => parts.filter((part) => part !== ''))
    .pipe(z.array(z.string().refine(isOrigin, 'http(s)://host or http(s)://host:port, separated by commas'))),
  MADANG_MAX_UPLOAD: z.coerce.number().int().min(1).max(20),
  MADANG_LOG: z.enum(['silent', 'error', 'warn', 'info', 'debug']),
});

/** Which addresses the outbound door lets through. */
export type OutboundRule = 'public' | 'loopback' | 'any';

export interface Config {
  readonly dataFolder: string;
  readonly listen: { readonly host: string; readonly port: number | undefined };
  /** Without a trailing slash; undefined until the port is known. */
  readonly publicUrl: string | undefined;
  readonly databaseUrl: string | undefined;
  readonly masterKey: { readonly base64: string | undefined; readonly file: string | undefined };
  readonly hostKey: string | undefined;
  readonly outbound: OutboundRule;
  /** Origins of HTTP services that participants may have whatever the rule says. */
  readonly upstreams: readonly string[];
  readonly maxUpload: number;
  readonly log: 'silent' | 'error' | 'warn' | 'info' | 'debug';
}

/** Validates, nests and freezes. Throws `bad_configuration` naming the variable and what was expected. */
export function toConfig(env: Environment): Config {
  const parsed = schema.safeParse(env);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new MadangError('bad_configuration', { values: { name: String(issue?.path[0]), why: issue?.message ?? '' } });
  }
  const e = parsed.data;
  return Object.freeze({
    dataFolder: resolve(e.MADANG_DATA),
    listen: Object.freeze({ host: e.MADANG_HOST, port: e.MADANG_PORT }),
    publicUrl: e.MADANG_PUBLIC_URL?.replace(/\/+$/, ''),
    databaseUrl: e.DATABASE_URL,
    masterKey: Object.freeze({ base64: e.MADANG_MASTER_KEY, file: e.MADANG_MASTER_KEY_FILE }),
    hostKey: e.MADANG_HOST_KEY,
    outbound: e.MADANG_OUTBOUND,
    upstreams: Object.freeze(e.MADANG_UPSTREAMS.map((text) => new URL(text).origin)),
    maxUpload: e.MADANG_MAX_UPLOAD * 1024 * 1024,
    log: e.MADANG_LOG,
  });
}

import { MadangError } from '@madang/core/error.ts';
import type { HonoRequest } from 'hono';

const JSON_LIMIT = 4 * 1024 * 1024;
const mib = (bytes: number) => `${Math.floor(bytes / 1024 / 1024)} MB`;

/**
 * Reads a body up to a limit. A declared size over it is refused before a byte is read, an undeclared one as soon as it is passed.
 * @throws MadangError `too_large`
 */
export async function readBytes(req: HonoRequest, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = () => new MadangError('too_large', { values: { limit: mib(limit) } });
  if (Number(req.header('content-length') ?? 0) > limit) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of req.raw.body ?? []) {
    size += chunk.length;
    if (size > limit) throw tooLarge();
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** @throws MadangError `bad_json`, `too_large` */
export async function readJson(req: HonoRequest): Promise<unknown> {
  const bytes = await readBytes(req, JSON_LIMIT);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new MadangError('bad_json', { cause });
  }
}

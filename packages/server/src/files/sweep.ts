import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../context.ts';
import { filesOf, isSha256, partialsOf, removePath } from './place.ts';
import { isOpen } from './receive.ts';
import { isStored, storedUnder } from './store.ts';
import { blobInTurn } from './turn.ts';
import { UPLOAD } from './upload.ts';

/** Milliseconds for which what has arrived of a file waits for the rest. */
const PARTIAL_AGE = 30 * 24 * 3_600_000;

/** Removes once, after the start, what a crash has left: bytes without a row, uploads that broke off, partials that nobody went on with. */
export function startFileSweep(ctx: Pick<Context, 'config' | 'store' | 'houses' | 'log'>): AsyncDisposable {
  let stopped = false;
  const running = sweepFiles(ctx, () => stopped).catch((error: unknown) => {
    if (!stopped) ctx.log.warn({ err: error }, 'sweep of files');
  });
  return {
    async [Symbol.asyncDispose]() {
      stopped = true;
      await running;
    },
  };
}

export async function sweepFiles(ctx: Pick<Context, 'config' | 'store' | 'houses'>, stopped = () => false): Promise<void> {
  for (const { id } of ctx.houses.all()) {
    if (stopped()) return;
    for (const prefix of await entries(filesOf(ctx, id))) {
      if (stopped()) return;
      if (/^[0-9a-f]{2}$/.test(prefix)) await sweepBlobs(ctx, id, prefix);
    }
    await sweepPartials(partialsOf(ctx, id));
  }
}

async function sweepBlobs(ctx: Pick<Context, 'config' | 'store'>, participant: string, prefix: string): Promise<void> {
  const folder = join(filesOf(ctx, participant), prefix);
  const names = (await entries(folder)).filter(isSha256);
  const known = names.length === 0 ? undefined : await ctx.store.read(participant, (db) => storedUnder(db, prefix));
  for (const sha256 of names) {
    if (known?.has(sha256)) continue;
    const path = join(folder, sha256);
    // Looked at again in its turn: it may be on its way to its row at this moment.
    await blobInTurn(path, async () => {
      if (!(await ctx.store.read(participant, (db) => isStored(db, sha256)))) await removePath(path);
    });
  }
}

async function sweepPartials(folder: string): Promise<void> {
  for (const name of await entries(folder)) {
    const path = join(folder, name);
    if (isOpen(path)) continue;
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
    if (name.startsWith(UPLOAD) || name.endsWith('~') || mtimeMs < Date.now() - PARTIAL_AGE) await removePath(path);
  }
}

async function entries(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

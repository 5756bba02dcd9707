import type { Context } from '../context.ts';
import type { Handlers } from '../http/management.ts';
import type { House } from '../participants/houses.ts';
import { getFile, listFiles, removeFile } from './files.ts';
import { openFile } from './open.ts';
import { serveFile } from './serve.ts';
import { storeUpload } from './upload.ts';

type Names = 'files' | 'putFile' | 'file' | 'fileContent' | 'removeFile';

/** `isShown`: whether an open offer shows the file. */
export const fileHandlers = (isShown: (ctx: Context, house: House, sha256: string) => Promise<boolean>): Handlers<Names> => ({
  files: (ctx, { house, query }) => listFiles(ctx, house, query),
  putFile: (ctx, { house, query, http }) => storeUpload(ctx, house, query, http),
  file: (ctx, { house, params }) => getFile(ctx, house, params['sha256'] ?? ''),
  fileContent: async (ctx, { house, params, http }) => serveFile(http, await openFile(ctx, house, params['sha256'] ?? '')),
  async removeFile(ctx, { house, params }) {
    const sha256 = params['sha256'] ?? '';
    await removeFile(ctx, house, sha256, () => isShown(ctx, house, sha256));
    return { ok: true };
  },
});

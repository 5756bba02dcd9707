import { randomUUID } from 'node:crypto';
import { statfs } from 'node:fs/promises';
import type { StoredFile } from '@madang/core/api/views.ts';
import { MadangError } from '@madang/core/error.ts';
import type { Context as Http } from 'hono';
import type { Context } from '../context.ts';
import { readStream } from '../http/body.ts';
import type { House } from '../participants/houses.ts';
import { mediaTypeOf } from './name.ts';
import { partialsOf } from './place.ts';
import { openPartial } from './receive.ts';

/** Begins the key of what a person is sending: nobody goes on with it after a break. */
export const UPLOAD = 'upload-';

/**
 * Stores the body of a request as a file of our own, whatever its size. A declared one that the disk has no room for is refused before it is read.
 * @throws MadangError `disk_full`, `body_broken`
 */
export async function storeUpload(
  ctx: Context,
  house: House,
  { name, type }: { readonly name: string; readonly type?: string | undefined },
  http: Http,
): Promise<StoredFile> {
  const partial = await openPartial(ctx, house, `${UPLOAD}${randomUUID()}`);
  try {
    const { bavail, bsize } = await statfs(partialsOf(ctx, house.id));
    if (Number(http.req.header('content-length') ?? 0) > bavail * bsize) throw new MadangError('disk_full');
    for await (const chunk of readStream(http)) await partial.write(chunk);
    return await partial.finish({ name, mediaType: mediaTypeOf(name, type, http.req.header('content-type')) });
  } catch (error) {
    await partial.discard();
    throw error;
  }
}

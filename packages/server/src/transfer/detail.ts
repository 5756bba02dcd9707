import type { StoredFile, TransferDetail } from '@madang/core/api/views.ts';
import { MadangError } from '@madang/core/error.ts';
import type { Context } from '../context.ts';
import { getFile } from '../files/files.ts';
import type { House } from '../participants/houses.ts';
import type { Exchange } from '../protocol/types.ts';
import { contentOf, type Kind, propertyOf, STREAM } from './content.ts';
import { arrivalRow } from './store.ts';

/** What a transfer has besides its steps. */
export async function transferDetail(ctx: Context, house: House, exchange: Exchange): Promise<TransferDetail> {
  const { format, file } = contentOf(exchange);
  return {
    format,
    kind: kindIn(exchange),
    progress: ctx.flows.progress(house.id, exchange.id),
    file: file === undefined ? null : await stored(ctx, house, file),
    stream: format === STREAM ? await stream(ctx, house, exchange) : null,
  };
}

const KINDS: readonly Kind[] = ['records', 'file', 'service'];

/** As the provider said, or as it turned out. */
function kindIn(exchange: Exchange): Kind | null {
  const { kind, dataAddress, file, received } = contentOf(exchange);
  const told = KINDS.find((one) => one === (kind ?? propertyOf(dataAddress, 'kind')));
  return told ?? (file === undefined ? (received === undefined ? null : 'records') : 'file');
}

async function stored(ctx: Context, house: House, sha256: string): Promise<StoredFile | null> {
  try {
    return await getFile(ctx, house, sha256);
  } catch (error) {
    // It was removed since.
    if (error instanceof MadangError && error.code === 'not_found') return null;
    throw error;
  }
}

async function stream(ctx: Context, house: House, { id, role }: Exchange): Promise<TransferDetail['stream']> {
  const now = ctx.flows.stream(house.id, id);
  if (role === 'provider') return now;
  const arrival = await ctx.store.read(house.id, (db) => arrivalRow(db, id));
  return { versions: arrival?.versions ?? 0, last: arrival?.last_at ?? null, open: now.open };
}

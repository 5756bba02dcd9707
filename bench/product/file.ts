import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { ExchangeDetail, OfferView, StoredFile, View } from '@madang/core/api/views.ts';
import { random } from '../random.ts';
import type { House } from './house.ts';

const BLOCK = 1 << 20;

/** Writes a file of bytes that do not repeat within it, the same for the same seed. */
export async function writeFileOf(path: string, bytes: number, seed: number): Promise<string> {
  const next = random(seed);
  const block = Buffer.alloc(BLOCK);
  for (let at = 0; at < BLOCK; at += 4) block.writeUInt32LE(Math.floor(next() * 2 ** 32), at);
  await using file = await open(path, 'w');
  for (let left = bytes; left > 0; left -= BLOCK) {
    block.writeDoubleLE(left);
    await file.write(left < BLOCK ? block.subarray(0, left) : block);
  }
  await file.sync();
  return path;
}

/** Stores a file of this machine with a participant, as a person would. */
export async function storeFile(house: House, path: string): Promise<StoredFile> {
  const { size } = await stat(path);
  return house.client.call('putFile', { query: { name: 'bench.bin' }, body: createReadStream(path), size });
}

/** Offers something to everyone and negotiates it; the agreement's id. */
export async function agreeOn(consumer: House, provider: House, view: View): Promise<string> {
  const everyone = { choices: {} };
  const offer = { title: 'bench', view, access: everyone, contract: everyone };
  const { dataset } = await provider.call<OfferView>('POST', '/offers', offer);
  await consumer.listen();
  const { id } = await consumer.call<ExchangeDetail>('POST', '/negotiations', { partner: provider.did, dataset });
  await consumer.ended(id);
  return (await consumer.call<ExchangeDetail>('GET', `/exchanges/${encodeURIComponent(id)}`)).agreement!;
}

/** Pulls the file of an agreement; milliseconds from the consumer's call until it is stored and COMPLETED, and what is there then. */
export async function pull(consumer: House, agreement: string): Promise<{ readonly ms: number; readonly file: StoredFile | null }> {
  await consumer.listen();
  const began = performance.now();
  const { id } = await consumer.call<ExchangeDetail>('POST', '/transfers', { agreement });
  const ms = (await consumer.ended(id)) - began;
  const { transfer } = await consumer.call<ExchangeDetail>('GET', `/exchanges/${encodeURIComponent(id)}`);
  return { ms, file: transfer?.file ?? null };
}

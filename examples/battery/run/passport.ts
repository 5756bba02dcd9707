import type { PassportRef } from '@madang/core/api/views.ts';
import { PACK_MAKER } from './chain.ts';
import type { Product } from './products.ts';
import type { Stage } from './stage.ts';

export async function makePassport(stage: Stage, { item }: Product): Promise<PassportRef> {
  const client = stage.client(PACK_MAKER);
  const { signal } = stage;
  const known = (await client.call('passports', { signal })).passports.find((p) => p.item === item.id);
  return stage.step(
    PACK_MAKER,
    undefined,
    async () => known ?? client.call('createPassport', { body: { item: item.id }, signal }),
    ({ url }) => ({
      what: { ko: `배터리 여권을 만들었습니다: ${url}`, en: `made the battery passport: ${url}` },
      state: known ? 'already' : 'done',
    }),
  );
}

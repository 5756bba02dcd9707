import type { House } from './house.ts';

const AT_ONCE = 16;
const LAST_DAY = Date.UTC(2099, 0, 1);
const DAY = 86_400_000;

/**
 * Makes offers of one item, each with an access policy of its own: open until another day, every second one only to another partner, so that the
 * asker may see the other half.
 */
export async function seedOffers(provider: House, asker: string, count: number): Promise<void> {
  const id = 'cell';
  const item = { id, productIds: ['urn:bench:cell'], name: { ko: '셀', en: 'cell' }, declaredUnit: 'piece', massPerUnit: '1.2' };
  await provider.call('PUT', `/records/item/${id}`, item);
  const view = { kind: 'item', ids: [id], fields: 'whole' };
  let next = 0;
  const turns = async () => {
    for (let n = next++; n < count; n = next++) {
      const until = new Date(LAST_DAY - n * DAY).toISOString().slice(0, 10);
      const partners = n % 2 === 0 ? [asker] : ['did:web:another.example'];
      const access = { choices: { partners, until } };
      await provider.call('POST', '/offers', { title: `cell ${n}`, view, access, contract: { choices: { until } } });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, turns));
}

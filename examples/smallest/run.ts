import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { createClient } from '@madang/client/client.ts';
import type { ObtainView, RecordView } from '@madang/core/api/views.ts';

export interface Moved {
  readonly obtained: ObtainView;
  /** The record as the buyer now has it. */
  readonly record: RecordView;
}

/** Hosts a seller and a buyer and moves one record from the one to the other, under an agreement that allows it for quality alone. */
export async function moveOneRecord(url: string, hostKey: string): Promise<Moved> {
  const host = createClient({ url, key: hostKey });
  const suffix = randomBytes(3).toString('hex');
  const seller = await host.host('createParticipant', { body: { id: `seller-${suffix}`, name: 'Seller' } });
  const buyer = await host.host('createParticipant', { body: { id: `buyer-${suffix}`, name: 'Buyer' } });

  const sells = createClient({ url, key: seller.key });
  const buys = createClient({ url, key: buyer.key });
  const cap = { id: 'cap', name: { ko: '캡', en: 'cap' }, productIds: ['urn:example:cap'], declaredUnit: 'kilogram', massPerUnit: '1' };
  await sells.call('writeRecord', { params: { kind: 'item', id: cap.id }, body: cap });
  const { dataset } = await sells.call('createOffer', {
    body: {
      title: 'Cap',
      view: { kind: 'item', ids: [cap.id], fields: 'whole' },
      access: { choices: { partners: [buyer.did] } },
      contract: { choices: { partners: [buyer.did], purposes: ['quality'] } },
    },
  });

  await buys.call('putPartner', { body: { did: seller.did, name: 'Seller', shortName: 'seller', relation: 'supplier' } });
  const obtained = await buys.call('obtain', { body: { partner: seller.did, dataset, kind: 'item', purpose: 'quality' } });
  const record = await buys.call('record', { params: { kind: 'item', id: `${seller.did}#${cap.id}` } });
  return { obtained, record };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [url, hostKey] = process.argv.slice(2);
  if (!url || !hostKey) throw new Error('node examples/smallest/run.ts <address of the server> <host key>');
  const { obtained, record } = await moveOneRecord(url, hostKey);
  console.log(`${obtained.status} in ${obtained.took} ms under ${obtained.agreement}\n${JSON.stringify(record, null, 2)}`);
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { introduce, openNetwork, reaches, writeItem } from './network.ts';

test('two servers, each with its own database: a participant of one gets what a participant of the other offers', async () => {
  await using one = await openNetwork({ participants: ['maker'] });
  await using two = await openNetwork({ participants: ['supplier'] });
  const [maker, supplier] = [one.member('maker'), two.member('supplier')];
  await introduce(maker, [supplier]);
  const item = await writeItem(supplier);
  const anyone = { choices: {} };
  const offer = await supplier.client.call('createOffer', {
    body: { title: 'Part', view: { kind: 'item', ids: [item], fields: 'whole' }, access: anyone, contract: anyone },
  });
  const { status, records, negotiation } = await maker.client.call('obtain', {
    body: { partner: supplier.did, dataset: offer.dataset, kind: 'item' },
  });
  assert.equal(status, 'received');
  assert.equal(records[0]?.id, `${supplier.did}#${item}`);
  await reaches(maker, negotiation ?? '', 'FINALIZED');
});

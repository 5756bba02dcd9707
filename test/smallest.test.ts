import assert from 'node:assert/strict';
import { test } from 'node:test';
import { moveOneRecord } from '../examples/smallest/run.ts';
import { openNetwork } from './network.ts';

test('the smallest example moves one record between two participants of its own, under an agreement, and can be run again', async () => {
  await using network = await openNetwork({ participants: [] });
  const { obtained, record } = await moveOneRecord(network.url, network.hostKey);
  assert.equal(obtained.status, 'received');
  assert.equal(record.agreement, obtained.agreement);
  assert.equal(record.receivedFrom?.did, obtained.partner.did);
  assert.equal((record.body as { massPerUnit: string }).massPerUnit, '1');
  assert.equal((await moveOneRecord(network.url, network.hostKey)).obtained.status, 'received');
});

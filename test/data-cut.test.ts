import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { View } from '@madang/core/api/views.ts';
import {
  bytesOf,
  detail,
  offerView,
  openTwo,
  readSlowly,
  type SlowReader,
  type Two,
  transferOf,
  until,
  upload,
  writeItemOf,
} from './data.ts';
import { reaches } from './network.ts';

// An answer that is under way goes no further than the transfer, or its terms: it is cut within about a second.

/** What was in the reader's own buffers by then comes still; nothing else. */
const CUT_MS = 2_000;
const SIZE = 50 * 1024 * 1024;
const GROUPS = ['공급망'];

let two: Two;
let file: View;
let records: View;
before(async () => {
  two = await openTwo({ consumer: { reactions: { pull: async () => ({ result: 'done' }) } } });
  file = { kind: 'file', sha256: await upload(two.provider, bytesOf(SIZE) as Buffer<ArrayBuffer>) };
  // Some 50 MB of records: names may be long.
  const ids = Array.from({ length: 250 }, (_, i) => `long-${i}`);
  for (const id of ids) await writeItemOf(two.provider, id, '1', 'x'.repeat(100_000));
  records = { kind: 'item', ids, fields: 'whole' };
  await inGroup(GROUPS);
});
after(() => two?.[Symbol.asyncDispose]());

const inGroup = (groups: string[]) =>
  two.provider.client.call('putPartner', {
    body: { did: two.consumer.did, dsp: two.consumer.dsp, name: 'maker', shortName: 'maker', groups },
  });

interface Running {
  readonly mine: string;
  readonly theirs: string;
  readonly reader: SlowReader;
}

async function reading(view: View): Promise<Running> {
  const offer = await offerView(two.provider, view, { groups: GROUPS });
  const { mine, theirs } = await transferOf(two, offer, 'HttpData-PULL', 'STARTED');
  const { endpoint, authorization } = await two.consumer.client.call('dataAddress', { params: { id: mine } });
  const accept = view.kind === 'file' ? '*/*' : 'application/x-ndjson';
  const reader = await readSlowly(endpoint, { authorization, accept });
  assert.equal(reader.status, 200);
  await until(
    async () => reader.read,
    (bytes) => bytes > 500_000,
  );
  return { mine, theirs, reader };
}

const actAs = (who: 'provider' | 'consumer', id: string, action: 'suspend' | 'terminate' | 'complete') =>
  two[who].client.call('act', { params: { id }, body: { action } });

const ENDS: Record<string, (t: Running) => Promise<unknown>> = {
  'the provider suspends': ({ theirs }) => actAs('provider', theirs, 'suspend'),
  'the consumer suspends': ({ mine }) => actAs('consumer', mine, 'suspend'),
  'the provider terminates': ({ theirs }) => actAs('provider', theirs, 'terminate'),
  'the provider completes': ({ theirs }) => actAs('provider', theirs, 'complete'),
};

for (const kind of ['file', 'records'] as const)
  describe(`50 MB of ${kind}: an answer under way is cut off`, () => {
    for (const [what, end] of Object.entries(ENDS))
      test(`when ${what}`, async () => {
        const t = await reading(kind === 'file' ? file : records);
        await end(t);
        await sleep(CUT_MS);
        assert.equal(await t.reader.rest(), false);
      });

    test('when the terms end; both sides then know why', async () => {
      const t = await reading(kind === 'file' ? file : records);
      await inGroup([]);
      await sleep(CUT_MS);
      await inGroup(GROUPS);
      assert.equal(await t.reader.rest(), false);
      const [mine, theirs] = await Promise.all([
        reaches(two.consumer, t.mine, 'TERMINATED'),
        reaches(two.provider, t.theirs, 'TERMINATED'),
      ]);
      assert.deepEqual([mine.reasons[0]?.code, mine.reasons[0]?.because], ['group_not_named', 'rule']);
      assert.equal(theirs.reasons[0]?.code, 'group_not_named');
    });
  });

test('while the data are on their way the provider sees how far they are', async () => {
  const t = await reading(file);
  const { transfer } = await until(
    () => detail(two.provider, t.theirs),
    ({ transfer: now }) => (now?.progress?.bytes ?? 0) > 500_000 && (now?.progress?.rate ?? 0) > 0,
  );
  assert.equal(transfer?.progress?.total, SIZE);
  t.reader.close();
  await until(
    () => detail(two.provider, t.theirs),
    ({ transfer: now }) => now?.progress === null,
  );
});

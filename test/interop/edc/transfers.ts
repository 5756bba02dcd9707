import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { contentHash } from '@madang/core/canonical.ts';
import { offerItem, recordOf } from '../../network.ts';
import type { Checks } from './checks.ts';
import { agreedByEdc, agreedByUs } from './negotiations.ts';
import type { Scene } from './scene.ts';
import { holds, ours, until } from './waits.ts';

const TRANSFER = 'transferprocesses';
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** What EDC's data endpoint serves: see DataEndpointExtension.java. */
const THEIR_BYTES = Uint8Array.from({ length: 1_000_000 }, (_, i) => (i * i + Math.floor(i / 251)) & 255);
/** A file of ours, of other bytes. */
const OUR_BYTES = Uint8Array.from({ length: 1_000_000 }, (_, i) => (i * 7 + Math.floor(i / 1_009)) & 255);

/** EDC asks for the data of an agreement; its process id and ours, once both have started. */
async function startedByEdc({ edc, us, maker }: Scene, agreement: string): Promise<{ id: string; mine: string }> {
  const id = await edc.transfer(us, agreement);
  await edc.reaches(TRANSFER, id, 'STARTED');
  const { correlationId } = await edc.transferProcess(id);
  await ours(maker, correlationId, 'STARTED');
  return { id, mine: correlationId };
}

/** Fetches as EDC's operator does: with what the EDR says, as it stands there. */
async function fetchByEdr({ edc }: Scene, id: string): Promise<Response> {
  const { endpoint, authorization } = await until('an EDR', () => edc.edr(id).catch(() => undefined));
  assert.ok(typeof endpoint === 'string' && typeof authorization === 'string', 'endpoint and authorization stand in the EDR');
  return fetch(endpoint, { headers: { authorization } });
}

export async function checkTransfers({ check }: Checks, scene: Scene): Promise<void> {
  const { edc, maker, identities, connector } = scene;
  await check('transfer: EDC pulls records of ours, hash by hash the same', async () => {
    const offer = await offerItem(maker);
    const { id } = await startedByEdc(scene, await agreedByEdc(scene, offer.dataset));
    const answer = await fetchByEdr(scene, id);
    assert.equal(answer.status, 200);
    const { records } = (await answer.json()) as { records: { id: string; hash: string; body: unknown }[] };
    const mine = await maker.client.call('record', { params: { kind: 'item', id: recordOf(offer) } });
    assert.deepEqual(
      records.map(({ id: record, hash }) => [record, hash]),
      [[mine.id, await contentHash(mine.body)]],
    );
    assert.equal(await contentHash(records[0]?.body), records[0]?.hash);
  });
  const file = await check('transfer: EDC pulls a file of ours, byte by byte the same', async () => {
    const { sha256: hash } = await maker.client.call('putFile', { query: { name: 'bytes.bin' }, body: OUR_BYTES });
    assert.equal(hash, sha256(OUR_BYTES));
    const contract = { choices: {} };
    const offer = await maker.client.call('createOffer', {
      body: { title: 'File', view: { kind: 'file', sha256: hash }, access: contract, contract },
    });
    const started = await startedByEdc(scene, await agreedByEdc(scene, offer.dataset));
    const answer = await fetchByEdr(scene, started.id);
    assert.equal(answer.status, 200, await answer.clone().text());
    assert.equal(sha256(await answer.bytes()), hash);
    return started;
  });
  await check('transfer: EDC pauses and resumes it, with a fresh token', async () => {
    assert.ok(file, 'the transfer before');
    const before = await edc.edr(file.id);
    await edc.suspendTransfer(file.id, 'a pause');
    await edc.reaches(TRANSFER, file.id, 'SUSPENDED');
    holds((await ours(maker, file.mine, 'SUSPENDED')).reasons, 'a pause');
    const closed = await fetch(before.endpoint, { headers: { authorization: before.authorization } });
    assert.ok([401, 403].includes(closed.status), `the token of a paused transfer: ${closed.status}`);
    await edc.resumeTransfer(file.id);
    await ours(maker, file.mine, 'STARTED');
    await until('another token', async () =>
      (await edc.edr(file.id).catch(() => before)).authorization !== before.authorization ? true : undefined,
    );
    assert.equal((await fetchByEdr(scene, file.id)).status, 200);
  });
  await check('transfer: EDC ends it, its reason arrives, its token is dead', async () => {
    assert.ok(file, 'the transfer before');
    const { endpoint, authorization } = await edc.edr(file.id);
    await edc.endTransfer(file.id, 'enough');
    await edc.reaches(TRANSFER, file.id, 'TERMINATED');
    holds((await ours(maker, file.mine, 'TERMINATED')).reasons, 'enough');
    const closed = await fetch(endpoint, { headers: { authorization } });
    assert.ok([401, 403].includes(closed.status), `the token of an ended transfer: ${closed.status}`);
  });
  await check('transfer: we end it, EDC takes it and is told the reason', async () => {
    const { id, mine } = await startedByEdc(scene, await agreedByEdc(scene, (await offerItem(maker)).dataset));
    await maker.client.call('act', { params: { id: mine }, body: { action: 'terminate', reason: 'Stock is over' } });
    await ours(maker, mine, 'TERMINATED');
    await edc.reaches(TRANSFER, id, 'TERMINATED');
    const sent = identities.theirs.crossings.find(({ path }) => path.endsWith(`/transfers/${id}/termination`));
    assert.match(sent?.body ?? '', /"code":".+","reason":\[.*Stock is over/);
  });
  await check('transfer: we pull from EDC and keep a file, byte by byte the same', async () => {
    const agreement = await agreedByUs(scene, 'asset-1');
    const { id } = await maker.client.call('transfer', { body: { agreement } });
    const { transfer } = await ours(maker, id, 'COMPLETED');
    assert.deepEqual([transfer?.file?.size, transfer?.file?.sha256], [THEIR_BYTES.length, sha256(THEIR_BYTES)]);
    const content = await maker.client.call('fileContent', { params: { sha256: sha256(THEIR_BYTES) } });
    assert.equal(sha256(content), sha256(THEIR_BYTES));
    const theirs = await until('EDC’s transfer', async () => (await edc.transfers()).find(({ correlationId }) => correlationId === id));
    // It has a state of its own behind COMPLETED, and is soon there.
    await until('EDC’s end', async () =>
      /^(COMPLETED|DEPROVISION)/.test((await edc.transferProcess(theirs['@id'])).state) ? true : undefined,
    );
    assert.match(connector.log(), /data asked for with 3 token parts: 200/);
  });
}

import assert from 'node:assert/strict';
import { offerItem } from '../../network.ts';
import type { Checks } from './checks.ts';
import { type FoundOffer, many } from './management.ts';
import type { Scene } from './scene.ts';
import { holds, ours, until } from './waits.ts';

const AT_ONCE = 50;
const NEGOTIATION = 'contractnegotiations';

/** An offer of ours as EDC's operator finds it: one dataset asked for by its id. */
export async function found({ edc, us }: Scene, dataset: string): Promise<FoundOffer> {
  const described = await edc.dataset(us, dataset);
  return { dataset, policy: many(described.hasPolicy)[0] };
}

/** EDC negotiates an offer of ours to the end; the agreement's id. */
export async function agreedByEdc(scene: Scene, dataset: string): Promise<string> {
  const { edc, us } = scene;
  const id = await edc.negotiate(us, await found(scene, dataset));
  await edc.reaches(NEGOTIATION, id, 'FINALIZED');
  const { contractAgreementId, correlationId } = await edc.negotiation(id);
  const mine = await ours(scene.maker, correlationId, 'FINALIZED');
  assert.equal(mine.agreement, contractAgreementId);
  return contractAgreementId;
}

/** We negotiate an asset of EDC's to the end; the agreement's id. */
export async function agreedByUs({ maker, edc, identities }: Scene, dataset: string): Promise<string> {
  const { id } = await maker.client.call('negotiate', { body: { partner: identities.did, dataset } });
  const { agreement } = await ours(maker, id, 'FINALIZED');
  const theirs = await until('EDC’s negotiation', async () => (await edc.negotiations()).find(({ correlationId }) => correlationId === id));
  await edc.reaches(NEGOTIATION, theirs['@id'], 'FINALIZED');
  assert.equal(theirs.contractAgreementId, agreement);
  return agreement ?? '';
}

export async function checkCatalogues({ check }: Checks, { edc, us, maker, identities }: Scene): Promise<void> {
  await check('catalogue: we read EDC’s, also beside an asset without a rule', async () => {
    await edc.offer('asset-1');
    await edc.offer('asset-no-rule', []);
    const { datasets } = await maker.client.call('catalog', { body: { partner: identities.did } });
    const asset = datasets.find(({ id }) => id === 'asset-1');
    assert.equal(asset?.title, 'asset asset-1');
    assert.ok(asset.formats.includes('HttpData-PULL'), asset.formats.join());
    assert.ok(datasets.some(({ id }) => id === 'asset-no-rule'));
  });
  await check('catalogue: EDC reads ours, whole, by a filter and by pages', async () => {
    const [a, b] = [await offerItem(maker), await offerItem(maker)];
    const ids = async (query?: object) => many((await edc.catalog(us, query)).dataset).map((dataset) => dataset['@id']);
    const whole = await ids();
    assert.ok(whole.includes(a.dataset) && whole.includes(b.dataset));
    const criterion = { operandLeft: 'https://w3id.org/edc/v0.0.1/ns/id', operator: '=', operandRight: a.dataset };
    assert.deepEqual(await ids({ filterExpression: [criterion] }), [a.dataset]);
    const pages = [await ids({ offset: 0, limit: 1 }), await ids({ offset: 1, limit: 1 })];
    assert.deepEqual(new Set(pages.flat()), new Set([a.dataset, b.dataset]));
  });
  await check('catalogue: EDC reads one dataset of ours', async () => {
    const offer = await offerItem(maker);
    assert.equal((await edc.dataset(us, offer.dataset))['@id'], offer.dataset);
  });
}

export async function checkNegotiations(checks: Checks, scene: Scene): Promise<void> {
  const { check } = checks;
  const { edc, us, maker, identities } = scene;
  await check('negotiation: we with EDC, FINALIZED on both sides', () => agreedByUs(scene, 'asset-1'));
  await check('negotiation: EDC with us, FINALIZED on both sides', async () => agreedByEdc(scene, (await offerItem(maker)).dataset));
  await check('negotiation: EDC with us about an offer with conditions', async () => {
    const offer = await offerItem(maker, { contract: { until: '2030-12-31', partners: [identities.did] } });
    return agreedByEdc(scene, offer.dataset);
  });
  await check('negotiation: we refuse an asset whose rule we could not keep, with the reason', async () => {
    const constraint = {
      leftOperand: 'https://w3id.org/edc/v0.0.1/ns/inForceDate',
      operator: 'lteq',
      rightOperand: '2030-01-01T00:00:00Z',
    };
    await edc.offer('asset-in-force', [{ action: 'use', constraint: [constraint] }]);
    const refused = maker.client.call('negotiate', { body: { partner: identities.did, dataset: 'asset-in-force' } });
    await assert.rejects(refused, { code: 'policy_not_enforced' });
  });
  await check('negotiation: EDC ends it, its reason arrives', async () => {
    const offer = await offerItem(maker, { answer: 'manual' });
    const id = await edc.negotiate(us, await found(scene, offer.dataset));
    await edc.reaches(NEGOTIATION, id, 'REQUESTED');
    const { correlationId } = await edc.negotiation(id);
    await edc.endNegotiation(id, 'no longer wanted');
    await edc.reaches(NEGOTIATION, id, 'TERMINATED');
    holds((await ours(maker, correlationId, 'TERMINATED')).reasons, 'no longer wanted');
  });
  await check('negotiation: we end it, EDC takes it and is told the reason', async () => {
    const offer = await offerItem(maker, { answer: 'manual' });
    const id = await edc.negotiate(us, await found(scene, offer.dataset));
    await edc.reaches(NEGOTIATION, id, 'REQUESTED');
    const { correlationId } = await edc.negotiation(id);
    await maker.client.call('act', { params: { id: correlationId }, body: { action: 'terminate', reason: 'Not this year' } });
    await ours(maker, correlationId, 'TERMINATED');
    await edc.reaches(NEGOTIATION, id, 'TERMINATED');
    const sent = identities.theirs.crossings.find(({ path }) => path.endsWith(`/negotiations/${id}/termination`));
    assert.equal(sent?.answer?.status, 200);
    assert.match(sent?.body ?? '', /"code":".+","reason":\[.*Not this year/);
  });
  await check('negotiation: a condition that EDC does not meet ends it, with the reason', async () => {
    const offer = await offerItem(maker, { contract: { purposes: ['quality'] } });
    const id = await edc.negotiate(us, await found(scene, offer.dataset));
    await edc.reaches(NEGOTIATION, id, 'TERMINATED');
    const { correlationId } = await edc.negotiation(id);
    const { reasons } = await ours(maker, correlationId, 'TERMINATED');
    assert.equal(reasons[0]?.code, 'purpose_missing');
  });
  await check(`negotiation: ${AT_ONCE} at once, we with EDC, none lost`, async () => {
    const body = { partner: identities.did, dataset: 'asset-1' };
    const asked = await Promise.all(Array.from({ length: AT_ONCE }, () => maker.client.call('negotiate', { body })));
    await allFinalized(
      scene,
      asked.map(({ id }) => id),
    );
  });
  await check(`negotiation: ${AT_ONCE} at once, EDC with us, none lost`, async () => {
    const offer = await found(scene, (await offerItem(maker)).dataset);
    const asked = await Promise.all(Array.from({ length: AT_ONCE }, () => edc.negotiate(us, offer)));
    const known = await until('ids of both sides', async () => {
      const mine = (await edc.negotiations()).filter((n) => asked.includes(n['@id']));
      return mine.every(({ correlationId }) => correlationId) ? mine : undefined;
    });
    await allFinalized(
      scene,
      known.map(({ correlationId }) => correlationId),
    );
  });
}

/** Both sides say FINALIZED of each, by our ids, and hold the same agreement. */
async function allFinalized({ maker, edc }: Scene, ids: readonly string[]): Promise<void> {
  assert.equal(new Set(ids).size, AT_ONCE);
  let open: unknown[] = [];
  await until(
    'all FINALIZED',
    async () => {
      const { exchanges } = await maker.client.call('exchanges', { query: { protocol: 'negotiation', limit: 500 } });
      const mine = new Map(exchanges.map((exchange) => [exchange.id, exchange]));
      const theirs = new Map((await edc.negotiations()).map((negotiation) => [negotiation.correlationId, negotiation]));
      open = ids
        .filter(
          (id) =>
            mine.get(id)?.state !== 'FINALIZED' ||
            theirs.get(id)?.state !== 'FINALIZED' ||
            mine.get(id)?.agreement !== theirs.get(id)?.contractAgreementId,
        )
        .map((id) => [id, mine.get(id)?.state, theirs.get(id)?.state, theirs.get(id)?.errorDetail]);
      return open.length === 0 ? true : undefined;
    },
    () => open,
  );
}

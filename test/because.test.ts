import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { ExchangeDetail } from '@madang/core/api/views.ts';
import * as build from '@madang/core/dsp/build.ts';
import { newUrn } from '@madang/core/id.ts';
import { agreementFor, type Counterparty, openCounterparty } from './counterparty.ts';
import { exchangeAbout, introduce, type Member, offerItem, reaches } from './network.ts';

// Why an exchange ended: a rule of the policy, a person, or a fault can be told apart, on both sides and from connectors of another make.

let party: Counterparty;
let maker: Member;
let supplier: Member;
before(async () => {
  party = await openCounterparty();
  ({ maker, supplier } = party);
  await introduce(maker, [supplier]);
});
after(() => party?.[Symbol.asyncDispose]());

/** The same negotiation at both ends, once it has ended. */
async function bothEnds(id: string, dataset: string): Promise<readonly [ExchangeDetail, ExchangeDetail]> {
  const theirs = await exchangeAbout(supplier, dataset);
  return Promise.all([reaches(maker, id, 'TERMINATED'), reaches(supplier, theirs.id, 'TERMINATED')]);
}
const ask = async (dataset: string) => (await maker.client.call('negotiate', { body: { partner: supplier.did, dataset } })).id;
const shown = ({ reasons, steps }: ExchangeDetail) => [reasons[0]?.because, reasons[0]?.code, steps.at(-1)?.reasons[0]?.because];

test('a clause that does not hold is a rule, at both ends, with what would change it', async () => {
  const { dataset } = await offerItem(supplier, { contract: { members: true } });
  for (const end of await bothEnds(await ask(dataset), dataset)) {
    assert.deepEqual(shown(end), ['rule', 'membership_missing', 'rule']);
    assert.ok(end.reasons[0]?.change?.ko && end.reasons[0].clause);
  }
});

test('what a person ends is a decision, with the words of that person', async () => {
  for (const reason of ['올해는 거래하지 않습니다.', undefined]) {
    const { dataset } = await offerItem(supplier, { answer: 'manual' });
    const id = await ask(dataset);
    const theirs = await exchangeAbout(supplier, dataset);
    await supplier.client.call('act', { params: { id: theirs.id }, body: { action: 'terminate', ...(reason ? { reason } : {}) } });
    for (const end of await bothEnds(id, dataset)) {
      assert.deepEqual(shown(end), ['decision', 'by_hand', 'decision']);
      assert.match(end.reasons[0]?.text.ko ?? '', reason ? /올해는/ : /담당자가 정했습니다/);
    }
  }
});

test('what does not fit is a fault, and the other side hears code and both languages', async () => {
  const { id: consumerPid, providerPid } = await party.asked();
  party.answer = () => ({ status: 200 });
  const agreement = agreementFor(party, newUrn()) as never;
  const body = build.contractAgreement({ id: newUrn(), consumerPid, providerPid, agreement });
  assert.equal((await party.stranger.signed(maker, { path: `/negotiations/${consumerPid}/agreement`, body })).status, 200);
  assert.deepEqual(shown(await reaches(maker, consumerPid, 'TERMINATED')), ['fault', 'agreement_differs', 'fault']);
  const heard = await party.stranger.hears('ContractNegotiationTerminationMessage');
  assert.equal(heard.body.code, 'agreement_differs');
  assert.deepEqual(
    heard.body.reason.slice(0, 2).map((entry: Record<string, string>) => entry['@language']),
    ['ko', 'en'],
  );
});

describe('what a connector of another make says', () => {
  const cases = [
    [{ code: 'closed', reason: ['We are closed.'] }, 'fault', /We are closed/],
    [{ code: '1', reason: [{ '@value': 'Nicht erlaubt', '@language': 'de' }] }, 'fault', /Nicht erlaubt/],
    [{ code: 'PolicyViolation', reason: [{ '@value': 'Policy not fulfilled' }] }, 'rule', /Policy not fulfilled/],
    [{ reason: [{ message: 'gone', status: 5 }] }, 'fault', /gone/],
    [{ code: 'only-a-code' }, 'fault', /only-a-code/],
  ] as const;
  for (const [why, because, text] of cases)
    test(JSON.stringify(why), async () => {
      const { id: consumerPid, providerPid } = await party.asked();
      const head = { id: newUrn(), consumerPid, providerPid };
      const { code: _, reason: __, ...bare } = build.contractNegotiationTermination({ ...head, code: '', reason: [''] });
      const body = { ...bare, ...why };
      assert.equal((await party.stranger.signed(maker, { path: `/negotiations/${consumerPid}/termination`, body })).status, 200);
      const end = await reaches(maker, consumerPid, 'TERMINATED');
      assert.equal(end.reasons[0]?.because, because);
      for (const lang of ['ko', 'en'] as const) assert.match(end.reasons[0]?.text[lang] ?? '', text);
    });
});

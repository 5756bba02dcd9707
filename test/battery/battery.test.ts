import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { ApiError, type Client } from '@madang/client/client.ts';
import type { PassportView } from '@madang/core/api/views.ts';
import { round } from '@madang/core/decimal.ts';
import { COMPANIES } from '../../examples/battery/run/chain.ts';
import type { RunResult, Step } from '../../examples/battery/run/run.ts';
import { type Network, openNetwork } from '../network.ts';
import { AGREEMENTS, clientsOf, HOPS, leftBy, PACK, type Rehearsal, rehearse } from './run.ts';

/** One undisturbed run that the tests look at. */
let network: Network;
let rehearsal: Rehearsal;
let result: RunResult;
let clients: Map<string, Client>;
const client = (id: string) => clients.get(id)!;

before(async () => {
  network = await openNetwork({ participants: [] });
  rehearsal = await rehearse(network);
  result = await rehearsal.run();
  clients = clientsOf(network.url, result.participants);
});
after(async () => {
  await rehearsal[Symbol.asyncDispose]();
  await network[Symbol.asyncDispose]();
});

test('every hop has its figure, and what the next tier got is that figure without what is in it', async () => {
  assert.deepEqual(result.footprint, PACK);
  assert.equal(result.participants.length, 12);
  const seen = new Set<string>();
  for (const { id, customers } of COMPANIES) {
    const { did } = result.participants.find((p) => p.id === id)!;
    for (const own of (await client(id).call('footprints')).footprints.filter((f) => f.receivedFrom === null)) {
      const product = Object.keys(HOPS).find((p) => own.item.endsWith(p))!;
      seen.add(product);
      assert.equal(round(own.total, 3, 'half_up'), HOPS[product], `${id}: ${product}`);
      for (const customer of customers.filter((c) => c !== 'westkai')) {
        const { footprints } = await client(customer).call('footprints');
        const got = footprints.filter((f) => f.receivedFrom?.did === did && f.item.endsWith(product));
        assert.deepEqual(
          got.map((f) => [f.total, f.contributions.length]),
          [[own.total, 0]],
          `${customer} has ${product} once`,
        );
      }
    }
  }
  assert.deepEqual([...seen].sort(), Object.keys(HOPS).sort());
});

test('each agreement is there once, and the importer has the passport but not the footprint record', async () => {
  for (const [id, count] of Object.entries(AGREEMENTS)) {
    const mine = (await client(id).call('agreements')).agreements.filter((a) => a.role === 'consumer');
    assert.equal(mine.length, count, id);
    assert.equal(new Set(mine.map((a) => a.dataset)).size, count, id);
  }
  assert.deepEqual((await client('westkai').call('footprints')).footprints, []);
  assert.equal((await client('westkai').call('records', { params: { kind: 'passport' } })).records.length, 1);
});

test('the passport is public, with the footprint of the chain', async () => {
  const passport = (await (await fetch(result.passport.json)).json()) as PassportView;
  assert.equal(passport.audience, 'public');
  assert.equal(passport.footprint?.total, round(PACK.perKwh, 4, 'half_even'));
  assert.ok(passport.values.every((v) => v.access === 'P'));
});

test('what is late and what is refused is told as it is: the clerk agrees after a while, the credential opens the door', () => {
  const story = rehearsal.steps
    .filter(({ who, whom }) => [who, whom].includes('nurideul'))
    .map((s) => `${s.who} ${s.whom ?? ''} ${s.state}`);
  const at = (line: string) => {
    const found = story.indexOf(line);
    assert.notEqual(found, -1, `${line}\n${story.join('\n')}`);
    return found;
  };
  assert.ok(at('nurideul bareum refused') < at('madang-operator nurideul done'));
  assert.ok(at('madang-operator nurideul done') < at('nurideul bareum done'));
  assert.ok(at('nurideul ara waiting') < at('ara nurideul done'));
  assert.ok(at('ara nurideul done') < at('nurideul ara done'));
  const refused = rehearsal.steps.find((s) => s.state === 'refused')!;
  assert.match(refused.what.ko, /회원 자격이 유효한 기업.*회원 증명서를 발급받아.*운영기관.*\$\.permission/s);
});

test('who got totals learned nothing of the tiers behind them', async () => {
  const { records } = await client('garam').call('records', { params: { kind: 'footprint' } });
  const seen = JSON.stringify(records.filter((r) => r.receivedFrom));
  for (const word of ['daon', '다온', 'bareum', '바름', 'raon', '라온', 'cathode', '28.706', '22.143'])
    assert.ok(!seen.includes(word), word);
});

test('a second run finds everything as it is and changes nothing', async () => {
  const before = await leftBy(clients);
  const count = rehearsal.steps.length;
  assert.deepEqual({ ...(await rehearsal.run()), took: 0 }, { ...result, took: 0 });
  assert.deepEqual(
    rehearsal.steps.slice(count).filter((s) => s.state !== 'already'),
    [],
  );
  assert.deepEqual(await leftBy(clients), before);
});

test('a run that is stopped in the middle, again and again, and then run to its end, ends as an undisturbed one', async () => {
  await using disturbed = await openNetwork({ participants: [] });
  await using other = await rehearse(disturbed);
  const told = (who: string, state: string) => (steps: readonly Step[]) => steps.at(-1)!.who === who && steps.at(-1)!.state === state;
  const cuts = [
    (steps: readonly Step[]) => steps.length === 5,
    told('saegyeol', 'done'),
    told('daon', 'done'),
    told('nurideul', 'refused'),
    told('nurideul', 'waiting'),
    told('madang-operator', 'done'),
    told('garam', 'done'),
    told('nordhafen', 'done'),
  ];
  for (const cut of cuts) await other.run(cut).catch((error: Error) => assert.equal(error.message, 'stopped by the test'));
  const last = await other.run();
  assert.deepEqual(last.footprint, PACK);
  const expected = await leftBy(clients);
  const left = await leftBy(clientsOf(disturbed.url, last.participants));
  for (const [id, all] of Object.entries(expected)) assert.deepEqual(left[id], all, id);
});

test('keys that were lost are told, with what to do', async () => {
  await using taken = await openNetwork({ participants: ['raon'] });
  await using other = await rehearse(taken);
  await assert.rejects(other.run(), (error: unknown) => {
    assert.ok(error instanceof ApiError && error.code === 'participant_exists');
    assert.match(error.text.ko, /demo\.json/);
    return true;
  });
});

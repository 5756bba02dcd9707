import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, createClient } from '@madang/client/client.ts';
import { AGREEMENTS, clientsOf, HOPS, PACK } from './battery/run.ts';
import { dice } from './dice.ts';
import { type House, offerItem, openPair, settled } from './houses.ts';
import { type DataFolder, dataFolder, type Program, type Ready, start } from './process.ts';

const EXAMPLE = ['--json'];

/** What the interface says of the finished run, at every participant. */
async function isWhole({ url, participants, passport }: Ready): Promise<void> {
  const clients = clientsOf(url, participants);
  const of = (id: string) => clients.get(id) as Client;
  for (const [id, count] of Object.entries(AGREEMENTS)) {
    const mine = (await of(id).call('agreements')).agreements.filter(({ role }) => role === 'consumer');
    assert.deepEqual([mine.length, new Set(mine.map(({ dataset }) => dataset)).size], [count, count], id);
  }
  const pack = await of('garam').call('footprint', { params: { id: 'garam-pack-80' } });
  assert.equal(Number(pack.total).toFixed(3), HOPS['garam-pack-80']);
  assert.equal((await of('garam').call('passports')).passports.length, 1);
  const shown = (await (await fetch(passport!.json)).json()) as { footprint: { total: string } };
  assert.equal(Number(shown.footprint.total).toFixed(2), '88.81');
  assert.equal(Number(PACK.perKwh).toFixed(2), '88.81');
}

/** What the tables say, over all participants. */
async function isSingle(folder: DataFolder): Promise<void> {
  await folder.look(async (sql) => {
    const none = (rows: readonly object[], what: string) => assert.deepEqual([...rows], [], what);
    none(await sql`select participant, kind, id from record where version > 1`, 'a second version of what never changed');
    none(await sql`select participant, title from offer group by participant, title having count(*) > 1`, 'an offer twice');
    none(
      await sql`select participant, peer, dataset from agreement group by participant, role, peer, dataset having count(*) > 1`,
      'an agreement twice',
    );
    const twice = await sql`
      select participant, peer, dataset from exchange where protocol = 'negotiation' and state <> 'TERMINATED'
      group by participant, role, peer, dataset having count(*) > 1`;
    none(twice, 'a negotiation twice');
    none(await sql`select participant, id, state from exchange where state not in ('FINALIZED', 'COMPLETED', 'TERMINATED')`, 'left open');
    const apart = await sql`
      select c.participant, c.id, c.state, p.state as other, c.agreement, p.agreement as others
      from exchange c left join exchange p on p.id = c.peer_pid and p.peer_pid = c.id
      where c.role = 'consumer' and (p.state is distinct from c.state or p.agreement is distinct from c.agreement)`;
    none(apart, 'two ends that do not agree');
    const [made] = await sql`
      select count(*) filter (where kind = 'footprint' and received_from is null)::int as footprints,
             count(*) filter (where kind = 'passport')::int as passports from record`;
    assert.deepEqual(
      { ...made },
      { footprints: 10, passports: 3 },
      'ten products; the passport of one pack, at its maker and two customers',
    );
    for (let tries = 0; (await sql`select from outbox`).length > 0; tries++) {
      assert.ok(tries < 100, 'the outbox never emptied');
      await sleep(50);
    }
  });
}

suite('kill -9 at random moments of the example, start again: it ends with 88.81 kg per kWh and nothing is doubled', () => {
  for (const seed of [1, 2])
    test(`seed ${seed}`, async () => {
      await using folder = await dataFolder();
      const random = dice(seed);
      for (let round = 0; round < 3; round++) {
        await using program = start({ folder: folder.path, args: EXAMPLE });
        const steps = round === 0 ? Math.floor(random() * 60) : Math.floor(random() * 12);
        const pause = random() * 60;
        const withDatabase = random() < 0.3;
        const whole = await Promise.race([program.says(/ [✔✖…] /, steps + 1), program.ready.then(() => 'ready')]);
        if (whole === 'ready') break;
        await sleep(pause);
        const lock = folder.database();
        if (withDatabase && lock) process.kill(lock.pid, 'SIGKILL');
        await program.end('SIGKILL');
      }
      await using last = start({ folder: folder.path, args: EXAMPLE });
      await isWhole(await last.ready);
      await isSingle(folder);
      assert.deepEqual(await last.end('SIGINT'), { code: 0, signal: null });
    });
});

const killDatabase = (folder: DataFolder) => process.kill(folder.database()!.pid, 'SIGKILL');

/** Takes changes again within 20 s; until then it answers only with the registry's 503. */
async function recovers({ client }: Pick<House, 'client'>): Promise<void> {
  for (const end = Date.now() + 20_000; ; await sleep(100)) {
    try {
      await client.call('setTrust', { body: { operators: [] } });
      return;
    } catch (error) {
      const { code, status } = error as { code: string; status: number };
      assert.deepEqual([code, status], ['unavailable', 503]);
      assert.ok(Date.now() < end, 'it did not recover');
    }
  }
}

test('the database killed under the running program: a clear error at most, then it goes on, and so does what was on its way', async () => {
  await using pair = await openPair();
  const { provider, consumer } = pair;
  const before = await offerItem(provider);
  killDatabase(provider.folder);
  await recovers(provider);
  await consumer.client.call('negotiate', { body: { partner: provider.me.did, dataset: before.dataset } });
  await settled(consumer, before.dataset, 'negotiation', 'FINALIZED');

  for (const victim of [provider, consumer]) {
    const offer = await offerItem(provider);
    const arrives = ({ path }: { path: string }) => path.endsWith('/agreement');
    const killed = pair.at({ matches: arrives, when: 'before' }, async () => void killDatabase(victim.folder));
    await consumer.client.call('negotiate', { body: { partner: provider.me.did, dataset: offer.dataset } });
    await killed;
    await recovers(victim);
    await settled(consumer, offer.dataset, 'negotiation', 'FINALIZED');
    await settled(provider, offer.dataset, 'negotiation', 'FINALIZED');
  }
  for (const house of [provider, consumer]) assert.doesNotMatch(house.program().err, /unexpected|unhandled/i);
});

test('the database killed in the middle of the example: the run goes on or ends with a sentence, and the next start ends it', async () => {
  await using folder = await dataFolder();
  for (const moment of [/Raon Precursor: bom.csv/, /Nurideul Cell → Ara Electrolyte: waiting/]) {
    await using program: Program = start({ folder: folder.path, args: EXAMPLE });
    await program.says(moment);
    killDatabase(folder);
    const how = await Promise.race([program.ready.catch(() => undefined), program.ended]);
    if (how && 'url' in how) continue;
    assert.deepEqual(await program.ended, { code: 1, signal: null });
    assert.match(program.err, /예제가 끝까지 가지 못했습니다: .*다시 시작하면 이어서 합니다/);
    assert.doesNotMatch(program.err, /^\s+at /m);
  }
  await using last = start({ folder: folder.path, args: EXAMPLE });
  const ready = await last.ready;
  await isWhole(ready);
  await isSingle(folder);
  const host = createClient({ url: ready.url });
  assert.equal((await host.host('status')).participants, 12);
});

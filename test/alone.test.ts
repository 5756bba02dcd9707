import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import * as build from '@madang/core/dsp/build.ts';
import { newUrn } from '@madang/core/id.ts';
import { connect, type Sql } from '@madang/server/db/connect.ts';
import { type Counterparty, described, openCounterparty } from './counterparty.ts';

// One program serves a database: one that has lost its hold, because the server was restarted or replaced, sends nothing until it has it again.

let party: Counterparty;
let owner: Sql;
before(async () => {
  party = await openCounterparty();
  owner = connect(party.network.database.owner);
});
after(async () => {
  await owner?.end({ timeout: 1 });
  await party?.[Symbol.asyncDispose]();
});

const hold = () => party.network.server.context.store.hold;
const cut = () => owner`
  select pg_terminate_backend(l.pid) from pg_locks l join pg_database d on d.oid = l.database
  where l.locktype = 'advisory' and l.granted and d.datname = current_database()`;
async function until(what: string, ready: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 15_000; !(await ready()); await sleep(20)) assert.ok(Date.now() < end, what);
}

test('a hold whose session breaks is taken again', async () => {
  const { term } = hold();
  await cut();
  await until('lost', () => hold().term > term || !hold().isHeld);
  await until('held again', () => hold().isHeld);
  assert.equal(hold().term, term + 1);
});

test('while another program holds the database nothing is taken in or sent; then all that waits is', async () => {
  const [dataset, providerPid] = [newUrn(), newUrn()];
  let isAway = true;
  let tries = 0;
  party.answer = ({ method, body }) => {
    if (method === 'GET') return { status: 200, json: described(dataset) };
    tries++;
    return isAway
      ? { status: 503 }
      : { status: 201, json: build.contractNegotiation({ consumerPid: body.consumerPid, providerPid, state: 'REQUESTED' }) };
  };
  const { id } = await party.maker.client.call('negotiate', { body: { partner: party.stranger.did, dataset } });
  await until('tried', () => tries > 2);

  // The other program waits for it, as at its start, and so is the first to get it.
  const other = connect(party.network.database.owner);
  const taken = other`select pg_advisory_lock(hashtext('madang server'))`.execute();
  await until('the other waits', async () => (await owner`select from pg_locks where locktype = 'advisory' and not granted`).length > 0);
  await cut();
  await taken;
  await until('lost', () => !hold().isHeld);
  isAway = false;
  const [before, term] = [tries, hold().term];
  await sleep(1_500);
  assert.deepEqual([tries, hold().isHeld], [before, false]);
  await assert.rejects(party.maker.client.call('negotiate', { body: { partner: party.stranger.did, dataset } }), { code: 'unavailable' });
  const body = build.contractNegotiationTermination({ id: newUrn(), consumerPid: id, providerPid, code: 'x', reason: ['x'] });
  assert.equal((await party.stranger.signed(party.maker, { path: `/negotiations/${id}/termination`, body })).status, 503);
  assert.equal((await party.maker.client.call('exchange', { params: { id } })).state, 'REQUESTED', 'it can be looked at');

  // What the other program has stored and not sent.
  await owner.begin(async (sql) => {
    await sql`select set_participant('maker')`;
    await sql`
      insert into exchange (participant, id, protocol, role, peer, peer_pid, peer_address, state, dataset, title, content, steps)
      select participant, 'of the other', protocol, role, peer, 'theirs', peer_address, 'TERMINATED', dataset, title, content, 1 from exchange where id = ${id}`;
    const message = build.contractNegotiationTermination({
      id: newUrn(),
      consumerPid: 'of the other',
      providerPid: 'theirs',
      code: 'x',
      reason: ['x'],
    });
    await sql`
      insert into outbox (participant, id, exchange, kind, path, body, from_state, to_state)
      values ('maker', 'left', 'of the other', 'message', '/negotiations/:pid/termination', ${sql.json(message as never)}, 'REQUESTED', 'TERMINATED')`;
  });
  await other.end({ timeout: 0 });
  await until('held again', () => hold().isHeld);
  assert.equal(hold().term, term + 1);
  await until('sent', () => tries > before);
  await until('what the other left', () => party.stranger.heard.some(({ body: b }) => b?.consumerPid === 'of the other'));
  await until('delivered', async () =>
    (await party.maker.client.call('exchange', { params: { id } })).steps.every(({ pending }) => pending === null),
  );
  assert.equal(party.stranger.heard.filter(({ body: b }) => b?.consumerPid === 'of the other').length, 1);
});

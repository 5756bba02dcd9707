import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { House } from './house.ts';
import type { Round } from './round.ts';

const LONGEST_MS = 90_000;

interface End {
  readonly house: string;
  readonly id: string;
  readonly protocol: string;
  readonly role: string;
  readonly peer: string;
  readonly peer_pid: string | null;
  readonly state: string;
  readonly agreement: string | null;
}

interface Kept {
  readonly ends: End[];
  readonly agreements: { readonly id: string; readonly negotiation: string; readonly document: object }[];
  readonly records: { readonly versions: number; readonly hash: string; readonly id: string }[];
  readonly waiting: number;
  readonly letters: object[];
}

/** What a house has of a round, read past its program. */
const keptBy = (house: House, { offers }: Round): Promise<Kept> =>
  house.folder.look(async (sql) => {
    const datasets = offers.map(({ dataset }) => dataset);
    const items = offers.map(({ view }) => (view.kind === 'item' ? view.ids[0] : undefined) ?? '');
    return {
      ends: await sql<End[]>`
        select ${house.me.id} as house, id, protocol, role, peer, peer_pid, state, agreement from exchange where dataset = any(${datasets})`,
      agreements: await sql<Kept['agreements']>`select id, negotiation, document from agreement where dataset = any(${datasets})`,
      records: await sql<Kept['records']>`
        select count(*)::int as versions, min(hash) as hash, split_part(id, '#', 2) as id from record
        where kind = 'item' and received_from is not null and split_part(id, '#', 2) = any(${items}) group by id`,
      waiting: (await sql`select from outbox`).length,
      letters: [...(await sql`select exchange, message, reasons from dead_letter`)],
    };
  });

const isOver = ({ state }: End) => ['FINALIZED', 'COMPLETED', 'TERMINATED'].includes(state);

/** Waits until nothing is under way any more, then holds both ends of everything against each other. Throws with what does not fit. */
export async function judge(houses: readonly House[], round: Round): Promise<{ negotiations: number; transfers: number }> {
  let all: Kept[] = [];
  for (const end = Date.now() + LONGEST_MS; ; await sleep(200)) {
    // PostgreSQL may be on its way up again.
    all = await Promise.all(houses.map((house) => keptBy(house, round))).catch(() => []);
    if (all.length > 0 && all.every(({ ends, waiting }) => waiting === 0 && ends.every(isOver))) break;
    if (Date.now() > end) {
      const open = all.flatMap(({ ends, waiting }) => [
        `${waiting} in the outbox`,
        ...ends.filter((one) => !isOver(one)).map((one) => JSON.stringify(one)),
      ]);
      throw new Error(`stuck after ${LONGEST_MS / 1000} s:\n${open.slice(0, 40).join('\n')}`);
    }
  }
  assert.deepEqual(
    all.flatMap(({ letters }) => letters),
    [],
    'given up or refused',
  );
  const ends = new Map(all.flatMap((kept) => kept.ends).map((end) => [`${end.house} ${end.id}`, end]));
  const houseOf = new Map(houses.map(({ me }) => [me.did, me.id]));
  for (const end of ends.values()) {
    assert.equal(end.state, end.protocol === 'negotiation' ? 'FINALIZED' : 'COMPLETED', JSON.stringify(end));
    const other = ends.get(`${houseOf.get(end.peer)} ${end.peer_pid}`);
    assert.ok(other, `no other end: ${JSON.stringify(end)}`);
    assert.deepEqual([other.peer_pid, other.state, other.agreement], [end.id, end.state, end.agreement], JSON.stringify([end, other]));
    assert.notEqual(other.role, end.role);
  }
  for (const { house, id } of round.acknowledged) assert.ok(ends.has(`${house.me.id} ${id}`), `lost: ${house.me.id} ${id}`);
  agreementsFit(all, [...ends.values()]);
  recordsFit(all, houses.length);
  for (const house of houses) assert.equal(house.complaints(), '', `errors of ${house.me.id}`);
  const count = (protocol: string) => [...ends.values()].filter((end) => end.protocol === protocol && end.role === 'consumer').length;
  return { negotiations: count('negotiation'), transfers: count('transfer') };
}

/** Each negotiation has one agreement on each side, with the same id and the same document. */
function agreementsFit(all: readonly Kept[], ends: readonly End[]): void {
  const sides = Map.groupBy(
    all.flatMap(({ agreements }) => agreements),
    ({ id }) => id,
  );
  for (const [id, { length }, documents] of [...sides].map(([id, list]) => [id, list, list.map(({ document }) => document)] as const)) {
    assert.equal(length, 2, `agreement ${id} stands ${length} times`);
    assert.deepEqual(documents[0], documents[1], `agreement ${id}`);
  }
  const negotiations = ends.filter(({ protocol }) => protocol === 'negotiation');
  assert.equal(sides.size * 2, negotiations.length, 'negotiations and agreements');
}

/** However often it was fetched, each house has each item of the others once, and the same. */
function recordsFit(all: readonly Kept[], houses: number): void {
  for (const { records } of all) {
    assert.ok(records.length <= houses - 1);
    for (const record of records) assert.equal(record.versions, 1, `${record.id} was stored ${record.versions} times`);
  }
  for (const same of Map.groupBy(
    all.flatMap(({ records }) => records),
    ({ id }) => id,
  ).values())
    assert.equal(new Set(same.map(({ hash }) => hash)).size, 1);
}

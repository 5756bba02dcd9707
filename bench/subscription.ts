import { setTimeout as sleep } from 'node:timers/promises';
import type { ExchangeDetail } from '@madang/core/api/views.ts';
import type { Sql } from '@madang/server/db/connect.ts';
import type { Bench } from './bench.ts';
import { openDatabase } from './database.ts';
import { allOf, atLeast, atMost, type Figure } from './figure.ts';
import { agreeOn } from './product/file.ts';
import { openSides, PROVIDER, task } from './product/setup.ts';
import { percentile } from './statistics.ts';

const FULL = 10_000;
const QUICK = 500;
const RATE = 1000;
const ITEMS = 50;
/** Milliseconds for what is still on the way when the last version was written. */
const PATIENCE = 30_000;

interface Version {
  readonly id: string;
  readonly version: number;
  /** Milliseconds since 1970, of the transaction that wrote it. */
  readonly at: number;
}

/**
 * A subscription to 50 records, of which 1,000 versions a second are written at an even pace, each in a transaction of its own. The delay of a version
 * is from the provider's transaction to the consumer's, by the clock of the one database server.
 */
export async function measureSubscription(bench: Bench): Promise<Figure[]> {
  const count = bench.quick ? QUICK : FULL;
  const database = bench.use(await openDatabase(bench.folder('database')));
  const { consumer, provider } = await openSides(bench, database, 'subscription', { provider: { asks: true } });
  const items = Array.from({ length: ITEMS }, (_, n) => `cell-${n}`);
  const write = await task(provider.server, { house: PROVIDER, task: 'write', given: { items, rate: RATE } });
  await write(ITEMS, 1);
  const agreement = await agreeOn(consumer.house, provider.house, { kind: 'item', ids: items, fields: 'whole' });
  const { id } = await consumer.house.call<ExchangeDetail>('POST', '/transfers', { agreement, format: 'HttpStream-PULL' });
  await arrived(consumer.sql, ITEMS);

  bench.say(`subscription: ${count} versions, ${RATE} a second`);
  const run = await write(count, 1);
  await arrived(consumer.sql, ITEMS + count);
  const [sent, got] = [await versions(provider.sql), await versions(consumer.sql)];
  const open = await consumer.house.call<ExchangeDetail>('GET', `/exchanges/${encodeURIComponent(id)}`);
  if (open.state !== 'STARTED') throw new Error(`the subscription is ${open.state}`);

  const key = (v: Version) => `${v.id.split('#').at(-1)} ${v.version}`;
  const sentAt = new Map(sent.map((v) => [key(v), v.at]));
  const delays = got.slice(ITEMS).map((v) => v.at - (sentAt.get(key(v)) ?? Number.NEGATIVE_INFINITY));
  const inOrder = got.filter((v, n) => sent[n] !== undefined && key(v) === key(sent[n])).length;
  const name = (ko: string, en: string) => ({ ko: `구독, 초당 1,000판: ${ko}`, en: `subscription, 1,000 versions a second: ${en}` });
  return [
    {
      id: 'subscription.rate',
      name: name('쓴 속도', 'written'),
      value: (1000 * count) / run.total,
      unit: '/s',
      target: atLeast('value', 0.95 * RATE),
    },
    { id: 'subscription.p50', name: name('지연 중앙값', 'delay, median'), value: percentile(delays, 0.5), unit: 'ms' },
    {
      id: 'subscription.p99',
      name: name('지연 99 %', 'delay, 99 %'),
      value: percentile(delays, 0.99),
      unit: 'ms',
      target: atMost('value', 200),
    },
    allOf('subscription.inOrder', name('순서대로 도착한 판', 'versions that arrived in order'), inOrder, ITEMS + count),
  ];
}

const versions = (sql: Sql) => sql<Version[]>`
  select id, version, extract(epoch from written_at)::float8 * 1000 as at from record where kind = 'item' order by seq`;

async function arrived(sql: Sql, wanted: number): Promise<void> {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await sleep(50)) {
    const [row] = await sql<{ count: number }[]>`select count(*)::int as count from record`;
    if (row!.count >= wanted) return;
  }
}

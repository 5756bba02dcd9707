import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from './bench.ts';
import { openDatabase } from './database.ts';
import { allOf, atMost, type Figure } from './figure.ts';
import { resident } from './proc/peak.ts';
import { agreedOnBothSides } from './product/agreed.ts';
import { introduce, wishOf } from './product/pair.ts';
import { CONSUMER, openSides, task } from './product/setup.ts';
import { median } from './statistics.ts';

const FULL = { total: 100_000, block: 5_000 };
const QUICK = { total: 500, block: 100 };
const AT_ONCE = 8;
const MB = 1e6;

/** Negotiations for minutes on end: none lost, and memory in the last fifth is what it was in the first. */
export async function measureRow(bench: Bench): Promise<Figure[]> {
  const size = bench.quick ? QUICK : FULL;
  const database = bench.use(await openDatabase(bench.folder('database')));
  const { consumer, provider } = await openSides(bench, database, 'row', { consumer: { asks: true } });
  const pair = await introduce(consumer.house, provider.house);
  const asked = await task(consumer.server, { house: CONSUMER, task: 'negotiation', given: wishOf(pair) });

  const seen: Record<'consumer' | 'provider', number[]> = { consumer: [], provider: [] };
  let total = 0;
  for (let done = 0; done < size.total; done += size.block) {
    total += (await asked(size.block, AT_ONCE)).total;
    // What was just let go of is collected.
    await sleep(500);
    seen.consumer.push(resident(consumer.server.pid));
    seen.provider.push(resident(provider.server.pid));
    bench.say(
      `row: ${done + size.block} of ${size.total}, ${Math.round(resident(consumer.server.pid) / MB)} and ${Math.round(resident(provider.server.pid) / MB)} MB`,
    );
  }
  const count = size.total.toLocaleString('en');
  const name = (ko: string, en: string) => ({ ko: `협상 ${count}건 연이어: ${ko}`, en: `${count} negotiations in a row: ${en}` });
  const memory = (side: keyof typeof seen, ko: string, en: string): Figure => {
    const part = Math.max(1, Math.floor(seen[side].length / 5));
    return {
      id: `row.${side}`,
      name: name(`상주 메모리, ${ko}`, `resident memory, ${en}`),
      value: median(seen[side].slice(-part)) / MB,
      unit: 'MB',
      beside: { what: { ko: '첫 5분의 1', en: 'the first fifth' }, value: median(seen[side].slice(0, part)) / MB },
      target: atMost('ratio', 1.2),
    };
  };
  return [
    { id: 'row.rate', name: name('속도', 'rate'), value: (1000 * size.total) / total, unit: '/s' },
    allOf(
      'row.agreed',
      name('양쪽 모두 FINALIZED', 'finalized on both sides'),
      await agreedOnBothSides(consumer.sql, provider.sql, size.total),
      size.total,
    ),
    memory('consumer', '요청하는 쪽', 'consumer'),
    memory('provider', '제공하는 쪽', 'provider'),
  ];
}

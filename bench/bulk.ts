import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench } from './bench.ts';
import { openDatabase } from './database.ts';
import { allOf, atLeast, atMost, type Figure } from './figure.ts';
import { openPipe } from './floor/pipe.ts';
import { type Peak, watchPeak } from './proc/peak.ts';
import { agreeOn, pull, storeFile, writeFileOf } from './product/file.ts';
import { openSides } from './product/setup.ts';
import { median } from './statistics.ts';

const FULL = { bytes: 2_000_000_000, rounds: 2 };
const QUICK = { bytes: 50_000_000, rounds: 1 };
const MB = 1e6;

/** A large file from the provider's store to the consumer's, hashed on both sides, beside a bare pipe of the same file on the same disk. */
export async function measureBulk(bench: Bench): Promise<Figure[]> {
  const size = bench.quick ? QUICK : FULL;
  const database = bench.use(await openDatabase(bench.folder('database')));
  const pipe = bench.use(await openPipe());
  const { consumer, provider } = await openSides(bench, database, 'bulk');
  const pids = [consumer.server.pid, provider.server.pid] as const;
  const folder = bench.folder('files');

  const [bare, ours]: [number[], number[]] = [[], []];
  const peaks: readonly [Peak[], Peak[]] = [[], []];
  let equal = 0;
  for (let round = 0; round < size.rounds; round++) {
    bench.say(`bulk: ${size.bytes / MB} MB, round ${round + 1} of ${size.rounds}`);
    const path = await writeFileOf(join(folder, 'from'), size.bytes, round);
    bare.push(await pipe.copy(path, join(folder, 'to')));
    await unlink(join(folder, 'to'));
    const { sha256 } = await storeFile(provider.house, path);
    await unlink(path);
    const agreement = await agreeOn(consumer.house, provider.house, { kind: 'file', sha256 });
    const watches = pids.map(watchPeak);
    const { ms, file } = await pull(consumer.house, agreement);
    ours.push(ms);
    for (const [n, peak] of watches.entries()) peaks[n]!.push(peak());
    if (file?.sha256 === sha256 && file.size === size.bytes) equal += 1;
  }

  const speed = (times: number[]) => size.bytes / MB / (median(times) / 1000);
  const what = `${(size.bytes / 1e9).toLocaleString('en')} GB`;
  const memory = (side: string, ko: string, en: string, seen: readonly Peak[]): Figure[] => [
    {
      id: `bulk.${side}.own`,
      name: { ko: `${what} 전송 중 최대 자체 메모리: ${ko}`, en: `peak memory of its own in a pull of ${what}: ${en}` },
      value: Math.max(...seen.map(({ own }) => own)) / MB,
      unit: 'MB',
      target: atMost('value', 120),
    },
    {
      id: `bulk.${side}.resident`,
      name: { ko: `같은 동안 Node의 파일까지: ${ko}`, en: `the same with the files of Node: ${en}` },
      value: Math.max(...seen.map(({ resident }) => resident)) / MB,
      unit: 'MB',
    },
  ];
  return [
    {
      id: 'bulk.speed',
      name: { ko: `${what} 받기, 파일에서 파일로`, en: `pull of ${what}, file to file` },
      value: speed(ours),
      unit: 'MB/s',
      beside: { what: { ko: '해시 없는 HTTP 파이프', en: 'bare HTTP pipe' }, value: speed(bare) },
      target: atLeast('ratio', 0.7),
    },
    allOf(
      'bulk.equal',
      { ko: `${what} 받기: 양쪽 SHA-256이 같음`, en: `pulls of ${what} with the same SHA-256 on both sides` },
      equal,
      size.rounds,
    ),
    ...memory('consumer', '받는 쪽', 'consumer', peaks[0]),
    ...memory('provider', '보내는 쪽', 'provider', peaks[1]),
  ];
}

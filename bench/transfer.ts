import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench } from './bench.ts';
import { openDatabase } from './database.ts';
import { allOf, atMost, type Figure, FLOOR } from './figure.ts';
import { openFloor } from './floor/floor.ts';
import { agreedOnBothSides } from './product/agreed.ts';
import { agreeOn, storeFile, writeFileOf } from './product/file.ts';
import { introduce } from './product/pair.ts';
import { CONSUMER, openSides, task } from './product/setup.ts';
import { finished, interleave, latency, rate } from './rounds.ts';

const FULL = { warm: 100, rounds: 5, count: 200, files: 500 };
const QUICK = { warm: 10, rounds: 1, count: 20, files: 20 };
const FILE_BYTES = 100_000;

/**
 * A transfer under an agreement, over HTTP, durable, two processes: from the request to STARTED at the consumer and to the first byte of the data,
 * beside the floor's exchange of two messages; then many files at once, each of another agreement.
 */
export async function measureTransfer(bench: Bench): Promise<Figure[]> {
  const size = bench.quick ? QUICK : FULL;
  const database = bench.use(await openDatabase(bench.folder('database')));
  const floor = bench.use(await openFloor(database));
  const { consumer, provider } = await openSides(bench, database, 'transfer', { consumer: { asks: true } });
  const [from, to] = [provider.house, consumer.house];

  await introduce(to, from);
  const record = await agreeOn(to, from, { kind: 'item', ids: ['cell'], fields: 'whole' });
  const transfers = await task(consumer.server, { house: CONSUMER, task: 'transfer', given: [record] });
  const systems = { floor: floor.half, product: transfers };
  bench.say('transfer: warming up');
  await interleave(systems, 1, size.warm, 1);
  bench.say(`transfer: ${size.rounds} rounds of ${size.count}, one after the other`);
  const single = await interleave(systems, size.rounds, size.count, 1);

  bench.say(`transfer: ${size.files} files of ${FILE_BYTES / 1000} kB at once`);
  const agreements: string[] = [];
  for (let n = 0; n < size.files; n++) {
    const path = await writeFileOf(join(bench.folder(`file-${n}`), 'file'), FILE_BYTES, n);
    const { sha256 } = await storeFile(from, path);
    await unlink(path);
    agreements.push(await agreeOn(to, from, { kind: 'file', sha256 }));
  }
  const files = await task(consumer.server, { house: CONSUMER, task: 'transfer', given: agreements });
  const many = await files(size.files, size.files);

  const started = size.warm + size.rounds * size.count + size.files;
  const beside = (p: number) => ({ what: FLOOR, value: latency(single.floor, p) });
  const name = (ko: string, en: string) => ({ ko: `전송 요청부터 ${ko}`, en: `transfer request to ${en}` });
  return [
    {
      id: 'transfer.started',
      name: name('STARTED까지, 중앙값', 'STARTED, median'),
      value: latency(single.product, 0.5, 'started'),
      unit: 'ms',
      beside: beside(0.5),
      target: atMost('value', 10),
    },
    {
      id: 'transfer.firstByte',
      name: name('데이터의 첫 바이트까지, 중앙값', 'first byte of the data, median'),
      value: latency(single.product, 0.5, 'firstByte'),
      unit: 'ms',
      target: atMost('value', 15),
    },
    {
      id: 'transfer.completed',
      name: name('저장하고 COMPLETED까지, 중앙값', 'stored and COMPLETED, median'),
      value: latency(single.product, 0.5),
      unit: 'ms',
    },
    {
      id: 'transfer.files',
      name: { ko: `100 kB 파일 ${size.files}개를 동시에`, en: `${size.files} files of 100 kB at once` },
      value: rate([many]),
      unit: '/s',
    },
    allOf('transfer.filesArrived', { ko: '동시에 받은 파일', en: 'files received at once' }, finished([many]), size.files),
    allOf(
      'transfer.agreed',
      { ko: '전송이 양쪽 모두 COMPLETED', en: 'transfers completed on both sides' },
      await agreedOnBothSides(consumer.sql, provider.sql, started, 'transfer'),
      started,
    ),
  ];
}

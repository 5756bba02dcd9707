import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from './bench.ts';
import { atMost, type Figure } from './figure.ts';
import { openDoor } from './product/door.ts';
import { createHouse } from './product/house.ts';
import { freePort, type LaunchOptions, launch, type Server } from './product/launch.ts';
import { median } from './statistics.ts';

const HOUSES = 10;

interface Start {
  readonly ready: number;
  readonly answer: number;
}

/** From the start of the program to its word that it is ready, and to the first HTTP answer: on an empty folder, and again on a stopped one. */
export async function measureStart(bench: Bench): Promise<Figure[]> {
  const repeats = bench.quick ? 2 : 7;
  const options = { dataFolder: bench.folder('start'), port: await freePort() };
  bench.say('start: the first one');
  const cold = await start(bench, options, async (server) => {
    using door = openDoor();
    for (let n = 0; n < HOUSES; n++) await createHouse(door, server, `house-${n}`);
  });
  bench.say(`start: ${repeats} more`);
  const warm: Start[] = [];
  for (let n = 0; n < repeats; n++) warm.push(await start(bench, options));
  const seconds = (ms: number) => ms / 1000;
  return [
    {
      id: 'start.cold',
      name: { ko: '첫 시작: 데이터베이스를 만들고 준비될 때까지', en: 'first start, which makes the database: to ready' },
      value: seconds(cold.ready),
      unit: 's',
    },
    {
      id: 'start.ready',
      name: { ko: '다시 시작: 준비될 때까지', en: 'start: to ready' },
      value: seconds(median(warm.map(({ ready }) => ready))),
      unit: 's',
      target: atMost('value', 1.5),
    },
    {
      id: 'start.answer',
      name: { ko: '다시 시작: 첫 HTTP 응답까지', en: 'start: to the first HTTP answer' },
      value: seconds(median(warm.map(({ answer }) => answer))),
      unit: 's',
      target: atMost('value', 1.5),
    },
  ];
}

async function start(bench: Bench, options: LaunchOptions, use: (server: Server) => Promise<void> = async () => {}): Promise<Start> {
  const began = performance.now();
  const answer = firstAnswer(`http://localhost:${options.port}/api/status`);
  await using server = await launch(bench, options);
  const end = await answer;
  await use(server);
  return { ready: server.readyAfter, answer: end - began };
}

/** Asks every few milliseconds; a question that was put too early and stays without an answer is put again. */
async function firstAnswer(url: string): Promise<number> {
  for (;;) {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const request = http.get(url, { agent: false, timeout: 30 }, (answer) => resolve(answer.resume().statusCode === 200));
    request.on('timeout', () => request.destroy()).on('error', () => resolve(false));
    if (await promise) return performance.now();
    await sleep(5);
  }
}

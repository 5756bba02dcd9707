import type { Bench } from './bench.ts';
import { atMost, type Figure } from './figure.ts';
import { idle } from './proc/idle.ts';
import { openDoor } from './product/door.ts';
import { createHouse } from './product/house.ts';
import { freePort, launch } from './product/launch.ts';

const HOUSES = 10;
const MB = 1e6;

/** Memory of a server that has just hosted ten participants and is left alone, its own database included. */
export async function measureMemory(bench: Bench): Promise<Figure[]> {
  const door = bench.use(openDoor());
  const server = await launch(bench, { dataFolder: bench.folder('memory'), port: await freePort() });
  for (let n = 0; n < HOUSES; n++) await createHouse(door, server, `house-${n}`);
  const [memory = { node: 0, database: 0 }] = await idle(bench, [server]);
  const { node, database } = memory;
  const name = (ko: string, en: string) => ({
    ko: `쉬는 동안의 메모리, 참여기업 ${HOUSES}곳: ${ko}`,
    en: `idle memory, ${HOUSES} participants: ${en}`,
  });
  return [
    { id: 'memory.node', name: name('Node', 'Node'), value: node / MB, unit: 'MB' },
    { id: 'memory.database', name: name('PostgreSQL', 'PostgreSQL'), value: database / MB, unit: 'MB' },
    { id: 'memory.all', name: name('모두', 'all'), value: (node + database) / MB, unit: 'MB', target: atMost('value', 250) },
  ];
}

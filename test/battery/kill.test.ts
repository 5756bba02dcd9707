import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import type { CreatedParticipant } from '@madang/core/api/views.ts';
import { freshDatabase } from '../database.ts';
import { openNetwork } from '../network.ts';
import { AGREEMENTS, clientsOf, HOPS } from './run.ts';

const MAIN = fileURLToPath(new URL('../../packages/server/src/main.ts', import.meta.url));

interface Ready {
  readonly url: string;
  readonly participants: readonly CreatedParticipant[];
  readonly passport: { readonly url: string; readonly json: string };
}

test('the start command killed with SIGKILL in the middle of the run, three times: the next start ends the run, and no agreement is doubled', async () => {
  const database = await freshDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'madang-kill-'));
  const network = await openNetwork({ participants: [], database });
  await network[Symbol.asyncDispose]();
  const env = { ...process.env, ...network.environment, MADANG_DATA: folder };
  let child: ChildProcess | undefined;
  try {
    for (const moment of [/footprint\.xlsx: imported/, /Nurideul Cell → Daon Cathode: got/, /Nurideul Cell: computed/]) {
      child = spawn(process.execPath, [MAIN, 'start', '--json'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
      const gone = once(child, 'exit');
      const told = createInterface({ input: child.stderr! });
      told.on('line', (line) => moment.test(line) && child?.kill('SIGKILL'));
      assert.deepEqual(await gone, [null, 'SIGKILL'], String(moment));
    }
    child = spawn(process.execPath, [MAIN, 'start', '--json'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const { url, participants, passport } = await ready(child);
    const clients = clientsOf(url, participants);
    for (const [id, count] of Object.entries(AGREEMENTS)) {
      const { agreements } = await clients.get(id)!.call('agreements');
      const datasets = agreements.filter((a) => a.role === 'consumer').map((a) => a.dataset);
      assert.deepEqual([datasets.length, new Set(datasets).size], [count, count], id);
    }
    const given = await Promise.all(
      [...clients.values()].map(async (c) => (await c.call('agreements')).agreements.filter((a) => a.role === 'provider')),
    );
    assert.equal(
      given.flat().length,
      Object.values(AGREEMENTS).reduce((a, b) => a + b, 0),
    );
    const pack = await clients.get('garam')!.call('footprint', { params: { id: 'garam-pack-80' } });
    assert.equal(Number(pack.total).toFixed(3), HOPS['garam-pack-80']);
    assert.equal((await fetch(passport.json)).status, 200);

    child.kill('SIGTERM');
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  } finally {
    child?.kill('SIGKILL');
    await database.drop();
    await rm(folder, { recursive: true });
  }
});

/** The one line of JSON; throws with what was told when the program ends before. */
async function ready(child: ChildProcess): Promise<Ready> {
  let told = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    told += text;
  });
  const line = once(createInterface({ input: child.stdout! }), 'line') as Promise<[string]>;
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(`ended before it was ready:\n${told}`)));
  const [text] = await Promise.race([line, ended]);
  ended.catch(() => undefined);
  return JSON.parse(text) as Ready;
}

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { readLockFile } from '@madang/server/db/embedded/lock-file.ts';
import { openStore } from '@madang/server/db/open.ts';

const home = mkdtempSync(join(tmpdir(), 'madang-durability-'));
chmodSync(home, 0o755); // root may have to run the server as another user
after(() => rmSync(home, { recursive: true, force: true }));

/** Registers houses as fast as it can, eight at a time, and names each one only after the store has said that it is kept. */
const WRITER = `
  import { openStore } from '@madang/server/db/open.ts';
  const store = await openStore({ dataFolder: ${JSON.stringify(home)} });
  const write = async () => {
    for (;;) {
      const id = crypto.randomUUID();
      await store.host((db) => db\`insert into house (participant, name, did) values (\${id}, 'x', \${id})\`);
      process.stdout.write(id + '\\n');
    }
  };
  await Promise.all(Array.from({ length: 8 }, write));`;

async function acknowledgedBefore(kill: (writer: number) => void): Promise<string[]> {
  const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', WRITER], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk;
  });
  const gone = new Promise((resolve) => child.on('close', resolve));
  while (text.length < 4000 && child.exitCode === null) await sleep(5);
  await sleep(Math.random() * 100);
  kill(child.pid ?? 0);
  await gone;
  return text.split('\n').slice(0, -1);
}

async function missing(ids: readonly string[]): Promise<string[]> {
  await using store = await openStore({ dataFolder: home });
  const rows = await store.host((db) => db<{ participant: string }[]>`select participant from house`);
  const kept = new Set(rows.map(({ participant }) => participant));
  return ids.filter((id) => !kept.has(id));
}

test('what was acknowledged survives kill -9 of the program', async () => {
  const ids = await acknowledgedBefore((writer) => process.kill(writer, 'SIGKILL'));
  assert.ok(ids.length > 100);
  assert.deepEqual(await missing(ids), []);
});

test('what was acknowledged survives kill -9 of the program and of the server', async () => {
  const ids = await acknowledgedBefore((writer) => {
    process.kill(readLockFile(join(home, 'postgres'))?.pid ?? 0, 'SIGKILL');
    process.kill(writer, 'SIGKILL');
  });
  assert.ok(ids.length > 100);
  assert.deepEqual(await missing(ids), []);
});

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '@madang/server/db/connect.ts';
import { type EmbeddedServer, startEmbedded } from '@madang/server/db/embedded/embedded.ts';
import { isServer, readLockFile } from '@madang/server/db/embedded/lock-file.ts';
import { openStore } from '@madang/server/db/open.ts';

const home = mkdtempSync(join(tmpdir(), 'madang-embedded-'));
const folder = join(home, 'postgres');

chmodSync(home, 0o755); // root may have to run the server as another user
before(async () => {
  await using _ = await startEmbedded(folder);
});
after(() => rmSync(home, { recursive: true, force: true }));

const pid = () => readLockFile(folder)?.pid ?? 0;
const isRunning = () => isServer(pid(), folder);

async function ask(server: EmbeddedServer, question: string): Promise<unknown> {
  const sql = connect(await server.place('postgres'));
  try {
    return (await sql.unsafe(question))[0]?.answer;
  } finally {
    await sql.end();
  }
}

/** A process that holds the server until it is told to let go. */
async function holder(): Promise<{ letGo: () => Promise<void>; kill: () => Promise<void> }> {
  const source = `import { startEmbedded } from '@madang/server/db/embedded/embedded.ts';
    const server = await startEmbedded(${JSON.stringify(folder)});
    process.on('SIGTERM', async () => { await server[Symbol.asyncDispose](); process.exit(); });
    setInterval(() => {}, 1000);
    console.log('ready');`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', source], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const end = (signal: NodeJS.Signals) => () => {
    child.kill(signal);
    return gone;
  };
  return { letGo: end('SIGTERM'), kill: end('SIGKILL') };
}

test('the server is durable, reachable by its private socket only, and keeps its folder to itself', async () => {
  await using server = await startEmbedded(folder);
  for (const [name, value] of Object.entries({
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    listen_addresses: '',
    server_encoding: 'UTF8',
  }))
    assert.equal(await ask(server, `select current_setting('${name}') as answer`), value, name);
  const { at } = await server.place('postgres');
  assert.ok('socketFolder' in at && statSync(at.socketFolder).mode % 0o1000 === 0o700);
  assert.equal(statSync(folder).mode & 0o077, 0);
});

test('closed while a server that died is being started again, it stops that one too', async () => {
  const server = await startEmbedded(folder);
  await ask(server, 'select 1 as answer');
  process.kill(pid(), 'SIGKILL');
  while (isRunning()) await sleep(10);
  await sleep(50);
  const place = server.place('postgres');
  await server[Symbol.asyncDispose]();
  await place;
  assert.equal(isRunning(), false);
  await assert.rejects(server.place('postgres'), { code: 'unavailable' });
});

test('the last one out stops the server', async () => {
  const other = await holder();
  {
    await using server = await startEmbedded(folder);
    assert.equal(server.started, false);
    assert.equal(await server.isAlone(), false);
  }
  assert.equal(isRunning(), true);
  await other.letGo();
  assert.equal(isRunning(), false);
});

test('a server whose program was killed is joined, then stopped', async () => {
  const other = await holder();
  await other.kill();
  assert.equal(isRunning(), true);
  {
    await using server = await startEmbedded(folder);
    assert.equal(server.started, false);
  }
  assert.equal(isRunning(), false);
});

test('many starts at once end in one server', async () => {
  const servers = await Promise.all(Array.from({ length: 5 }, () => startEmbedded(folder)));
  assert.equal(servers.filter(({ started }) => started).length, 1);
  const addresses = await Promise.all(servers.map((server) => ask(server, 'select pg_postmaster_start_time()::text as answer')));
  assert.equal(new Set(addresses).size, 1);
  await Promise.all(servers.map((server) => server[Symbol.asyncDispose]()));
  assert.equal(isRunning(), false);
});

test('two processes make one data folder between them', async () => {
  const fresh = join(home, 'both', 'postgres');
  const servers = await Promise.all([startEmbedded(fresh), startEmbedded(fresh)]);
  assert.deepEqual(await Promise.all(servers.map((server) => ask(server, 'select 1 as answer'))), [1, 1]);
  for (const server of servers) await server[Symbol.asyncDispose]();
});

test('start and stop in turn lose no one', async () => {
  const visit = async () => {
    await using server = await startEmbedded(folder);
    return await ask(server, 'select 1 as answer');
  };
  for (let round = 0; round < 3; round++) assert.deepEqual(await Promise.all([visit(), visit(), visit()]), [1, 1, 1]);
});

const stale: readonly [string, () => Promise<{ pid: number; end: () => void }>][] = [
  ['of a process that is gone', async () => ({ pid: 4_194_000, end: () => {} })],
  ['whose number passed on to another program', async () => ({ pid: process.pid, end: () => {} })],
  ['of a zombie', makeZombie],
];
for (const [what, make] of stale)
  test(`a lock ${what} does not hinder a start`, async () => {
    const { pid: dead, end } = await make();
    const lines = [dead, folder, 1_700_000_000, 5432, '/tmp/nowhere', '', '  1234567         0', 'ready   '];
    writeFileSync(join(folder, 'postmaster.pid'), `${lines.join('\n')}\n`);
    {
      await using server = await startEmbedded(folder);
      assert.equal(server.started, true);
      assert.equal(await ask(server, 'select 1 as answer'), 1);
    }
    end();
  });

/** A process called `postgres` that has ended and that its parent never asks about. */
async function makeZombie(): Promise<{ pid: number; end: () => void }> {
  const program = join(home, 'postgres-zombie', 'postgres');
  mkdirSync(join(home, 'postgres-zombie'));
  copyFileSync('/bin/true', program);
  chmodSync(program, 0o700);
  const parent = spawn('sh', ['-c', `(sleep 0.1; exec ${program}) & echo $!; exec sleep 30`], { stdio: ['ignore', 'pipe', 'ignore'] });
  const first = await new Promise<Buffer>((resolve) => parent.stdout.once('data', resolve));
  const zombie = Number(first.toString());
  while (!/\(postgres\) Z/.test(readFileSync(`/proc/${zombie}/stat`, 'utf8'))) await sleep(5);
  return { pid: zombie, end: () => parent.kill() };
}

test('a server that dies under a running program is started again', async () => {
  const options = { dataFolder: home };
  await using store = await openStore(options);
  await store.host((db) => db`insert into house (participant, name, did) values ('kept', 'Kept', 'did:web:kept')`);
  process.kill(pid(), 'SIGKILL');
  const names = async () => (await store.host((db) => db`select name from house`)).map(({ name }) => name);
  const first = await names().catch((error) => error.code);
  if (first !== 'unavailable') assert.deepEqual(first, ['Kept']);
  await sleep(50);
  assert.deepEqual(await names().catch(names), ['Kept']);
});

test('a data folder of another PostgreSQL is refused', async () => {
  const old = join(home, 'old');
  mkdirSync(old);
  writeFileSync(join(old, 'PG_VERSION'), '15\n');
  await assert.rejects(startEmbedded(old), { code: 'database_wrong_version' });
});

test('a data folder that cannot be made says so and leaves nothing', async () => {
  writeFileSync(join(home, 'file'), '');
  for (const place of [join(home, 'file', 'postgres'), '/proc/madang/postgres'])
    await assert.rejects(startEmbedded(place), { code: 'database_no_permission' });
});

test('a folder without permission is refused', async (t) => {
  if (process.getuid?.() === 0) return t.skip('root may write everywhere');
  const closed = join(home, 'closed');
  mkdirSync(closed, { mode: 0o500 });
  await assert.rejects(startEmbedded(join(closed, 'postgres')), { code: 'database_no_permission' });
  chmodSync(closed, 0o700);
  assert.equal(existsSync(join(closed, 'postgres')), false);
});

test('a broken configuration is told with the server’s own words, and its log is kept', async () => {
  writeFileSync(join(folder, 'postgresql.auto.conf'), 'shared_buffers = nonsense\n');
  const error = await startEmbedded(folder).catch((e) => e);
  assert.equal(error.code, 'database_failed');
  assert.match(error.text.en, /FATAL/);
  assert.match(readFileSync(`${folder}.log`, 'utf8'), /nonsense/);
  writeFileSync(join(folder, 'postgresql.auto.conf'), '');
});

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createClient } from '@madang/client/client.ts';
import { participants } from '../examples/battery/run/chain.ts';
import { type DataFolder, dataFolder, freePort, type Program, start } from './process.ts';

const EXAMPLE = ['--json'];
const CLEAN = { code: 0, signal: null };

/** How many rows each table holds that must not grow by starting again. */
const counts = (folder: DataFolder) =>
  folder.look(async (sql) => {
    const [row] = await sql`
      select (select count(*) from house)::int as houses, (select count(*) from record)::int as records, (select count(*) from offer)::int as offers,
        (select count(*) from exchange)::int as exchanges, (select count(*) from agreement)::int as agreements, (select count(*) from step)::int as steps,
        (select count(*) from credential)::int as credentials, (select count(*) from import_file)::int as files, (select count(*) from outbox)::int as outbox`;
    return row;
  });

/** Ended with code 1 and a sentence of the registry in both languages; no stack of the program. */
async function refuses(program: Program, ko: RegExp, en: RegExp): Promise<void> {
  assert.deepEqual(await program.ended, { code: 1, signal: null }, program.err);
  assert.match(program.err, ko);
  assert.match(program.err, en);
  assert.doesNotMatch(program.err, /^\s+at /m);
  assert.equal(program.out, '');
}

test('start --json prints one line; a second start resumes in moments and doubles nothing; Ctrl-C ends all of it', async () => {
  await using folder = await dataFolder();
  await using first = start({ folder: folder.path, args: EXAMPLE });
  const ready = await first.ready;
  assert.match(ready.url, /^http:\/\/localhost:\d+$/);
  assert.deepEqual(
    ready.participants.map(({ id }) => id),
    participants().map(({ id }) => id),
  );
  for (const { id, name, did, dsp, management, key } of ready.participants) {
    assert.ok(name.length > 2);
    assert.equal(did, `did:web:${encodeURIComponent(new URL(ready.url).host)}:participants:${id}`);
    assert.deepEqual([dsp, management], [`${ready.url}/participants/${id}/dsp/2025-1`, `${ready.url}/participants/${id}/api`]);
    assert.equal((await createClient({ url: ready.url, key }).call('me')).did, did);
  }
  assert.equal((await fetch(ready.passport!.json)).status, 200);
  assert.match(ready.passport!.url, /\/passports\/garam\//);
  const before = await counts(folder);
  assert.equal(before?.['outbox'], 0);
  const database = folder.database()!;
  assert.deepEqual(await first.end('SIGINT'), CLEAN);
  assert.equal(first.out.trimEnd().split('\n').length, 1);
  assert.ok(!existsSync(`/proc/${database.pid}`) && !folder.database(), 'the database has ended too');

  const began = performance.now();
  await using second = start({ folder: folder.path, args: EXAMPLE });
  assert.deepEqual(await second.ready, ready);
  assert.ok(performance.now() - began < 10_000, `${performance.now() - began} ms`);
  assert.deepEqual(await counts(folder), before);
  assert.deepEqual(await second.end('SIGTERM'), CLEAN);
});

test('Ctrl-C at any moment ends with code 0 and leaves no process: while the database starts, in the example, while a person is awaited', async () => {
  await using folder = await dataFolder();
  for (const moment of [/Starting the database/, /address book/, /Nurideul Cell → Ara Electrolyte: waiting/]) {
    await using program = start({ folder: folder.path, args: EXAMPLE });
    await program.says(moment);
    assert.deepEqual(await program.end('SIGINT'), CLEAN, `${moment}\n${program.err}`);
    assert.doesNotMatch(program.err, /^\s+at |Error/m, String(moment));
    assert.equal(program.out, '');
    assert.equal(folder.database(), undefined, String(moment));
  }
});

test('a port that is taken, and a second start beside the first, end with a sentence and touch nothing', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const fresh = mkdtempSync(join(tmpdir(), 'madang-taken-'));
  try {
    await using program = start({ folder: fresh, env: { MADANG_PORT: String(port) } });
    await refuses(program, new RegExp(`포트 ${port}를 쓸 수 없습니다`), new RegExp(`Port ${port} is not free`));
    assert.ok(!existsSync(join(fresh, 'postgres')));
  } finally {
    other.close();
    rmSync(fresh, { recursive: true });
  }

  await using folder = await dataFolder();
  rmSync(join(folder.path, 'port'));
  await using first = start({ folder: folder.path });
  const { url } = await first.ready;
  const found = Number(new URL(url).port);
  assert.ok(found >= 8440 && found < 8490, 'the first free one');
  assert.equal(Number(readFileSync(join(folder.path, 'port'), 'utf8')), found, 'kept, since it is part of every DID');
  await using second = start({ folder: folder.path });
  await refuses(second, /포트 \d+를 쓸 수 없습니다. 이미 실행 중인 마당을 끄거나/, /Stop the Madang that is running/);
  assert.equal((await fetch(`${url}/api/status`)).status, 200, 'the first is not disturbed');

  // At another port as well, where every participant would have another name too.
  const key = `host.${readFileSync(join(folder.path, 'host.key'), 'utf8').trim()}`;
  await createClient({ url, key }).host('createParticipant', { body: { id: 'daon', name: 'Daon' } });
  await using third = start({ folder: folder.path, env: { MADANG_PORT: String(await freePort()) } });
  await refuses(third, /다른 마당 서버가 이 데이터베이스를 쓰고 있습니다/, /Another Madang server uses this database/);
  assert.equal((await fetch(`${url}/participants/daon/did.json`)).status, 200);
  await first[Symbol.asyncDispose]();
  await using fourth = start({ folder: folder.path, env: { MADANG_PORT: String(await freePort()) } });
  await refuses(fourth, /처음에 쓴 MADANG_PUBLIC_URL과 포트로 시작하세요/, /Start with the MADANG_PUBLIC_URL and port of the first time/);
});

test('a data folder that cannot be made or written ends with a sentence', async () => {
  const home = mkdtempSync(join(tmpdir(), 'madang-readonly-'));
  const file = join(home, 'file');
  writeFileSync(file, '');
  try {
    await using below = start({ folder: join(file, 'data') });
    await refuses(below, /데이터 폴더 .*만들 수 없습니다.*MADANG_DATA/, /cannot be made.*MADANG_DATA/);
    const mounted = mount(home, 'size=1m,ro');
    if (!mounted) return;
    await using _ = mounted;
    await using inside = start({ folder: mounted.path });
    await refuses(inside, /권한이 없습니다/, /No permission/);
    await using under = start({ folder: join(mounted.path, 'data') });
    await refuses(under, /데이터 폴더 .*만들 수 없습니다/, /cannot be made/);
  } finally {
    rmSync(home, { recursive: true });
  }
});

test('a stale lock: after kill -9 of program and database the next start goes on', async () => {
  await using folder = await dataFolder();
  await using first = start({ folder: folder.path });
  await first.ready;
  const { pid } = folder.database()!;
  process.kill(pid, 'SIGKILL');
  await first.end('SIGKILL');
  assert.ok(existsSync(join(folder.path, 'postgres/postmaster.pid')));
  // Another process may bear the number by now, even one that answers to signals.
  const lock = join(folder.path, 'postgres/postmaster.pid');
  writeFileSync(lock, readFileSync(lock, 'utf8').replace(/^\d+/, String(process.pid)));
  await using second = start({ folder: folder.path });
  await second.ready;
  assert.deepEqual(await second.end('SIGINT'), CLEAN);
});

test('a full disk ends with a sentence, and with space again the program goes on with nothing lost', async (t) => {
  const home = mkdtempSync(join(tmpdir(), 'madang-full-'));
  const mounted = mount(home, 'size=100m');
  if (!mounted) {
    rmSync(home, { recursive: true });
    return t.skip('only root may mount a small disk');
  }
  {
    await using _ = mounted;
    await using folder = await dataFolder(mounted.path);
    const filler = join(mounted.path, 'filler');
    const fill = (left: number) => {
      const { bavail, bsize } = statfsSync(mounted.path);
      writeFileSync(filler, Buffer.alloc(bavail * bsize - left));
    };
    fill(20_000_000);
    await using tooSmall = start({ folder: folder.path });
    await refuses(tooSmall, /디스크가 가득 차/, /The disk is full/);
    rmSync(filler);

    await using program = start({ folder: folder.path });
    const { url } = await program.ready;
    const host = createClient({ url, key: `host.${readFileSync(join(folder.path, 'host.key'), 'utf8').trim()}` });
    const { key } = await host.host('createParticipant', { body: { id: 'daon', name: 'Daon' } });
    const daon = createClient({ url, key });
    const write = (id: string, size: number) => {
      const body = {
        id,
        productIds: ['urn:x:y'],
        name: { ko: '가', en: 'x' },
        declaredUnit: 'piece',
        massPerUnit: '1',
        description: { ko: '가', en: noise(size) },
      };
      return daon.call('writeRecord', { params: { kind: 'item', id }, body });
    };
    await write('kept', 10);
    fill(0);
    const error = await untilRefused((n) => write(`big-${n}`, 400_000));
    assert.ok(['database_disk_full', 'unavailable'].includes(error.code), error.code);
    assert.match(error.text.ko, /디스크가 가득 차|지금은 처리할 수 없습니다/);
    rmSync(filler);
    await settles(() => write('after', 10));
    assert.equal((await daon.call('record', { params: { kind: 'item', id: 'kept' } })).version, 1);
    assert.deepEqual(await program.end('SIGINT'), CLEAN, program.err);
  }
  rmSync(home, { recursive: true });
});

/** Text that does not compress. */
const noise = (size: number) => Array.from({ length: size }, () => Math.random().toString(36)[3]).join('');

async function untilRefused(work: (n: number) => Promise<unknown>): Promise<{ code: string; text: { ko: string } }> {
  for (let n = 0; n < 300; n++) {
    try {
      await work(n);
    } catch (error) {
      return error as { code: string; text: { ko: string } };
    }
  }
  throw new Error('the disk never filled');
}

/** Tries again for a while: the database may have to start anew. */
async function settles(work: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await work();
      return;
    } catch (error) {
      if (tries > 40) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

/** A small disk in memory; undefined where this user may not mount. */
function mount(home: string, options: string): ({ readonly path: string } & AsyncDisposable) | undefined {
  const path = join(home, 'disk');
  mkdirSync(path, { recursive: true });
  const run = (program: string, ...words: string[]) => spawnSync(program, words).status === 0;
  if (!run('mount', '-t', 'tmpfs', '-o', options, 'tmpfs', path)) return undefined;
  return { path, [Symbol.asyncDispose]: async () => void run('umount', '-l', path) };
}

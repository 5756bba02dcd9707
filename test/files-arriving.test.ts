import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Context } from '@madang/server/context.ts';
import { getFile, listFiles, removeFile } from '@madang/server/files/files.ts';
import { openFile } from '@madang/server/files/open.ts';
import { openPartial } from '@madang/server/files/receive.ts';
import { sweepFiles } from '@madang/server/files/sweep.ts';
import type { House } from '@madang/server/participants/houses.ts';
import fc from 'fast-check';
import { type Network, openNetwork } from './network.ts';

// Files as they arrive from elsewhere: in pieces, again, wrong, onto a full disk, over a crash.

let network: Network;
let ctx: Context;
let house: House;
before(async () => {
  network = await openNetwork({ participants: ['receiver'] });
  ctx = network.server.context;
  house = ctx.houses.get('receiver');
});
after(() => network?.[Symbol.asyncDispose]());

const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const meta = { name: 'a.bin', mediaType: 'application/x-test' };
const folder = (...names: string[]) => join(ctx.config.dataFolder, 'files', 'receiver', ...names);
const blob = (sha256: string) => folder(sha256.slice(0, 2), sha256);
const read = async (sha256: string) => Buffer.concat(await (await openFile(ctx, house, sha256)).stream().toArray());
const allFiles = async () => (await listFiles(ctx, house, { limit: 500 })).files;
let keys = 0;
const newKey = () => `transfer-${++keys}`;

test('however the bytes come, and however often it is opened anew, the content is the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat(1_500_000), fc.boolean()), { maxLength: 8 }), async (pieces) => {
      const key = newKey();
      const all: Buffer[] = [];
      let partial = await openPartial(ctx, house, key);
      for (const [size, anew] of pieces) {
        const bytes = randomBytes(size);
        all.push(Buffer.from(bytes));
        await partial.write(bytes);
        // What was given may be changed by its owner.
        bytes.fill(0);
        if (!anew) continue;
        await partial.close();
        partial = await openPartial(ctx, house, key);
        assert.equal(
          partial.size,
          all.reduce((n, { length }) => n + length, 0),
        );
      }
      const whole = Buffer.concat(all);
      const file = await partial.finish({ ...meta, sha256: sha(whole) });
      assert.deepEqual([file.sha256, file.size], [sha(whole), whole.length]);
      assert.ok((await read(file.sha256)).equals(whole));
      assert.ok(!existsSync(folder('partial', key)));
    }),
    { numRuns: 15 },
  );
});

test('another content than announced is dropped', async () => {
  const key = newKey();
  const partial = await openPartial(ctx, house, key);
  const bytes = randomBytes(100_000);
  await partial.write(bytes);
  await assert.rejects(partial.finish({ ...meta, sha256: sha(randomBytes(1)) }), { code: 'file_differs' });
  assert.equal(existsSync(folder('partial', key)), false);
  await assert.rejects(getFile(ctx, house, sha(bytes)), { code: 'not_found' });
  assert.equal(existsSync(blob(sha(bytes))), false);
});

test('each way that a content came is kept, our own copy is told first, and one removal ends all', async () => {
  const bytes = randomBytes(50_000);
  const store = async (more: object) => {
    const partial = await openPartial(ctx, house, newKey());
    await partial.write(bytes);
    return partial.finish({ ...meta, ...more });
  };
  const from = { receivedFrom: 'did:web:maker.example', agreement: 'urn:a:1' };
  const first = await store({ ...from, transfer: 'urn:t:1', name: 'first.bin' });
  assert.equal((await getFile(ctx, house, first.sha256)).name, 'first.bin');
  await store({ name: 'own.bin' });
  await store({ ...from, transfer: 'urn:t:2', name: 'second.bin' });
  const rows = (await allFiles()).filter(({ sha256 }) => sha256 === first.sha256);
  assert.deepEqual(
    rows
      .map(({ name, transfer, agreement, receivedFrom }) => [name, transfer, agreement, receivedFrom?.did])
      .sort((a, b) => String(a).localeCompare(String(b))),
    [
      ['first.bin', 'urn:t:1', 'urn:a:1', 'did:web:maker.example'],
      ['own.bin', null, null, undefined],
      ['second.bin', 'urn:t:2', 'urn:a:1', 'did:web:maker.example'],
    ],
  );
  const told = await getFile(ctx, house, first.sha256);
  assert.deepEqual([told.name, told.receivedFrom], ['own.bin', null]);
  await removeFile(ctx, house, first.sha256, async () => false);
  assert.deepEqual([existsSync(blob(first.sha256)), (await allFiles()).some(({ sha256 }) => sha256 === first.sha256)], [false, false]);
});

test('stored and removed at the same time, there is never a row without bytes', async () => {
  const bytes = randomBytes(1_000);
  await Promise.all(
    Array.from({ length: 40 }, async (_, i) => {
      if (i % 2 === 0) {
        const partial = await openPartial(ctx, house, newKey());
        await partial.write(bytes);
        await partial.finish({ ...meta, transfer: `urn:t:${i}` });
      } else await removeFile(ctx, house, sha(bytes), async () => false).catch((error) => assert.equal(error.code, 'not_found'));
    }),
  );
  const stored = (await allFiles()).some(({ sha256 }) => sha256 === sha(bytes));
  assert.equal(existsSync(blob(sha(bytes))), stored);
});

test('one at a time under a key, and no key leads elsewhere', async () => {
  const partial = await openPartial(ctx, house, 'urn:uuid:1');
  await assert.rejects(openPartial(ctx, house, 'urn:uuid:1'), { code: 'conflict' });
  await partial.discard();
  await (await openPartial(ctx, house, 'urn:uuid:1')).discard();
  for (const key of ['', '.', '..', '../x', 'a/b', '/etc/passwd', 'a\\b', 'a\0', '.hidden', 'x'.repeat(300), 'a~'])
    await assert.rejects(openPartial(ctx, house, key), { code: 'bad_path_id' }, key);
});

describe('a crash', () => {
  test('leaves no bytes without a row, no upload, and what can be gone on with', async () => {
    const orphan = 'ab'.repeat(32);
    mkdirSync(folder('ab'), { recursive: true });
    writeFileSync(blob(orphan), 'x');
    for (const name of ['upload-1', 'transfer-kept', 'transfer-old', 'transfer-copied~']) writeFileSync(folder('partial', name), 'x');
    const old = Date.now() / 1_000 - 31 * 24 * 3_600;
    utimesSync(folder('partial', 'transfer-old'), old, old);
    const open = await openPartial(ctx, house, 'upload-2');
    const kept = await openPartial(ctx, house, newKey());
    const file = await kept.finish(meta);
    await sweepFiles(ctx);
    assert.deepEqual([existsSync(blob(orphan)), existsSync(blob(file.sha256))], [false, true]);
    assert.deepEqual(readdirSync(folder('partial')).sort(), ['transfer-kept', 'upload-2']);
    await open.discard();
  });

  test('between the name of the bytes and their row: it is opened again and finished, and what is added reaches no other file', async () => {
    const key = newKey();
    const bytes = randomBytes(300_000);
    const partial = await openPartial(ctx, house, key);
    await partial.write(bytes);
    const store = { ...ctx.store, write: () => Promise.reject(Object.assign(new Error('gone'), { code: 'CONNECTION_CLOSED' })) };
    await partial.close();
    const broken = await openPartial({ ...ctx, store } as Context, house, key);
    await assert.rejects(broken.finish(meta), /gone/);
    await assert.rejects(getFile(ctx, house, sha(bytes)), { code: 'not_found' });
    assert.ok(existsSync(blob(sha(bytes))));

    const again = await openPartial(ctx, house, key);
    assert.equal(again.size, bytes.length);
    await again.write(Buffer.from('more'));
    await again.close();
    assert.ok(readFileSync(blob(sha(bytes))).equals(bytes));
    const whole = await (await openPartial(ctx, house, key)).finish(meta);
    assert.equal(whole.size, bytes.length + 4);
  });
});

describe('a full disk', () => {
  test('is told, what came is kept, and it goes on when there is room', async (t) => {
    const small = mkdtempSync(join(tmpdir(), 'madang-full-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'madang-test', small], { stdio: 'ignore' });
    } catch {
      rmdirSync(small);
      return t.skip('a small file system can be mounted as root only');
    }
    try {
      const here = { ...ctx, config: { ...ctx.config, dataFolder: small } };
      const bytes = randomBytes(3_000_000);
      writeFileSync(join(small, 'ballast'), Buffer.alloc(2_000_000));
      const partial = await openPartial(here, house, 'transfer-1');
      const sending = async () => {
        for (let at = 0; at < bytes.length; at += 50_000) await partial.write(bytes.subarray(at, at + 50_000));
        await partial.finish(meta);
      };
      await assert.rejects(sending(), { code: 'disk_full', status: 507 });
      await assert.rejects(partial.write(bytes), { code: 'disk_full' });
      await partial.close();

      writeFileSync(join(small, 'ballast'), '');
      const again = await openPartial(here, house, 'transfer-1');
      assert.ok(again.size > 1_000_000 && again.size < bytes.length, `${again.size}`);
      await again.write(bytes.subarray(again.size));
      assert.equal((await again.finish({ ...meta, sha256: sha(bytes) })).size, bytes.length);
    } finally {
      execFileSync('umount', [small]);
      rmdirSync(small);
    }
  });

  test('without a file system of its own: a device that has no room', {
    skip: !existsSync('/dev/full') && 'there is no /dev/full',
  }, async () => {
    symlinkSync('/dev/full', folder('partial', 'transfer-full'));
    const partial = await openPartial(ctx, house, 'transfer-full');
    const sending = async () => {
      for (let i = 0; i < 100; i++) await partial.write(Buffer.alloc(100_000));
    };
    await assert.rejects(sending(), { code: 'disk_full' });
    await assert.rejects(partial.finish(meta), { code: 'disk_full' });
    await partial.discard();
    assert.ok(existsSync('/dev/full'));
    assert.deepEqual(
      readdirSync(folder('partial')).filter((name) => name.endsWith('full')),
      [],
    );
  });
});

test('a file is read to its end though it is removed meanwhile', async () => {
  const bytes = randomBytes(2_000_000);
  const partial = await openPartial(ctx, house, newKey());
  await partial.write(bytes);
  const { sha256 } = await partial.finish(meta);
  const { stream } = await openFile(ctx, house, sha256);
  const reading = stream({ start: 1_000, end: 1_999_999 });
  const first = (await reading.iterator({ destroyOnReturn: false }).next()).value as Buffer;
  await removeFile(ctx, house, sha256, async () => false);
  const rest = Buffer.concat(await reading.toArray());
  assert.ok(Buffer.concat([first, rest]).equals(bytes.subarray(1_000)));
});

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  agreed,
  bytesOf,
  type Cutter,
  detail,
  download,
  offerView,
  openTwo,
  openTwoApart,
  sha256,
  type Two,
  type TwoApart,
  until,
  upload,
  writeItems,
} from './data.ts';
import { introduce, type Member, type Network, openNetwork, reaches } from './network.ts';
import { openRanges, type Ranges } from './ranges.ts';
import { openStranger, type Stranger } from './stranger.ts';

const SIZE = 20 * 1024 * 1024;

describe('over a connection that breaks again and again', () => {
  let apart: TwoApart;
  let two: Two;
  let cutter: Cutter;
  before(async () => {
    apart = await openTwoApart('provider');
    ({ two, cutter } = apart);
  });
  after(() => apart?.[Symbol.asyncDispose]());

  test('a file goes on where it broke off, and is the same at both ends', async () => {
    const bytes = bytesOf(SIZE) as Buffer<ArrayBuffer>;
    const hash = await upload({ ...two.provider, management: direct(two.provider.management) }, bytes);
    const offer = await offerView(two.provider, { kind: 'file', sha256: hash });
    const { agreement } = await agreed(two, offer);
    const [cuts, sent] = [cutter.cuts, cutter.bytes];
    apart.cutAfter(() => randomInt(300_000, 6_000_000));
    const { id } = await two.consumer.client.call('transfer', { body: { agreement } });
    const done = await until(
      () => detail(two.consumer, id),
      ({ state }) => state === 'COMPLETED' || state === 'TERMINATED',
    );
    apart.cutAfter();
    assert.deepEqual([done.state, done.transfer?.file?.sha256, done.transfer?.file?.name], ['COMPLETED', hash, 'data.bin']);
    assert.equal(sha256(await download(two.consumer, hash)), sha256(bytes));
    assert.ok(cutter.cuts - cuts >= 3, `${cutter.cuts - cuts} cuts`);
    assert.ok(cutter.bytes - sent < SIZE * 1.5, `${cutter.bytes - sent} bytes for ${SIZE}: it began again`);
  });

  test('records come whole, each once', async () => {
    const ids = await writeItems(two.provider, 150);
    const offer = await offerView(two.provider, { kind: 'item', ids, fields: 'whole' });
    const { agreement } = await agreed(two, offer);
    let left = 4;
    apart.cutAfter(() => (left-- > 0 ? randomInt(2_000, 30_000) : undefined));
    const { id } = await two.consumer.client.call('transfer', { body: { agreement } });
    const { received } = await until(
      () => detail(two.consumer, id),
      ({ state }) => state === 'COMPLETED',
    );
    apart.cutAfter();
    assert.deepEqual(new Set(received.map((ref) => ref.id)), new Set(ids.map((one) => `${two.provider.did}#${one}`)));
    assert.ok(received.every(({ version }) => version === 1));
  });

  /** Past the cutter. */
  const direct = (url: string) => url.replace(/localhost:\d+/, `localhost:${two.at.provider.environment['MADANG_PORT']}`);
});

describe('a provider of another make', () => {
  let network: Network;
  let maker: Member;
  let stranger: Stranger;
  let ranges: Ranges;
  const bytes = bytesOf(2_000_000, 3);
  const other = bytesOf(2_000_000, 4);
  before(async () => {
    ranges = await openRanges();
    stranger = await openStranger({ answer: ranges.acknowledge });
    network = await openNetwork({ participants: ['maker'] });
    maker = network.member('maker');
    await introduce(maker, [stranger]);
  });
  after(async () => {
    await network?.[Symbol.asyncDispose]();
    await stranger?.[Symbol.asyncDispose]();
    await ranges?.[Symbol.asyncDispose]();
  });

  const A = '"a"';
  const half = 1_000_000;
  const CASES: Record<string, Parameters<Ranges['plays']>[0]> = {
    'goes on where it broke off': [
      { etag: A, bytes, cutAfter: half },
      { etag: A, bytes },
    ],
    'breaks five times': [...[1, 2, 3, 4, 5].map((n) => ({ etag: A, bytes, cutAfter: n * 300_000 })), { etag: A, bytes }],
    'has another file by then': [
      { etag: A, bytes: other, cutAfter: half },
      { etag: '"b"', bytes },
    ],
    'has another file, and does not look at If-Range': [
      { etag: A, bytes: other, cutAfter: half },
      { etag: '"b"', bytes, always: true },
      { etag: '"b"', bytes },
    ],
    'knows no ranges': [
      { etag: A, bytes, cutAfter: half, noRanges: true },
      { etag: A, bytes, noRanges: true },
    ],
    'has no entity tag': [{ bytes, cutAfter: half }, { bytes }],
    'has a weak one only': [
      { etag: 'W/"a"', bytes, cutAfter: half },
      { etag: 'W/"a"', bytes, always: true },
    ],
    'answers another range': [
      { etag: A, bytes, cutAfter: half },
      { etag: A, bytes, shifted: 10 },
      { etag: A, bytes },
    ],
    'has a shorter file by then': [
      { etag: A, bytes: other, cutAfter: half },
      { etag: '"b"', bytes: bytes.subarray(0, 500), always: true },
      { etag: '"b"', bytes },
    ],
    'broke off at the very end': [
      { etag: A, bytes, length: bytes.length + 1 },
      { etag: A, bytes },
      { etag: A, bytes },
    ],
    'gives pieces that do not fit together': [
      { etag: A, bytes: other, cutAfter: half },
      { etag: A, bytes, digest: bytes },
      { etag: A, bytes, digest: bytes },
    ],
  };
  for (const [what, answers] of Object.entries(CASES))
    test(what, async () => {
      const id = await ranges.plays(answers, network, stranger);
      const done = await until(
        () => detail(maker, id),
        ({ state }) => state === 'COMPLETED' || state === 'TERMINATED',
      );
      assert.deepEqual([done.state, done.transfer?.file?.sha256], ['COMPLETED', sha256(bytes)], JSON.stringify(done.reasons));
      assert.equal(ranges.left, 0, 'every answer was asked for');
    });

  test('while it has broken off, progress and reason are seen', async () => {
    const id = await ranges.plays(
      [{ etag: A, bytes, cutAfter: half }, ...Array.from({ length: 8 }, () => ({ status: 503 })), { etag: A, bytes }],
      network,
      stranger,
    );
    await until(
      () => detail(maker, id),
      ({ steps }) => steps.some(({ pending }) => pending?.last?.en.includes('503')),
    );
    await reaches(maker, id, 'COMPLETED');
  });
});

test('a full disk: the reason is seen, what came is kept, and it goes on when there is room', async (t) => {
  const small = mkdtempSync(join(tmpdir(), 'madang-full-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'madang-test', small], { stdio: 'ignore' });
  } catch {
    rmdirSync(small);
    return t.skip('a small file system can be mounted as root only');
  }
  try {
    await using two = await openTwo({ consumer: { settings: { MADANG_DATA: small } } });
    const bytes = bytesOf(4_000_000, 11) as Buffer<ArrayBuffer>;
    const hash = await upload(two.provider, bytes);
    const { agreement } = await agreed(two, await offerView(two.provider, { kind: 'file', sha256: hash }));
    writeFileSync(join(small, 'ballast'), Buffer.alloc(4_000_000));
    const { id } = await two.consumer.client.call('transfer', { body: { agreement } });
    const stuck = await until(
      () => detail(two.consumer, id),
      ({ steps }) => steps.some(({ pending }) => pending?.last?.en.includes('disk is full')),
    );
    assert.equal(stuck.state, 'STARTED');
    writeFileSync(join(small, 'ballast'), '');
    const done = await until(
      () => detail(two.consumer, id),
      ({ state }) => state !== 'STARTED',
    );
    assert.deepEqual([done.state, done.transfer?.file?.sha256], ['COMPLETED', hash]);
    assert.equal(sha256(await download(two.consumer, hash)), hash);
  } finally {
    execFileSync('umount', [small]);
    rmdirSync(small);
  }
});

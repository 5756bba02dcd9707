import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LONGEST_LINE, linesOf } from './lines.ts';

async function* chunks(parts: readonly Uint8Array[]) {
  yield* parts;
}

async function all(lines: AsyncIterable<string[]>): Promise<string[][]> {
  const read: string[][] = [];
  for await (const some of lines) read.push(some);
  return read;
}

test('whatever the pieces it comes in, the lines are the same, and every byte is counted', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\n', ' '))),
      fc.array(fc.nat(40)),
      async (lines, cuts) => {
        const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
        const at = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
        const parts = [0, ...at].map((from, i) => bytes.subarray(from, at[i] ?? bytes.length));
        let counted = 0;
        const read: string[] = [];
        for await (const some of linesOf(chunks(parts), (n) => (counted += n))) read.push(...some);
        assert.deepEqual(read, lines);
        assert.equal(counted, bytes.length);
      },
    ),
    { numRuns: 200 },
  );
});

test('the last line needs no end', async () => {
  assert.deepEqual(await all(linesOf(chunks([Buffer.from('a\nb')]), () => {})), [['a'], ['b']]);
});

test('a line without an end is not kept for longer than a line may be', async () => {
  let given = 0;
  async function* endless() {
    for (;;) {
      given += 1_000_000;
      yield Buffer.alloc(1_000_000, 'x');
    }
  }
  const reading = async () => {
    for await (const _ of linesOf(endless(), () => {}));
  };
  await assert.rejects(reading(), { code: 'pull_unreadable' });
  assert.ok(given < LONGEST_LINE + 2_000_000, `${given}`);
});

test('bytes that are no UTF-8 are refused', async () => {
  const read = all(linesOf(chunks([Buffer.from([0xc3, 0x28, 0x0a])]), () => {}));
  await assert.rejects(read, { code: 'pull_unreadable' });
});

import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { type Member, type Network, openNetwork } from './network.ts';
import { isRefused, type Ledger, openLedger } from './refused.ts';
import { findTargets, type Targets } from './targets.ts';

// Whatever is sent to any address: the registry's error, never a fault of ours, and nothing stored in part.

let network: Network;
let maker: Member;
let ledger: Ledger;
let targets: Targets;

before(async () => {
  network = await openNetwork({ participants: ['maker', 'supplier'] });
  maker = network.member('maker');
  targets = await findTargets(network);
  ledger = await openLedger(network);
});
after(async () => {
  await ledger?.[Symbol.asyncDispose]();
  await network?.[Symbol.asyncDispose]();
});

/** Over a connection of its own: the answer comes before all is sent, and fetch would use such a connection again too early. */
async function upload(file: Uint8Array): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const url = `${maker.management}/imports?kind=item&name=x.csv`;
  const call = request(url, { method: 'POST', agent: false, headers: { authorization: `Bearer ${maker.key}` } }, (answer) =>
    resolve(answer.resume().statusCode ?? 0),
  );
  call.on('error', reject).end(file);
  return promise;
}

const deep = (levels: number, open = '[', close = ']', inside = '') => open.repeat(levels) + inside + close.repeat(levels);
const bytes = (...list: number[]) => new Uint8Array(list);
const RAW: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>> = {
  nothing: '',
  'half an object': '{"a":',
  'two values': '{} {}',
  'a comment': '{} // x',
  'single quotes': "{'a':1}",
  'no UTF-8': bytes(0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d),
  'an overlong sequence': bytes(0x22, 0xc0, 0xaf, 0x22),
  'UTF-16': new Uint8Array(Buffer.from('{"a":1}', 'utf16le')),
  'EUC-KR': bytes(0x7b, 0x22, 0xc0, 0xcc, 0xb8, 0xa7, 0x22, 0x3a, 0x31, 0x7d),
  null: 'null',
  'a text': '"text"',
  'a number': '5',
  'a list': '[{}]',
  'a list without end': deep(100_000),
  'objects without end': deep(30_000, '{"a":', '}', '1'),
  'a zero character': '{"title":"a\\u0000b","key":"a\\u0000b","@type":"\\u0000"}',
  'half a character': '{"title":"\\ud800","key":"\\udc00x","name":"\\ud800"}',
  'half a character as a name': '{"\\ud800":1}',
  'a number beyond numbers': '{"title":1e999,"key":-1e999}',
  'a prototype': '{"__proto__":{"id":"x"},"constructor":{"prototype":1}}',
};

describe('bodies that are no JSON, or JSON that cannot be kept', () => {
  test('are refused at every address, and nothing is stored', async () => {
    const before = await ledger.digest();
    let refusals = 0;
    for (const target of targets.all.filter(({ hasBody }) => hasBody)) {
      await Promise.all(
        Object.entries(RAW).map(async ([what, raw]) => {
          const answer = await target.send({ raw });
          assert.ok(
            isRefused(answer, `${target.name}: ${what}`),
            `${target.name} took ${what}: ${answer.status} ${answer.text.slice(0, 200)}`,
          );
          refusals++;
        }),
      );
    }
    assert.ok(refusals > 700, `${refusals}`);
    assert.equal(await ledger.digest(), before);
  });

  test('too large are refused, declared or not', async () => {
    const before = await ledger.digest();
    const big = JSON.stringify({ title: 'x'.repeat(5 * 1024 * 1024) });
    // One way to read a body for all: every seventh address stands for the others.
    for (const target of targets.all.filter(({ hasBody }) => hasBody).filter((_, i) => i % 7 === 0)) {
      const answer = await target.send({ raw: big });
      assert.deepEqual([target.name, answer.status], [target.name, 413]);
      isRefused(answer, target.name);
    }
    const chunked = await fetch(`${maker.management}/offers`, {
      method: 'POST',
      headers: { authorization: `Bearer ${maker.key}` },
      body: new Blob([big]).stream(),
      duplex: 'half',
    } as RequestInit);
    assert.equal(chunked.status, 413);
    assert.equal(await upload(new Uint8Array(21 * 1024 * 1024)), 413);
    assert.equal(await ledger.digest(), before);
  });

  test('a body where none belongs is not read', async () => {
    for (const target of targets.all.filter(({ hasBody, method }) => !hasBody && method !== 'GET')) {
      if (target.name === 'signOut') continue;
      isRefused(await target.send({ raw: `{"x":` }), target.name);
    }
  });
});

test('random JSON at every address that takes JSON', async () => {
  for (const target of targets.all.filter(({ hasBody }) => hasBody)) {
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 4 }), async (raw) => {
        isRefused(await target.send({ raw }), `${target.name} ${raw}`);
      }),
      { numRuns: 15, endOnFailure: true },
    );
  }
});

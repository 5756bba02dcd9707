import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { after, before, suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { BOM_HEADINGS, BOM_ROW, xlsxOf } from '@madang/server/records/import/fixture.ts';
import { type Office, openOffice } from './imports.ts';

let office: Office;
before(async () => {
  office = await openOffice();
});
after(() => office[Symbol.asyncDispose]());

suite('large files', () => {
  const MB = 1024 * 1024;
  /** Peak of the program's resident memory, bytes. */
  const peak = () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${office.program.pid}/status`, 'utf8'))?.[1]) * 1024;

  /** Sends up to `most` bytes, until there is an answer. */
  async function upload(headers: Record<string, string | number>, most: number): Promise<{ status: number; code: string; sent: number }> {
    const { participant, key } = await office.newcomer();
    const address = `${office.url}/participants/${participant}/api/imports?kind=bom&name=big.csv`;
    const call = request(address, { method: 'POST', headers: { authorization: `Bearer ${key}`, ...headers } });
    let sent = 0;
    let open = true;
    call.on('error', () => (open = false));
    const answered = once(call, 'response').then(async ([answer]) => {
      const text = (await answer.toArray()).join('');
      open = false;
      return { status: answer.statusCode as number, code: JSON.parse(text).error.code as string };
    });
    const chunk = Buffer.alloc(MB, 'a');
    call.flushHeaders();
    while (open && sent < most) {
      if (!call.write(chunk)) await Promise.race([once(call, 'drain'), answered]).catch(() => {});
      sent += chunk.length;
    }
    const answer = await answered;
    call.destroy();
    return { ...answer, sent };
  }

  test('200 MB: refused by what it says of itself, before it is sent', async () => {
    const began = performance.now();
    const { status, code } = await upload({ 'content-length': 200 * MB }, 0);
    assert.deepEqual([status, code], [413, 'too_large']);
    assert.ok(performance.now() - began < 2_000);
  });

  test('200 MB that say nothing of their size: refused as soon as the limit is passed, and never held in memory', async () => {
    const before = peak();
    const { status, code, sent } = await upload({ 'transfer-encoding': 'chunked' }, 200 * MB);
    assert.deepEqual([status, code], [413, 'too_large']);
    assert.ok(sent < 60 * MB, `${sent / MB} MB were sent`);
    assert.ok(peak() - before < 120 * MB, `${(peak() - before) / MB} MB more`);
  });

  test('a workbook of 49,000 rows is taken whole, and meanwhile other requests are answered', async () => {
    const client = await office.newcomer();
    const rows = Array.from({ length: 49_000 }, (_, n) => BOM_ROW.with(1, String(n)).with(5, ''));
    const file = xlsxOf([BOM_HEADINGS, ...rows]);
    const other = await office.newcomer();
    let asked = 0;
    let done = false;
    const ask = async () => {
      while (!done) {
        await other.call('me');
        asked++;
        await sleep(20);
      }
    };
    const asking = ask();
    const { stored: taken } = await client.bring('bom', 'large.xlsx', file).finally(() => (done = true));
    await asking;
    assert.equal(taken, 49_000);
    assert.ok(asked > 20, `${asked} requests were answered meanwhile`);
    const { records } = await client.call('records', { params: { kind: 'bom-line' }, query: { q: ':48999', limit: 5 } });
    assert.equal(records[0]?.version, 1);
  });
});

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { ERRORS } from '@madang/core/error.ts';
import { connect, type Sql } from '@madang/server/db/connect.ts';
import type { Network } from './network.ts';
import type { Answer } from './wire.ts';

/** Answers that tell of another server, not of ours. */
const ELSEWHERE: readonly string[] = ['outbound_unreachable', 'outbound_too_large', 'did_unresolved', 'peer_refused', 'peer_unreadable'];

/**
 * Whether a request was refused; throws when the refusal is not the registry's: its status, code and both languages, as management error or as
 * the error object of the protocol, and never a fault of ours.
 */
export function isRefused({ status, body, text }: Answer, about: string): boolean {
  if (status < 400) return false;
  const protocol = typeof body?.['@type'] === 'string';
  const code: string = protocol ? body.code : body?.error?.code;
  assert.ok(Object.hasOwn(ERRORS, code ?? ''), `${about}: ${status} without a code of the registry: ${text.slice(0, 300)}`);
  assert.equal(status, ERRORS[code as keyof typeof ERRORS].status, `${about}: ${code}`);
  assert.ok(status < 500 || ELSEWHERE.includes(code), `${about}: ${status} ${code}`);
  const words = protocol ? body.reason.find((r: { text?: object }) => r.text)?.text : body.error.text;
  const { ko, en } = ERRORS[code as keyof typeof ERRORS];
  const places = new Set((ko + en).match(/\{\w+\}/g));
  assert.ok(words?.ko && words.en, `${about}: ${text.slice(0, 300)}`);
  for (const place of places)
    assert.ok(!words.ko.includes(place) && !words.en.includes(place), `${about}: ${place} was not filled: ${words.en}`);
  return true;
}

/** A digest of everything that is stored, spent tokens apart. */
export interface Ledger extends AsyncDisposable {
  digest(): Promise<string>;
}

export async function openLedger({ database }: Network): Promise<Ledger> {
  const owner: Sql = connect(database.owner);
  const rows = await owner`select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'token_use' order by 1`;
  return {
    async digest() {
      await drained(owner);
      const sums = await Promise.all(
        rows.map(
          async ({ name }) =>
            (await owner.unsafe(`select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as sum from "${name}" t`))[0]?.sum,
        ),
      );
      return sums.join();
    },
    [Symbol.asyncDispose]: () => owner.end({ timeout: 1 }),
  };
}

/** What was delivered leaves the outbox a moment later. */
async function drained(owner: Sql): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const [row] = await owner`select count(*)::int as waiting from outbox`;
    if (row?.waiting === 0) return;
    await sleep(20);
  }
}

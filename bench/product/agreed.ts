import { setTimeout as sleep } from 'node:timers/promises';
import type { Protocol } from '@madang/core/api/views.ts';
import type { Sql } from '@madang/server/db/connect.ts';

interface Side {
  readonly id: string;
  readonly peer_pid: string;
  readonly agreement: string;
}

const side = (sql: Sql, role: string, protocol: Protocol) => sql<Side[]>`
  select id, peer_pid, agreement from exchange
  where protocol = ${protocol} and role = ${role} and state = ${protocol === 'negotiation' ? 'FINALIZED' : 'COMPLETED'}`;

/** Milliseconds for the last messages: whoever ends an exchange tells the other side afterwards. */
const PATIENCE = 10_000;

/** Exchanges that ended well on both sides with the same agreement, read from the two databases as their owner until there are so many, for some seconds at most. */
export async function agreedOnBothSides(
  consumers: Sql,
  providers: Sql,
  wanted: number,
  protocol: Protocol = 'negotiation',
): Promise<number> {
  for (const end = Date.now() + PATIENCE; ; await sleep(200)) {
    const count = await agreed(consumers, providers, protocol);
    if (count >= wanted || Date.now() > end) return count;
  }
}

async function agreed(consumers: Sql, providers: Sql, protocol: Protocol): Promise<number> {
  const ours = await side(consumers, 'consumer', protocol);
  const theirs = new Map((await side(providers, 'provider', protocol)).map((row) => [row.id, row]));
  return ours.filter(
    ({ id, peer_pid, agreement }) => theirs.get(peer_pid)?.peer_pid === id && theirs.get(peer_pid)?.agreement === agreement,
  ).length;
}

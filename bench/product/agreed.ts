import type { Sql } from '@madang/server/db/connect.ts';

interface Side {
  readonly id: string;
  readonly peer_pid: string;
  readonly agreement: string;
}

const side = (sql: Sql, role: string) =>
  sql<Side[]>`select id, peer_pid, agreement from exchange where protocol = 'negotiation' and role = ${role} and state = 'FINALIZED'`;

/** Negotiations that are FINALIZED on both sides with the same agreement, read from the two databases as their owner. */
export async function agreedOnBothSides(consumers: Sql, providers: Sql): Promise<number> {
  const [ours, theirs] = [await side(consumers, 'consumer'), new Map((await side(providers, 'provider')).map((row) => [row.id, row]))];
  return ours.filter(
    ({ id, peer_pid, agreement }) => theirs.get(peer_pid)?.peer_pid === id && theirs.get(peer_pid)?.agreement === agreement,
  ).length;
}

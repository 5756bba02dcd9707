import type { Sql } from '@madang/server/db/connect.ts';
import type { Crossing } from '../../proxy.ts';
import { CASES } from './cases.ts';

/** What the test's own module could not do, with the dataset or agreement. */
export interface Fault {
  readonly about: string;
  readonly error: unknown;
}

interface Sources {
  /** As the database's owner. */
  readonly sql: Sql;
  readonly toServer: readonly Crossing[];
  readonly toKit: readonly Crossing[];
  readonly faults: readonly Fault[];
}

/** What happened in a test since a moment (ms since 1970): the script, the history that our side keeps, and what crossed the wire. */
export async function tell(sources: Sources, id: string, since: number): Promise<string> {
  const one = CASES.find((candidate) => candidate.id === id);
  if (!one) return ['on the wire:', ...wire(sources, id.startsWith('MET') ? ['dspace-version'] : ['/catalog/'], since)].join('\n');
  const exchanges = await sources.sql<{ id: string; peer_pid: string | null; state: string }[]>`
    select id, peer_pid, state from exchange where started_at >= ${new Date(since)} and ${one.about} in (agreement, dataset)`;
  const pids = exchanges.flatMap((exchange) => [exchange.id, exchange.peer_pid ?? exchange.id]);
  return [
    `script: ${one.steps}`,
    `the server by itself: ${one.script || 'nothing'}`,
    ...(await Promise.all(exchanges.map((exchange) => history(sources.sql, exchange)))).flat(),
    'on the wire:',
    ...wire(sources, [one.about, ...pids], since),
    ...sources.faults.filter(({ about }) => about === one.about).map(({ error }) => `the test's own module: ${String(error)}`),
  ].join('\n');
}

async function history(sql: Sql, { id, peer_pid, state }: { id: string; peer_pid: string | null; state: string }): Promise<string[]> {
  const steps = await sql<{ at: Date; sender: string; message: string; state: string; reasons: object[] }[]>`
    select at, sender, message, state, reasons from step where exchange = ${id} order by seq`;
  const waiting = await sql<{ path: string; tries: number }[]>`select path, tries from outbox where exchange = ${id}`;
  return [
    `our side: ${state}; ours ${id}, the kit's ${peer_pid}`,
    ...steps.map(
      ({ at, sender, message, state: to, reasons }) =>
        `  ${clock(at)} ${sender === 'me' ? 'us ' : 'kit'} ${message} → ${to} ${reasons.length > 0 ? JSON.stringify(reasons) : ''}`,
    ),
    ...waiting.map(({ path, tries }) => `  not delivered: ${path}, noted tries ${tries}`),
  ];
}

/** Requests in either direction whose path or body names one of these. */
function wire({ toServer, toKit }: Sources, names: readonly string[], since: number): string[] {
  return [...toServer.map((crossing) => ({ ...crossing, way: 'kit → us' })), ...toKit.map((crossing) => ({ ...crossing, way: 'us → kit' }))]
    .filter(({ at, path, body }) => at >= since && names.some((name) => decodeURIComponent(path).includes(name) || body.includes(name)))
    .sort((a, b) => a.at - b.at)
    .map(({ at, way, method, path, body, answer }) => {
      const type = /"@type":"(\w+Message)"/.exec(body)?.[1] ?? '';
      return `  ${clock(at)} ${way} ${method} ${path.replace(/^.*\/dsp\/[^/]+/, '')} ${type} → ${answer ? outcome(answer) : 'closed without an answer'}`;
    });
}

const clock = (at: Date | number) => new Date(at).toISOString().slice(11, 23);

/** The status, and of an error what it says, or of a process its state. */
function outcome({ status, body }: NonNullable<Crossing['answer']>): string {
  const told = status < 300 ? /"state":"\w+"/.exec(body)?.[0] : body.slice(Math.max(0, body.indexOf('"code"')), 500);
  return `${status} ${told ?? ''}`;
}

import type { Crossing } from '../../proxy.ts';
import { many } from './management.ts';
import type { Scene } from './scene.ts';

/** The same process as each side sees it, by our process id. */
interface Pair {
  readonly id: string;
  readonly protocol: string;
  readonly role: string;
  readonly ours: string;
  readonly theirs: string;
}

/** All negotiations and transfers of both sides side by side, oldest first; `–` where one side knows nothing of it. */
export async function sidesOf({ maker, edc }: Scene): Promise<readonly Pair[]> {
  const pairs: Pair[] = [];
  for (const protocol of ['negotiation', 'transfer'] as const) {
    const { exchanges } = await maker.client.call('exchanges', { query: { protocol, limit: 500 } });
    const mine = new Map(exchanges.toReversed().map((exchange) => [exchange.id, exchange]));
    const theirs = new Map(
      many(await (protocol === 'negotiation' ? edc.negotiations() : edc.transfers())).map((one) => [one.correlationId ?? one['@id'], one]),
    );
    for (const id of new Set([...mine.keys(), ...theirs.keys()])) {
      const [a, b] = [mine.get(id), theirs.get(id)];
      const role = a?.role ?? (b?.type === 'CONSUMER' ? 'provider' : 'consumer');
      pairs.push({ id, protocol, role, ours: a?.state ?? '–', theirs: b?.state ?? '–' });
    }
  }
  return pairs;
}

/** EDC has a state of its own behind the end of a transfer: what was made for it is cleared away. */
const AFTER_THE_END = 'DEPROVISIONED';

export const agrees = ({ ours, theirs }: Pair): boolean =>
  ours === theirs || (theirs === AFTER_THE_END && (ours === 'COMPLETED' || ours === 'TERMINATED'));

/** What crossed between the two about a process of ours, in the order of time: who was asked, for what, with which answer. */
export function traceOf({ identities }: Scene, id: string): string {
  const about = ({ body, path, answer }: Crossing) => [body, decodeURIComponent(path), answer?.body].some((text) => text?.includes(id));
  const told = (to: string) => (crossing: Crossing) => ({ to, crossing });
  return [...identities.ours.crossings.filter(about).map(told('Madang')), ...identities.theirs.crossings.filter(about).map(told('EDC'))]
    .toSorted((a, b) => a.crossing.at - b.crossing.at)
    .map(({ to, crossing: { at, method, path, body, answer } }) => {
      const what = /"@type":"(\w+)"/.exec(body)?.[1] ?? `${method} ${path}`;
      const why = (answer?.status ?? 0) < 300 ? '' : ` ${answer?.body.slice(0, 300)}`;
      return `${new Date(at).toISOString().slice(11, 23)} to ${to}: ${what} → ${answer?.status ?? 'no answer'}${why}`;
    })
    .join('\n');
}

/** As a Markdown table, with the same pairs of states counted together. */
export function tableOf(pairs: readonly Pair[]): string {
  const kinds = Map.groupBy(pairs, ({ protocol, role, ours, theirs }) => `${protocol} | Madang is ${role} | ${ours} | ${theirs}`);
  const rows = [...kinds].map(([cells, all]) => `| ${cells} | ${all.length} |`);
  return ['| process | role | Madang | EDC | how many |', '| --- | --- | --- | --- | ---: |', ...rows.toSorted()].join('\n');
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, createClient } from '@madang/client/client.ts';
import type { CreatedParticipant, RecordKind, RecordView } from '@madang/core/api/views.ts';
import { type RunResult, runBattery, type Step } from '../../examples/battery/run/run.ts';
import type { Network } from '../network.ts';

/** What each company hands on, kg CO2e per declared unit, to three places: the table of examples/battery/README.md. */
export const HOPS: Readonly<Record<string, string>> = {
  'raon-pcam811': '22.143',
  'maru-lioh': '10.783',
  'daon-nmc811': '28.706',
  'bareum-graphite': '10.561',
  'ara-electrolyte': '5.673',
  'saegyeol-cu-foil': '9.018',
  'saegyeol-al-foil': '15.185',
  'nurideul-cell-250': '18.743',
  'onsae-housing': '7.817',
  'garam-pack-80': '7104.922',
};

/** kg CO2e of the pack, and per kWh; exact. */
export const PACK = { total: '7104.921624', perKwh: '88.8115203' };

/** Agreements that each consumer ends with. */
export const AGREEMENTS: Readonly<Record<string, number>> = { daon: 2, nurideul: 5, garam: 2, nordhafen: 2, westkai: 1 };

export interface Rehearsal extends AsyncDisposable {
  readonly steps: Step[];
  /** Runs the example; `onStep` may end it through the signal that it is given. */
  run(stopAfter?: (steps: readonly Step[]) => boolean): Promise<RunResult>;
}

/** Runs of the example on one network, with one file of keys. */
export async function rehearse({ url, hostKey }: Pick<Network, 'url' | 'hostKey'>): Promise<Rehearsal> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'madang-battery-'));
  const steps: Step[] = [];
  const run: Rehearsal['run'] = async (stopAfter) => {
    const stop = new AbortController();
    const first = steps.length;
    const onStep = (step: Step) => {
      steps.push(step);
      if (stopAfter?.(steps.slice(first))) stop.abort(new Error('stopped by the test'));
    };
    return runBattery({ url, hostKey, onStep, signal: stop.signal, dataFolder });
  };
  return { steps, run, [Symbol.asyncDispose]: () => rm(dataFolder, { recursive: true }) };
}

export const clientsOf = (url: string, participants: readonly Pick<CreatedParticipant, 'id' | 'key'>[]): Map<string, Client> =>
  new Map(participants.map(({ id, key }) => [id, createClient({ url, key })]));

/** Everything that a run leaves, without times and random ids: two runs that end equal leave the same. */
export async function leftBy(clients: ReadonlyMap<string, Client>): Promise<Record<string, unknown>> {
  const entries = [...clients].map(async ([id, client]) => {
    const records = async (kind: RecordKind) =>
      (await client.call('records', { params: { kind }, query: { limit: 500 } })).records.map(nameOf).sort();
    const { offers } = await client.call('offers');
    const { agreements } = await client.call('agreements');
    const { partners } = await client.call('partners');
    const { credentials } = await client.call('credentials');
    return [
      id,
      {
        items: await records('item'),
        lines: await records('bom-line'),
        footprints: await records('footprint'),
        passports: await records('passport'),
        offers: offers.map((o) => `${o.title} ${o.agreements}`).sort(),
        agreements: agreements.map((a) => `${a.role} ${a.partner.name} ${a.title}`).sort(),
        partners: partners.map((p) => `${p.relation} ${p.shortName}`).sort(),
        credentials: credentials.length,
      },
    ] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** Ids that hold the server's address, or that were drawn by lot, stand under what they are about. */
function nameOf({ kind, id, version, body }: RecordView): string {
  const product = (body as { productIds?: string[] }).productIds?.[0]?.split(':').at(-1);
  return `${kind} ${product ?? id.slice(id.lastIndexOf('#') + 1)} v${version}`;
}

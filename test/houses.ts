import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, createClient } from '@madang/client/client.ts';
import type { AgreementView, CreatedParticipant, ExchangeDetail, OfferView, Protocol } from '@madang/core/api/views.ts';
import { writeItem } from './network.ts';
import { type DataFolder, dataFolder, freePort, type Program, start } from './process.ts';
import { type Crossing, type Meet, openProxy } from './proxy.ts';

export type Side = 'provider' | 'consumer';

/** A house in a process of its own, with a data folder of its own; others reach it through a proxy only. */
export interface House extends AsyncDisposable {
  readonly me: CreatedParticipant;
  /** Past the proxy. */
  readonly client: Client;
  readonly folder: DataFolder;
  program(): Program;
  /** `kill -9`, unless it is dead already. */
  kill(): Promise<void>;
  /** Starts it again where it was. */
  restart(): Promise<void>;
}

const SECRET = 'a-host-key-for-tests-only';

/** `front`: what stands before it, given its own port. */
export async function openHouse(id: string, front: (port: number) => Promise<AsyncDisposable & { readonly port: number }>): Promise<House> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await dataFolder());
  const port = await freePort();
  const proxy = stack.use(await front(port));
  const env = { MADANG_PORT: String(port), MADANG_PUBLIC_URL: `http://localhost:${proxy.port}`, MADANG_HOST_KEY: SECRET };
  let running = start({ folder: folder.path, env });
  stack.defer(() => running[Symbol.asyncDispose]());
  await running.ready;
  const url = `http://localhost:${port}`;
  const me = await createClient({ url, key: `host.${SECRET}` }).host('createParticipant', { body: { id, name: `${id} Co.` } });
  const all = stack.move();
  return {
    me,
    client: createClient({ url, key: me.key }),
    folder,
    program: () => running,
    kill: async () => void (await running.end('SIGKILL')),
    async restart() {
      running = start({ folder: folder.path, env });
      await running.ready;
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** A moment on the wire: a message before it arrives, or after it was answered but before the answer arrives. */
export interface Moment {
  readonly matches: (crossing: Crossing) => boolean;
  readonly when: 'before' | 'after';
}

export interface Pair extends AsyncDisposable {
  readonly provider: House;
  readonly consumer: House;
  /** At the next such moment does the work, then drops what was on the way; resolves when that is done. */
  at(moment: Moment, work: () => Promise<unknown>): Promise<void>;
  /** Does something that leads to the moment, kills a side there and starts it again. */
  kill(victim: Side, moment: Moment, work: () => Promise<unknown>): Promise<void>;
}

export const introduce = ({ client }: House, { did, dsp, id }: CreatedParticipant) =>
  client.call('putPartner', { body: { did, dsp, name: `${id} Co.`, shortName: id, relation: 'other', groups: [] } });

/** Two houses that know each other. */
export async function openPair(): Promise<Pair> {
  await using stack = new AsyncDisposableStack();
  let trap: { moment: Moment; spring: () => Promise<void> } | undefined;
  const meet: Meet = async (crossing, when) => {
    if (!trap || trap.moment.when !== when || !trap.moment.matches(crossing)) return undefined;
    const { spring } = trap;
    trap = undefined;
    await spring();
    return 'drop';
  };
  const front = (port: number) => openProxy(port, meet);
  const [provider, consumer] = await Promise.all([openHouse('daon', front), openHouse('nurideul', front)]);
  stack.use(provider);
  stack.use(consumer);
  await introduce(provider, consumer.me);
  await introduce(consumer, provider.me);
  const at: Pair['at'] = (moment, work) => {
    const sprung = Promise.withResolvers<void>();
    trap = { moment, spring: () => work().then(() => sprung.resolve()) };
    return sprung.promise;
  };
  const all = stack.move();
  return {
    provider,
    consumer,
    at,
    async kill(victim, moment, work) {
      const house = victim === 'provider' ? provider : consumer;
      const dead = at(moment, () => house.kill());
      // The call may go to the house that dies.
      const asked = work().catch(() => {});
      await dead;
      await house.restart();
      await asked;
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

export const SIDES: readonly Side[] = ['provider', 'consumer'];

/** `POST` to an address that ends like this. */
export const post =
  (end: RegExp) =>
  ({ method, path }: Crossing) =>
    method === 'POST' && end.test(path);

/** Who sent what, in the order of one end. */
export const story = ({ steps }: ExchangeDetail, me: Side): string[] =>
  steps.map(({ sender, message }) => `${sender === 'me' ? me : SIDES.find((side) => side !== me)} ${message}`);

export const agreementsOf = async ({ client }: House, { dataset }: OfferView): Promise<AgreementView[]> =>
  (await client.call('agreements')).agreements.filter((a) => a.dataset === dataset);

/** The exchange about an offer's dataset at both ends, see `settled`. */
export const bothEnd = ({ provider, consumer }: Pair, { dataset }: OfferView, protocol: Protocol, state: string) =>
  Promise.all([settled(provider, dataset, protocol, state), settled(consumer, dataset, protocol, state)]);

/** An item that anyone may have, or on the terms given, at the provider. */
export async function offerItem({ client }: House, contract: { readonly members?: boolean } = {}): Promise<OfferView> {
  const id = await writeItem({ client });
  const view = { kind: 'item' as const, ids: [id], fields: 'whole' as const };
  return client.call('createOffer', {
    body: { title: 'Part', view, access: { choices: {} }, contract: { choices: contract }, answer: 'auto' },
  });
}

/** The one exchange of a house about a dataset, once it is in that state and all it had to send has arrived; fails after 20 s. */
export async function settled({ client }: House, dataset: string, protocol: Protocol, state: string): Promise<ExchangeDetail> {
  let last = '';
  for (const end = Date.now() + 20_000; Date.now() < end; await sleep(20)) {
    const { exchanges } = await client.call('exchanges', { query: { protocol, limit: 500 } });
    const mine = exchanges.filter((e) => e.dataset === dataset);
    if (mine.length > 1) throw new Error(`doubled: ${mine.map(({ id }) => id).join(', ')}`);
    if (!mine[0]) continue;
    const detail = await client.call('exchange', { params: { id: mine[0].id } });
    last = JSON.stringify(detail, undefined, 1);
    if (detail.state === state && detail.steps.every(({ pending }) => pending === null)) return detail;
  }
  throw new Error(`did not end in ${state}: ${last}`);
}

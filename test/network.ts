import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, createClient } from '@madang/client/client.ts';
import type { CreatedParticipant, ExchangeDetail, ExchangeView, OfferView, Protocol } from '@madang/core/api/views.ts';
import { toConfig } from '@madang/server/config/config.ts';
import { type Environment, readEnvironment } from '@madang/server/config/env.ts';
import type { Place } from '@madang/server/db/connect.ts';
import type { Reactions } from '@madang/server/protocol/reactions.ts';
import { type Running, startServer } from '@madang/server/server.ts';
import { type FreshDatabase, freshDatabase } from './database.ts';
import { type Answer, type Peer, type Signed, send, signed } from './wire.ts';

export interface NetworkOptions {
  /** Ids of the participants to be hosted; each has every other in its address book, under its id as short name. */
  readonly participants: readonly string[];
  /** What they do by themselves, instead of the product's own behaviour. */
  readonly reactions?: Partial<Reactions>;
  /** Further settings of the server, by the names of its environment. */
  readonly settings?: Partial<Environment>;
  /** One that is made already, for a second server or a second start; the caller drops it. */
  readonly database?: FreshDatabase;
}

/** A participant hosted by a network. */
export interface Member extends CreatedParticipant {
  readonly client: Client;
}

/** One server on a port, a database and a data folder of its own. */
export interface Network extends AsyncDisposable {
  readonly url: string;
  readonly hostKey: string;
  /** The running server, for what cannot be seen from outside. */
  readonly server: Running;
  readonly database: FreshDatabase;
  /** The environment with which another process serves the same database and port, once this one has ended. */
  readonly environment: Readonly<Record<string, string>>;
  member(id: string): Member;
  /** Hosts one more. */
  host(id: string): Promise<Member>;
  /** Sends a protocol message that `from` signs; `path` is below the protocol base of `to`, a member's id or any participant. */
  signed(from: string, to: string | Peer, ask: Signed): Promise<Answer>;
}

/** Starts a server with its participants. Dispose it to stop the server and drop what it kept. */
export async function openNetwork({ participants, reactions, settings, database: given }: NetworkOptions): Promise<Network> {
  await using stack = new AsyncDisposableStack();
  const database = given ?? (await freshDatabase());
  if (!given) stack.defer(() => database.drop());
  const folder = await mkdtemp(join(tmpdir(), 'madang-network-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const secret = randomBytes(24).toString('base64url');
  const environment = {
    MADANG_DATA: folder,
    MADANG_PORT: '0',
    MADANG_HOST_KEY: secret,
    MADANG_MASTER_KEY: randomBytes(32).toString('base64'),
    MADANG_OUTBOUND: 'loopback',
    MADANG_LOG: process.env.MADANG_LOG ?? 'error',
    DATABASE_URL: urlOf(database.owner),
    ...settings,
  };
  const server = stack.use(await startServer(toConfig(readEnvironment(environment)), reactions ? { reactions } : {}));
  const { url } = server;
  const hostKey = `host.${secret}`;
  const members = new Map<string, Member>();

  const member = (id: string): Member => {
    const found = members.get(id);
    if (!found) throw new RangeError(`the network has no participant ${id}`);
    return found;
  };
  const host = async (id: string): Promise<Member> => {
    const created = await createClient({ url, key: hostKey }).host('createParticipant', { body: { id, name: `${id} Co.` } });
    const made = { ...created, client: createClient({ url, key: created.key }) };
    members.set(id, made);
    return made;
  };
  for (const id of participants) await host(id);
  for (const one of members.values())
    await introduce(
      one,
      [...members.values()].filter((other) => other !== one),
    );

  const all = stack.move();
  return {
    url,
    hostKey,
    server,
    database,
    environment: { ...environment, MADANG_PORT: new URL(url).port },
    member,
    host,
    async signed(from, to, { token, ...ask }) {
      const peer = typeof to === 'string' ? member(to) : to;
      const { kid, key } = await server.context.keys.signing(from);
      const sender = { did: member(from).did, kid, key };
      return send(peer.dsp, { ...ask, headers: { authorization: `Bearer ${signed(sender, peer.did, token)}`, ...ask.headers } });
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** Puts participants, also of other servers, into the address book of `member`; the short name is the last part of the DID. */
export async function introduce({ client }: Member, partners: readonly Peer[]): Promise<void> {
  for (const { did, dsp } of partners) {
    const shortName = did
      .slice(did.lastIndexOf(':') + 1)
      .toLowerCase()
      .replaceAll(/[^a-z0-9-]/g, '-');
    await client.call('putPartner', { body: { did, dsp, name: `${shortName} Co.`, shortName, relation: 'other', groups: [] } });
  }
}

/** An item of a participant, for offers that only need something to show. Returns its id. */
export async function writeItem({ client }: Pick<Member, 'client'>, id = `item-${randomUUID()}`): Promise<string> {
  const body = {
    id,
    productIds: [`urn:test:product-id:${id}`],
    name: { ko: '부품', en: 'Part' },
    declaredUnit: 'kilogram',
    massPerUnit: '1',
  };
  await client.call('writeRecord', { params: { kind: 'item', id }, body });
  return id;
}

type Terms = { readonly access?: object; readonly contract?: object; readonly answer?: 'auto' | 'manual' };

/** An offer of an item of its own: for anyone, agreed at once, unless said. `access` and `contract` are filled blanks. */
export async function offerItem(member: Member, { access = {}, contract = {}, answer = 'auto' }: Terms = {}): Promise<OfferView> {
  const view = { kind: 'item' as const, ids: [await writeItem(member)], fields: 'whole' as const };
  const body = { title: 'Part', view, access: { choices: access }, contract: { choices: contract }, answer };
  return member.client.call('createOffer', { body });
}

/** The first record that an offer shows. */
export function recordOf({ view }: OfferView): string {
  if (!('ids' in view)) throw new RangeError(`an offer of a ${view.kind} shows no record`);
  return view.ids[0]!;
}

/** Negotiates an offer to the end and returns the negotiation as the consumer sees it. */
export async function agree(consumer: Member, provider: Member, offer: OfferView, purpose?: string): Promise<ExchangeDetail> {
  const body = { partner: provider.did, dataset: offer.dataset, ...(purpose === undefined ? {} : { purpose }) };
  const { id } = await consumer.client.call('negotiate', { body });
  return reaches(consumer, id, 'FINALIZED');
}

/** The exchange of `member` about a dataset, once there is one. */
export async function exchangeAbout({ client }: Member, dataset: string, protocol: Protocol = 'negotiation'): Promise<ExchangeView> {
  for (const end = Date.now() + 5_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 15))) {
    const { exchanges } = await client.call('exchanges', { query: { protocol } });
    const found = exchanges.find((exchange) => exchange.dataset === dataset);
    if (found) return found;
  }
  throw new Error(`no ${protocol} about ${dataset}`);
}

/** The exchange once it is in one of the states; throws with its whole story when it is not within 5 s. */
export async function reaches({ client }: Member, id: string, ...states: readonly string[]): Promise<ExchangeDetail> {
  const end = Date.now() + 5_000;
  for (;;) {
    const detail = await client.call('exchange', { params: { id } });
    if (states.includes(detail.state)) return detail;
    if (Date.now() > end)
      throw new Error(`${id} is not ${states.join(' or ')} but ${detail.state}:\n${JSON.stringify(detail.steps, null, 1)}`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

/** The database's address as the server's environment takes it. */
function urlOf({ at }: Place): string {
  return 'url' in at ? at.url : `postgres://${at.user}@${encodeURIComponent(at.socketFolder)}/${at.database}`;
}

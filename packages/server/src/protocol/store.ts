import type { Protocol, Reason } from '@madang/core/api/views.ts';
import type { Reader, Store } from '../db/store.ts';
import type { Command, Exchange, ExchangeFilter, Outcome } from './types.ts';

/** See migration 0005: one call is one transaction. */
export const applyCommand = (store: Store, participant: string, command: Command) =>
  store.call<Outcome>('exchange_apply', participant, command);
export const readExchange = (store: Store, participant: string, id: string) =>
  store.call<Exchange | null>('exchange_read', participant, { id });

export interface Delivered {
  readonly id: string;
  readonly exchange: string;
  readonly peerPid?: string;
}
export const markDelivered = (store: Store, participant: string, list: readonly Delivered[]) =>
  store.call('exchange_delivered', participant, list);
export const markRefused = (
  store: Store,
  participant: string,
  refused: { id: string; exchange: string; reasons: readonly Reason[]; end?: string },
) => store.call<{ state: string }>('exchange_refused', participant, refused);
export const markDeferred = (store: Store, participant: string, deferred: { id: string; tries: number; error: unknown }) =>
  store.call('exchange_deferred', participant, deferred);

export interface PendingRow {
  readonly id: string;
  readonly exchange: string;
  readonly kind: 'message' | 'pull';
  readonly path: string;
  readonly body: object;
  readonly tries: number;
  readonly from_state: string | null;
  readonly peer: string;
  readonly peer_pid: string | null;
  readonly peer_address: string;
  readonly purpose: string | null;
}
export const pendingOut = (store: Store, participant: string) => store.call<PendingRow[]>('outbox_pending', participant, {});

export const exchangeRows = (db: Reader, f: ExchangeFilter) => db<Exchange[]>`
  select * from exchange e
  where (${f.protocol ?? null}::text is null or protocol = ${f.protocol ?? null})
    and (${f.partner ?? null}::text is null or peer = ${f.partner ?? null})
    and (${f.after ?? null}::text is null or (started_at, id) < (select started_at, id from exchange where id = ${f.after ?? null}))
  order by started_at desc, id desc limit ${f.limit}`;

export interface StepRow {
  readonly seq: number;
  readonly at: string;
  readonly message: string;
  readonly sender: 'me' | 'them';
  readonly state: string;
  readonly outgoing: string | null;
  readonly reasons: Reason[];
  readonly tries: number | null;
  readonly error: { ko: string; en: string } | null;
}
/** The history of an exchange; `tries` is null for a message that was delivered. */
export const stepRows = (db: Reader, id: string) => db<StepRow[]>`
  select s.seq, s.at, s.message, s.sender, s.state, s.outgoing, s.reasons, o.tries, o.error
  from step s left join outbox o on o.participant = s.participant and o.id = s.outgoing
  where s.exchange = ${id} order by s.seq`;

/** The exchange that a peer knows by an id of its own. */
export const exchangeOfPeer = async (db: Reader, protocol: Protocol, peer: string, pid: string): Promise<Exchange | undefined> =>
  (await db<Exchange[]>`select * from exchange where protocol = ${protocol} and peer = ${peer} and peer_pid = ${pid}`)[0];

export interface About {
  readonly partner: string;
  readonly dataset: string;
  readonly purpose?: string | undefined;
}
/** The newest exchange about a dataset with a partner for a purpose, in the role of the consumer. */
export const newestAbout = async (db: Reader, protocol: Protocol, { partner, dataset, purpose }: About): Promise<Exchange | undefined> =>
  (
    await db<Exchange[]>`
    select * from exchange where protocol = ${protocol} and role = 'consumer' and peer = ${partner} and dataset = ${dataset}
      and content->>'purpose' is not distinct from ${purpose ?? null}::text
    order by started_at desc, id desc limit 1`
  )[0];

export interface AgreementRow {
  readonly id: string;
  readonly role: 'consumer' | 'provider';
  readonly peer: string;
  readonly dataset: string;
  readonly title: string;
  readonly document: Record<string, unknown>;
  readonly negotiation: string;
  readonly purpose: string | null;
  readonly signed_at: string;
}
/** Agreements whose negotiation is FINALIZED. */
export const agreementRows = (db: Reader) => db<AgreementRow[]>`
  select a.* from agreement a join exchange e on e.participant = a.participant and e.id = a.negotiation
  where e.state = 'FINALIZED' order by a.signed_at desc, a.id`;
export const agreementRow = async (db: Reader, id: string): Promise<AgreementRow | undefined> =>
  (
    await db<AgreementRow[]>`
    select a.* from agreement a join exchange e on e.participant = a.participant and e.id = a.negotiation
    where a.id = ${id} and e.state = 'FINALIZED'`
  )[0];

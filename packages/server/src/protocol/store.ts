import type { Protocol, Reason } from '@madang/core/api/views.ts';
import type { Reader, Store, Writer } from '../db/store.ts';
import { PUSH_WORK } from './out.ts';
import type { Command, Exchange, ExchangeFilter, Out, Outcome } from './types.ts';

/** See migration 0005. */
export const applyCommand = (store: Store, participant: string, command: Command) =>
  store.together<Outcome>('exchange_apply', participant, command, command.id);
export const readExchange = (store: Store, participant: string, id: string) =>
  store.together<Exchange | null>('exchange_read', participant, { id });

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
  refused: { id: string; exchange: string; reasons: readonly Reason[]; tries: number; end?: string },
) => store.call<{ state: string }>('exchange_refused', participant, refused);
export const markDeferred = (store: Store, participant: string, deferred: { id: string; tries: number; error: unknown }) =>
  store.call('exchange_deferred', participant, deferred);

/** A piece of work with where it goes. */
export interface OutboxRow extends Out {
  readonly exchange: string;
  readonly peer: string;
  readonly peer_pid: string | null;
  readonly peer_address: string;
  readonly purpose: string | null;
}
export const readOut = (store: Store, participant: string, id: string) => store.call<OutboxRow | null>('outbox_read', participant, { id });

export interface PendingRow extends Pick<OutboxRow, 'id' | 'exchange' | 'kind' | 'peer'> {
  readonly created_at: string;
}
/** What one exchange still has to send, in its order. */
export const leftOut = (store: Store, participant: string, exchange: string) =>
  store.call<PendingRow[]>('outbox_left', participant, { exchange });
/** A page of what waits, in the order of the ids. */
export const pendingOut = (store: Store, participant: string, page: { after: string; limit: number }) =>
  store.call<PendingRow[]>('outbox_pending', participant, page);

export interface LetterRow {
  readonly id: string;
  readonly exchange: string;
  readonly message: string;
  readonly tries: number;
  readonly reasons: Reason[];
  readonly created_at: string;
  readonly died_at: string;
  readonly peer: string;
  readonly title: string;
  readonly dataset: string;
  readonly state: string;
  /** Nothing has happened in the exchange since. */
  readonly can_send: boolean;
}
/** Newest first. */
export const letterRows = (db: Reader, limit: number) => db<LetterRow[]>`
  select l.id, l.exchange, l.message, l.tries, l.reasons, l.created_at, l.died_at, e.peer, e.title, e.dataset, e.state, e.steps = l.steps as can_send
  from dead_letter l join exchange e on e.participant = l.participant and e.id = l.exchange
  order by l.died_at desc, l.id limit ${limit}`;
export const deleteLetter = async (db: Writer, id: string): Promise<boolean> =>
  (await db`delete from dead_letter where id = ${id}`).count > 0;
export const sendLetter = (store: Store, participant: string, id: string) =>
  store.call<{ outcome: 'done' | 'unknown' | 'gone_on'; state: string; out?: OutboxRow }>('letter_send', participant, { id });

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
  from step s left join lateral (
    select * from outbox w where w.participant = s.participant and w.id in (s.outgoing, s.outgoing || ${PUSH_WORK}) order by w.created_at limit 1
  ) o on true
  where s.exchange = ${id} order by s.seq`;

/** Ids of exchanges that a peer has opened and that have not ended, so many at most. */
export const openedBy = async (db: Reader, protocol: Protocol, peer: string, most: number): Promise<string[]> => {
  const rows = await db<{ id: string }[]>`
    select e.id from exchange e join step s on s.participant = e.participant and s.exchange = e.id and s.seq = 1
    where e.peer = ${peer} and e.protocol = ${protocol} and s.sender = 'them' and e.state not in ('FINALIZED', 'COMPLETED', 'TERMINATED')
    limit ${most}`;
  return rows.map(({ id }) => id);
};

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

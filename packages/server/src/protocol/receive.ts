import type { Protocol } from '@madang/core/api/views.ts';
import { parseMessage } from '@madang/core/dsp/message.ts';
import { messageWord, permitted } from '@madang/core/dsp/state.ts';
import type { MessageMap, MessageType } from '@madang/core/dsp/types.ts';
import { MadangError } from '@madang/core/error.ts';
import type { Evidence } from '@madang/core/policy/model.ts';
import type { Context } from '../context.ts';
import { isUniqueViolation } from '../db/errors.ts';
import { type Partner, spend } from '../identity/partner.ts';
import type { House } from '../participants/houses.ts';
import { apply, created } from './apply.ts';
import { messageHash } from './hash.ts';
import { exchangeOfPeer, readExchange } from './store.ts';
import { after, otherRole, TABLES, transition } from './table.ts';
import type { Exchange, Move, NewExchange } from './types.ts';

/** A message of a partner on its way in. */
export interface Arrival<T extends MessageType> {
  readonly ctx: Context;
  readonly house: House;
  readonly partner: Partner;
  readonly message: MessageMap[T];
}

/** What a message adds to the move that the state table gives it. Throws a MadangError when the message cannot be taken. */
export type Effect<T extends MessageType> = (arrival: Arrival<T>, exchange: Exchange) => Promise<Partial<Move>> | Partial<Move>;
/** The new exchange that an opening message makes, and what was looked up about the partner on the way. */
export type Opening<T extends MessageType> = (
  arrival: Arrival<T>,
) => Promise<{ readonly create: NewExchange; readonly evidence?: Evidence }>;

type Process = { readonly '@type': string; readonly eventType?: string; readonly providerPid?: string; readonly consumerPid?: string };

/** Parses, finds the exchange, asks the effect, adds the house's own reaction, stores all of it at once, and answers the exchange as the message left it. */
export async function receive<T extends MessageType>(
  ctx: Context,
  house: House,
  partner: Partner,
  json: unknown,
  pid: string,
  protocol: Protocol,
  type: T,
  effect: Effect<T>,
): Promise<Exchange> {
  const message = parseMessage(type, json);
  const hash = messageHash(json, type);
  // Again when the exchange has moved between reading and storing, as when something of our own goes on at the same time.
  for (let attempt = 0; ; attempt++) {
    const exchange = ctx.recent.get(house.id, pid) ?? (await readExchange(ctx.store, house.id, pid));
    if (!exchange || exchange.protocol !== protocol || exchange.peer !== partner.did)
      throw new MadangError('not_found', { values: { what: pid } });
    const peerPid = checkPids(exchange, message as Process);
    const { move, follow } = await planned(ctx, house, partner, message, exchange, effect);
    const result = await apply(
      ctx,
      house,
      { token: partner.token(), id: pid, peer: partner.did, peerPid, hash, steps: exchange.steps, moves: [move, ...follow] },
      { ...exchange, peer_pid: peerPid },
    ).catch(explain);
    if (result.outcome === 'done') return { ...after(exchange, move), peer_pid: peerPid };
    if (result.outcome === 'repeat') return { ...exchange, peer_pid: peerPid, state: result.state };
    if (result.outcome === 'replayed') throw new MadangError('token_reused');
    if (result.outcome === 'unknown') throw new MadangError('not_found', { values: { what: pid } });
    if (result.outcome === 'other_pid') throw new MadangError('pids_differ');
    ctx.recent.forget(house.id, pid);
    if (result.outcome === 'illegal') throw illegal(exchange, move.message, result.state);
    // The sender comes again: a message is never refused because others were faster.
    if (attempt > 2) throw new MadangError('unavailable');
    partner.spent();
  }
}

async function planned<T extends MessageType>(
  ctx: Context,
  house: House,
  partner: Partner,
  message: MessageMap[T],
  exchange: Exchange,
  effect: Effect<T>,
) {
  const word = messageWord(message as Process);
  const sender = otherRole(exchange.role);
  let base: Pick<Move, 'from' | 'to'>;
  try {
    base = transition(exchange.protocol, word, sender);
  } catch {
    throw illegal(exchange, word, exchange.state);
  }
  const plain: Move = { ...base, message: word, sender: 'them' };
  // Out of order or a repetition: the store tells which, and nothing else is to happen.
  if (!base.from?.includes(exchange.state)) return { move: plain, follow: [] };
  const move: Move = { ...plain, from: [exchange.state], ...(await effect({ ctx, house, partner, message }, exchange)) };
  return { move, follow: await ctx.reactions[exchange.protocol](ctx, house, after(exchange, move)) };
}

/** The partner chooses the ids of its agreement and of its process; one that another one of it has already is not taken. */
function explain(error: unknown): never {
  if (isUniqueViolation(error, 'agreement_pkey')) throw new MadangError('agreement_differs', { values: { what: '@id' }, cause: error });
  throw isUniqueViolation(error) ? new MadangError('pids_differ', { cause: error }) : error;
}

/** The same for a message that opens an exchange. */
export async function receiveOpening<T extends MessageType>(
  ctx: Context,
  house: House,
  partner: Partner,
  json: unknown,
  protocol: Protocol,
  type: T,
  open: Opening<T>,
): Promise<Exchange> {
  const message = parseMessage(type, json);
  try {
    return await openNew(ctx, house, partner, message, messageHash(json, type), type, open);
  } catch (error) {
    // Delivered again when it would no longer be taken, its offer withdrawn for example: it is the exchange that it has opened before.
    const { consumerPid, providerPid } = message as Process;
    const peerPid = type === 'ContractOfferMessage' ? providerPid : consumerPid;
    const known =
      error instanceof MadangError &&
      peerPid !== undefined &&
      (await ctx.store.read(house.id, (db) => exchangeOfPeer(db, protocol, partner.did, peerPid)));
    if (!known) throw error;
    await spend(ctx.store, house.id, partner);
    return known;
  }
}

async function openNew<T extends MessageType>(
  ctx: Context,
  house: House,
  partner: Partner,
  message: MessageMap[T],
  hash: string,
  type: T,
  open: Opening<T>,
): Promise<Exchange> {
  const { create, evidence } = await open({ ctx, house, partner, message });
  await ctx.openings.check(house.id, create.protocol, partner.did);
  const { to } = transition(create.protocol, type, otherRole(create.role));
  const move: Move = { from: null, to, message: type, sender: 'them' };
  const exchange = after(created(house, create), move);
  const follow = await ctx.reactions[create.protocol](ctx, house, exchange, evidence);
  const result = await apply(ctx, house, { token: partner.token(), create, hash, moves: [move, ...follow] });
  if (result.outcome === 'replayed') throw new MadangError('token_reused');
  if (result.outcome === 'unknown') throw new MadangError('not_found', { values: { what: create.peerPid ?? '' } });
  return { ...exchange, id: result.id };
}

/** Our own id in the message must be the one in the path, theirs the one that we know. */
function checkPids({ role, id, peer_pid }: Exchange, m: Process): string {
  const [mine, theirs] = role === 'provider' ? [m.providerPid, m.consumerPid] : [m.consumerPid, m.providerPid];
  if ((mine !== undefined && mine !== id) || theirs === undefined || (peer_pid !== null && theirs !== peer_pid))
    throw new MadangError('pids_differ');
  return theirs;
}

function illegal({ protocol, role }: Exchange, message: string, state: string): MadangError {
  const sender = otherRole(role);
  const words = permitted(TABLES[protocol], state, sender).map((row) => row.message);
  return new MadangError('illegal_transition', { values: { state, message, sender, permitted: words.join(', ') || '–' } });
}

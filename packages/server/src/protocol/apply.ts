import type { Context } from '../context.ts';
import { isStoreAway, isUniqueViolation } from '../db/errors.ts';
import type { House } from '../participants/houses.ts';
import { opensExchange } from './out.ts';
import { applyCommand } from './store.ts';
import { after } from './table.ts';
import type { Command, Exchange, NewExchange, Outcome } from './types.ts';

/**
 * Stores moves in one transaction; after commit hands what must be sent to the dispatcher and tells listeners. What follows from a message
 * leaves after the answer to it (the same turn of the event loop): many peers are in the state for it only once they have that answer.
 * `exchange` is the row as read before, for an exchange that exists.
 */
export async function apply(ctx: Context, house: House, command: Command, exchange?: Exchange): Promise<Outcome> {
  const { create, hash, id = create?.id ?? '' } = command;
  const result = await applyCommand(ctx.store, house.id, command).catch((error: unknown): Promise<Outcome> | Outcome => {
    if (create && isUniqueViolation(error, 'exchange_pkey')) return { outcome: 'repeat', id, state: command.moves.at(-1)?.to ?? '' };
    if (create && isUniqueViolation(error)) return applyCommand(ctx.store, house.id, command);
    if (isStoreAway(error)) ctx.dispatcher.look(house, id);
    throw error;
  });
  // Where the answer of the store was lost it was asked again, and may have stored it before: then nobody else knows what is to be sent.
  if (result.outcome === 'repeat' || (result.outcome !== 'done' && hash === undefined)) ctx.dispatcher.look(house, result.id || id);
  if (result.outcome !== 'done') return result;
  const target = exchange ?? created(house, create as NewExchange);
  const moved = { ...command.moves.reduce(after, target), steps: target.steps + command.moves.length };
  ctx.recent.keep(moved);
  ctx.openings.note(moved, create !== undefined && command.moves[0]?.sender === 'them');
  setImmediate(() => {
    for (const out of command.moves.flatMap((move) => [move.out, move.work])) {
      if (out) ctx.dispatcher.send(house, { ...out, ...address(target, command), opens: opensExchange(out), tries: 0 });
    }
  });
  ctx.changes.tell(house.id, { type: 'exchange', id: result.id, state: result.state });
  return result;
}

function address({ id, peer, peer_pid, peer_address, content }: Exchange, { peerPid }: Command) {
  const { purpose } = content as { purpose?: string };
  return { exchange: id, peer, peerPid: peer_pid ?? peerPid ?? null, peerAddress: peer_address, purpose };
}

/** A new exchange as it is before its first move. */
export function created(house: House, c: NewExchange): Exchange {
  const now = new Date().toISOString();
  return {
    participant: house.id,
    id: c.id,
    protocol: c.protocol,
    role: c.role,
    peer: c.peer,
    peer_pid: c.peerPid ?? null,
    peer_address: c.peerAddress,
    state: '',
    dataset: c.dataset,
    title: c.title,
    agreement: c.agreement ?? null,
    content: c.content,
    reasons: [],
    steps: 0,
    started_at: now,
    updated_at: now,
  };
}

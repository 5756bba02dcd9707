import type { Protocol } from '@madang/core/api/views.ts';
import { NEGOTIATION } from '@madang/core/dsp/negotiation.ts';
import { isFinal, type Sender, type Table } from '@madang/core/dsp/state.ts';
import { TRANSFER } from '@madang/core/dsp/transfer.ts';
import type { Exchange, Move } from './types.ts';

export const TABLES: Readonly<Record<Protocol, Table>> = { negotiation: NEGOTIATION as Table, transfer: TRANSFER as Table };

export const otherRole = (role: Sender): Sender => (role === 'consumer' ? 'provider' : 'consumer');

/** Where a message leads and which states it may leave, read from the state table. A request to resume leads nowhere by itself: the other side's answer does. */
export function transition(protocol: Protocol, message: string, sender: Sender): Pick<Move, 'from' | 'to'> {
  const rows = TABLES[protocol].filter((row) => row.message === message && row.sender === sender);
  const to = rows[0]?.asksToResume ? rows[0].from : rows[0]?.to;
  if (!to) throw new Error(`${sender} never sends ${message}`);
  return { from: rows.flatMap(({ from }) => from ?? []), to };
}

export const ended = ({ protocol, state }: Exchange): boolean => isFinal(TABLES[protocol], state);

/** The exchange as a move leaves it. */
export function after(exchange: Exchange, move: Move): Exchange {
  const { to: state, content, reasons, agreement } = move;
  return {
    ...exchange,
    state,
    content: { ...exchange.content, ...content },
    ...(reasons ? { reasons } : {}),
    ...(agreement ? { agreement: agreement.id } : {}),
  };
}

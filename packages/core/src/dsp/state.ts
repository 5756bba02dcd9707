import { MadangError } from '../error.ts';

export type Sender = 'consumer' | 'provider';

/** One permitted transition. */
export interface Transition<S extends string = string, M extends string = string> {
  /** The state that is left; null when the message creates the process. */
  readonly from: S | null;
  /** The specification's word, with `:eventType` where one message type has several meanings. */
  readonly message: M;
  readonly sender: Sender;
  readonly to: S;
  /** The message asks the other side to resume; that side answers with a message of its own. */
  readonly asksToResume?: true;
}
export type Table<S extends string = string, M extends string = string> = readonly Transition<S, M>[];

/** The name under which a state table knows a message: its `@type`, with `:eventType` where it has one. */
export function messageWord(message: { readonly '@type': string; readonly eventType?: string }): string {
  return message.eventType === undefined ? message['@type'] : `${message['@type']}:${message.eventType}`;
}

/** What `sender` may send in `state` (null: before there is a process). */
export function permitted<S extends string, M extends string>(table: Table<S, M>, state: S | null, sender: Sender): Transition<S, M>[] {
  return table.filter((row) => row.from === state && row.sender === sender);
}

/** No message leads out of a final state. */
export function isFinal<S extends string>(table: Table<S>, state: S): boolean {
  return !table.some((row) => row.from === state);
}

/**
 * The state that a message leads to, or why it is refused: a MadangError `illegal_transition` (400),
 * data `{state, message, sender, permitted}`, returned and not thrown. The state of the process does not change on a refusal.
 */
export function next<S extends string, M extends string>(
  table: Table<S, M>,
  state: S | null,
  message: string,
  sender: Sender,
): { readonly to: S; readonly refused?: undefined } | { readonly to?: undefined; readonly refused: MadangError } {
  const open = permitted(table, state, sender);
  const row = open.find((candidate) => candidate.message === message);
  if (row) return { to: row.to };
  const words = open.map((candidate) => candidate.message);
  const values = { state: state ?? '–', message, sender, permitted: words.join(', ') || '–' };
  return { refused: new MadangError('illegal_transition', { values, data: { state, message, sender, permitted: words } }) };
}

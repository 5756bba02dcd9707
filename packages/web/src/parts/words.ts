import type { ChainNode, Protocol } from '@madang/core/api/views.ts';
import type { Words } from '../text/ko.ts';

/** The word of a protocol state; a state that is not known is shown as it is. */
export const stateWord = (words: Words, protocol: Protocol, state: string): string => words.states[protocol][state] ?? state;

/** The word of a company's state in the chain: a customer is given what we receive from a supplier. */
export const chainWord = (words: Words, { tier, state }: Pick<ChainNode, 'tier' | 'state'>): string =>
  tier < 0 && state === 'received' ? words.partners.given : words.partners.states[state];

/** The word of a message: its event type (`… ACCEPTED`) says more than its name. */
export function messageWord(words: Words, message: string): string {
  const parts = message
    .split(/[^A-Za-z]+/)
    .filter(Boolean)
    .reverse();
  for (const part of parts) if (words.messages[part]) return words.messages[part];
  return message;
}

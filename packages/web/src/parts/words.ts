import type { ChainNode, DataKind, Protocol, View } from '@madang/core/api/views.ts';
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

/** The word of a kind of data; a kind of another program is shown as it is. */
export const kindWord = (words: Words, kind: DataKind | (string & {}) | null): string =>
  kind !== null && Object.hasOwn(words.offers.kinds, kind) ? words.offers.kinds[kind as DataKind] : (kind ?? '');

/** What an offer shows, in a few words. */
export const viewWord = ({ offers: t }: Words, view: View): string => t.kindsCount(t.kinds[view.kind], 'ids' in view ? view.ids.length : 1);

/** A format as a person reads it: a service is not fetched but called; one of another program is shown as it is. */
export function wayOf(
  words: Words,
  format: string,
  kind: DataKind | (string & {}) | null,
): { readonly name: string; readonly text: string } {
  if (kind === 'service' && format === 'HttpData-PULL') return words.service;
  return words.formats[format] ?? { name: format, text: format };
}

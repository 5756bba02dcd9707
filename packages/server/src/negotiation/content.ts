import type { Policy as Terms } from '@madang/core/dsp/types.ts';
import type { Membership } from '../identity/membership.ts';
import type { Exchange } from '../protocol/types.ts';

/** What a negotiation carries besides its state. */
export interface NegotiationContent {
  readonly offer: string;
  /** The rules on the table, as they came: a partner may compare them byte by byte. */
  readonly terms: Terms;
  /** Who put them there. */
  readonly by: 'me' | 'them';
  /** Consumer only: the terms it asked for. */
  readonly asked?: Terms;
  /** What the consumer wants the data for. */
  readonly purpose?: string | undefined;
  /** Consumer only: the products that the dataset is about. */
  readonly products?: readonly string[];
  /** Provider only: our own terms for the dataset, how requests are answered, and what the partner has shown. */
  readonly contract?: Terms;
  readonly answer?: 'auto' | 'manual';
  readonly memberships?: readonly Membership[];
}

export const contentOf = (exchange: Exchange): NegotiationContent => exchange.content as unknown as NegotiationContent;

/** The rules of an offer or agreement without what it is attached to. */
export function termsOf({ profile, permission, prohibition, obligation }: Terms): Terms {
  return Object.fromEntries(Object.entries({ profile, permission, prohibition, obligation }).filter(([, value]) => value !== undefined));
}

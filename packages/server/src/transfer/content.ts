import type { DataAddress } from '@madang/core/dsp/types.ts';
import type { Membership } from '../identity/membership.ts';
import type { Exchange } from '../protocol/types.ts';
import type { VersionRef } from '../records/records.ts';

/** What a transfer carries besides its state. */
export interface TransferContent {
  readonly format: string;
  readonly purpose?: string | undefined;
  /** Provider only: hash of the pull token, and what the partner has shown. */
  readonly token?: string;
  readonly tokenUntil?: string;
  readonly memberships?: readonly Membership[];
  /** Provider only: the consumer has asked to go on. */
  readonly resume?: boolean;
  /** Consumer only: where to pull, as the provider said. */
  readonly dataAddress?: DataAddress;
  /** Consumer only: what came, as versions of our own records. */
  readonly received?: readonly VersionRef[];
}

/** The records that came with a completed transfer, whether they were new to us or not. */
export const receivedIn = (exchange: Exchange): readonly VersionRef[] => contentOf(exchange).received ?? [];

export const contentOf = (exchange: Exchange): TransferContent => exchange.content as unknown as TransferContent;

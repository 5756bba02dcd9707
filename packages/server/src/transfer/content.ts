import { type DataKind, FORMATS, type Format } from '@madang/core/api/views.ts';
import type { DataAddress } from '@madang/core/dsp/types.ts';
import type { Membership } from '../identity/membership.ts';
import type { Exchange } from '../protocol/types.ts';
import type { VersionRef } from '../records/records.ts';

/** Fetched once, sent once, fetched as a stream that goes on. */
export const [PULL, PUSH, STREAM] = FORMATS;

/** What travels, whatever the kind of the records. */
export type Kind = 'records' | 'file' | 'service';
export const kindOf = (kind: DataKind): Kind => (kind === 'file' || kind === 'service' ? kind : 'records');

/** What a transfer carries besides its state. */
export interface TransferContent {
  readonly format: Format | (string & {});
  readonly purpose?: string | undefined;
  /** Provider only: what is shown, and the hash of the view. */
  readonly kind?: Kind;
  readonly view?: string;
  /** Provider only: how often it was started; a token is good for one of these runs. */
  readonly starts?: number;
  /** Provider only: what the partner has shown. */
  readonly memberships?: readonly Membership[];
  /** Provider only: the consumer has asked to go on. */
  readonly resume?: boolean;
  /** Where to pull, as the provider said; for a push, where to send, as the consumer said. */
  readonly dataAddress?: DataAddress;
  /** Consumer only: until when the token of the data address is good, where the provider said so. */
  readonly tokenUntil?: string | null;
  /** Consumer only: what came, as versions of our own records, or the SHA-256 of a file. */
  readonly received?: readonly VersionRef[];
  readonly file?: string;
}

/** The records that came with a completed transfer, whether they were new to us or not. */
export const receivedIn = (exchange: Exchange): readonly VersionRef[] => contentOf(exchange).received ?? [];

export const contentOf = (exchange: Exchange): TransferContent => exchange.content as unknown as TransferContent;

/** A property of a data address, by its name. */
export const propertyOf = (address: DataAddress | undefined, name: string): string | undefined =>
  address?.endpointProperties?.find((p) => p.name === name)?.value;

/** As consumer: nothing ends it by itself, as a subscription or an open service; who needs no more of it says that it is complete. */
export const isEndless = (exchange: Exchange): boolean =>
  contentOf(exchange).format === STREAM || propertyOf(contentOf(exchange).dataAddress, 'kind') === 'service';

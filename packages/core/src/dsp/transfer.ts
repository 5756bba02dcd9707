import type { Table, Transition } from './state.ts';
import type { TransferState } from './types.ts';

export type TransferWord =
  | 'TransferRequestMessage'
  | 'TransferStartMessage'
  | 'TransferCompletionMessage'
  | 'TransferSuspensionMessage'
  | 'TransferTerminationMessage';

type Row = Transition<TransferState, TransferWord>;

const fromEither = (from: TransferState, message: TransferWord, to: TransferState): Row[] => [
  { from, message, sender: 'consumer', to },
  { from, message, sender: 'provider', to },
];

/**
 * The transfer process of the Dataspace Protocol 2025-1. How a consumer resumes a pull is open upstream (DataspaceProtocol
 * issues 252 and 167): its start is taken as a request, which the provider answers with a start and a fresh data address.
 */
export const TRANSFER: Table<TransferState, TransferWord> = [
  { from: null, message: 'TransferRequestMessage', sender: 'consumer', to: 'REQUESTED' },
  { from: 'REQUESTED', message: 'TransferStartMessage', sender: 'provider', to: 'STARTED' },
  { from: 'SUSPENDED', message: 'TransferStartMessage', sender: 'provider', to: 'STARTED' },
  { from: 'SUSPENDED', message: 'TransferStartMessage', sender: 'consumer', to: 'STARTED', asksToResume: true },
  ...fromEither('STARTED', 'TransferCompletionMessage', 'COMPLETED'),
  ...fromEither('STARTED', 'TransferSuspensionMessage', 'SUSPENDED'),
  ...fromEither('REQUESTED', 'TransferTerminationMessage', 'TERMINATED'),
  ...fromEither('STARTED', 'TransferTerminationMessage', 'TERMINATED'),
  ...fromEither('SUSPENDED', 'TransferTerminationMessage', 'TERMINATED'),
];

import { MadangError } from '../error.ts';
import type { Sender } from './state.ts';
import type { MessageType } from './types.ts';

/** One endpoint of the HTTPS binding. */
export interface Endpoint {
  /** The message in the body; null for a GET. */
  readonly message: MessageType | null;
  /** Whose endpoint it is. A consumer's paths are relative to the `callbackAddress` it gave, a provider's to its base. */
  readonly receiver: Sender;
  readonly method: 'GET' | 'POST';
  /** `:pid` is the receiver's own process id, `:id` a dataset's id. */
  readonly path: string;
  readonly success: 200 | 201;
  /** What the answer holds. Null: left open by the specification; never demand or read a body. */
  readonly answer: MessageType | null;
}

const get = (receiver: Sender, path: string, answer: MessageType): Endpoint => ({
  message: null,
  receiver,
  method: 'GET',
  path,
  success: 200,
  answer,
});
const post = (receiver: Sender, path: string, message: MessageType): Endpoint => ({
  message,
  receiver,
  method: 'POST',
  path,
  success: 200,
  answer: null,
});
const create = (receiver: Sender, path: string, message: MessageType, answer: MessageType): Endpoint => ({
  message,
  receiver,
  method: 'POST',
  path,
  success: 201,
  answer,
});

/** Every endpoint of catalogue, negotiation and transfer. GET of a transfer at the consumer is not in the specification; the test kit needs it. */
export const ENDPOINTS: readonly Endpoint[] = [
  { message: 'CatalogRequestMessage', receiver: 'provider', method: 'POST', path: '/catalog/request', success: 200, answer: 'Catalog' },
  get('provider', '/catalog/datasets/:id', 'Dataset'),

  get('provider', '/negotiations/:pid', 'ContractNegotiation'),
  create('provider', '/negotiations/request', 'ContractRequestMessage', 'ContractNegotiation'),
  post('provider', '/negotiations/:pid/request', 'ContractRequestMessage'),
  post('provider', '/negotiations/:pid/events', 'ContractNegotiationEventMessage'),
  post('provider', '/negotiations/:pid/agreement/verification', 'ContractAgreementVerificationMessage'),
  post('provider', '/negotiations/:pid/termination', 'ContractNegotiationTerminationMessage'),

  get('consumer', '/negotiations/:pid', 'ContractNegotiation'),
  create('consumer', '/negotiations/offers', 'ContractOfferMessage', 'ContractNegotiation'),
  post('consumer', '/negotiations/:pid/offers', 'ContractOfferMessage'),
  post('consumer', '/negotiations/:pid/agreement', 'ContractAgreementMessage'),
  post('consumer', '/negotiations/:pid/events', 'ContractNegotiationEventMessage'),
  post('consumer', '/negotiations/:pid/termination', 'ContractNegotiationTerminationMessage'),

  get('provider', '/transfers/:pid', 'TransferProcess'),
  create('provider', '/transfers/request', 'TransferRequestMessage', 'TransferProcess'),
  post('provider', '/transfers/:pid/start', 'TransferStartMessage'),
  post('provider', '/transfers/:pid/suspension', 'TransferSuspensionMessage'),
  post('provider', '/transfers/:pid/completion', 'TransferCompletionMessage'),
  post('provider', '/transfers/:pid/termination', 'TransferTerminationMessage'),

  get('consumer', '/transfers/:pid', 'TransferProcess'),
  post('consumer', '/transfers/:pid/start', 'TransferStartMessage'),
  post('consumer', '/transfers/:pid/suspension', 'TransferSuspensionMessage'),
  post('consumer', '/transfers/:pid/completion', 'TransferCompletionMessage'),
  post('consumer', '/transfers/:pid/termination', 'TransferTerminationMessage'),
];

/**
 * The endpoint to which a message goes.
 * @param pid the receiver's process id; undefined for a message that opens a process, and for the catalogue
 * @throws MadangError `internal` when the receiver has no endpoint for such a message
 */
export function endpointFor(message: MessageType, receiver: Sender, pid?: string): Endpoint {
  const found = ENDPOINTS.find((e) => e.message === message && e.receiver === receiver && e.path.includes(':pid') === (pid !== undefined));
  if (!found)
    throw new MadangError('internal', {
      detail: `No endpoint of the ${receiver} takes ${message} ${pid === undefined ? 'without' : 'with'} a process id`,
    });
  return found;
}

function encodeId(id: string): string {
  if (/^\.*$/.test(id)) throw new MadangError('bad_path_id', { values: { id: JSON.stringify(id) } });
  return encodeURIComponent(id.toWellFormed());
}

/**
 * The full address of a path under a peer's base; a base may end in `/` or not, and keeps its query.
 * @param ids values for the `:name` places of the path, encoded here
 * @throws MadangError `bad_address` (the base is not an http or https address), `bad_path_id` (an id that would change the path)
 */
export function joinBase(base: string, path: string, ids: Readonly<Record<string, string>> = {}): string {
  const url = URL.parse(base);
  if (url === null || !/^https?:$/.test(url.protocol)) throw new MadangError('bad_address', { values: { address: base } });
  const filled = path.replace(/:(\w+)/g, (place, name: string) => {
    const id = ids[name];
    if (id === undefined) throw new MadangError('internal', { detail: `No value for ${place} in ${path}` });
    return encodeId(id);
  });
  url.pathname = url.pathname.replace(/\/+$/, '') + filled;
  url.hash = '';
  return url.href;
}

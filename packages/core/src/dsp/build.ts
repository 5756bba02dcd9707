import { MadangError } from '../error.ts';
import { EDC } from './terms.ts';
import type {
  Agreement,
  Catalog,
  CatalogError,
  CatalogRequestMessage,
  ContractAgreementMessage,
  ContractAgreementVerificationMessage,
  ContractNegotiation,
  ContractNegotiationError,
  ContractNegotiationEventMessage,
  ContractNegotiationTerminationMessage,
  ContractOfferMessage,
  ContractRequestMessage,
  DataAddress,
  DataService,
  Dataset,
  Distribution,
  MessageOffer,
  NegotiationState,
  NestedDataset,
  Offer,
  Pids,
  Policy,
  Rule,
  TransferCompletionMessage,
  TransferError,
  TransferProcess,
  TransferRequestMessage,
  TransferStartMessage,
  TransferState,
  TransferSuspensionMessage,
  TransferTerminationMessage,
} from './types.ts';
import { CONTEXT } from './version.ts';

/** Fields of a message that changes a state. `id`: unique to this message, kept when it is sent again. */
interface Sent {
  readonly id: string;
}
/** `reason`: at least one entry; see reason.ts. */
interface Because {
  readonly code: string;
  readonly reason: readonly unknown[];
}

/** Leaves out what is undefined and what is an empty array: the specification wants such properties absent. */
function compact<T extends object>(fields: T): T {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  ) as T;
}

const head = <T extends string>(type: T) => ({ '@context': [CONTEXT], '@type': type });
const pids = ({ providerPid, consumerPid }: Pids) => ({ providerPid, consumerPid });

function because({ code, reason }: Because): Because {
  if (reason.length === 0) throw new MadangError('internal', { detail: `A message with code ${code} was to be sent without a reason` });
  return { code, reason };
}

// parts

const rules = (list: readonly Rule[] | undefined) => list?.map(({ action, constraint }) => compact({ action, constraint }));

function policy({ profile, permission, prohibition, obligation }: Policy): Policy {
  return compact({ profile, permission: rules(permission), prohibition: rules(prohibition), obligation: rules(obligation) });
}

/** An offer as a catalogue or dataset shows it. */
export function offer(id: string, terms: Policy): Offer {
  return { '@id': id, '@type': 'Offer', ...policy(terms) };
}

/** An offer as a negotiation message carries it; `target` is the dataset's id. */
export function messageOffer(id: string, target: string, terms: Policy, parties: Pick<MessageOffer, 'assigner' | 'assignee'> = {}) {
  return compact({
    '@id': id,
    '@type': 'Offer' as const,
    target,
    assigner: parties.assigner,
    assignee: parties.assignee,
    ...policy(terms),
  });
}

/** @param about `timestamp` is an xsd:dateTime, `assigner` the provider's and `assignee` the consumer's participant id */
export function agreement(
  about: Required<Pick<Agreement, 'target' | 'assigner' | 'assignee' | 'timestamp'>> & { readonly id: string },
  terms: Policy,
): Agreement {
  const { id, target, assigner, assignee, timestamp } = about;
  return { '@id': id, '@type': 'Agreement', target, assigner, assignee, timestamp, ...policy(terms) };
}

/**
 * Eclipse EDC reads the properties alone, the endpoint too, and shows its operator only those in its own namespace: each stands there a second time.
 * @param properties name to value, for example `authorization` and `authType` (`bearer`)
 */
export function dataAddress(endpointType: string, endpoint?: string, properties: Readonly<Record<string, string>> = {}): DataAddress {
  const property = ([name, value]: [string, string]) => ({ '@type': 'EndpointProperty' as const, name, value });
  const forEdc = Object.entries({ ...(endpoint === undefined ? {} : { endpoint }), ...properties });
  const endpointProperties = [...Object.entries(properties), ...forEdc.map(([name, value]): [string, string] => [EDC + name, value])];
  return compact({ '@type': 'DataAddress' as const, endpointType, endpoint, endpointProperties: endpointProperties.map(property) });
}

// catalogue

export function catalogRequest(filter: readonly unknown[] = []): CatalogRequestMessage {
  return compact({ ...head('CatalogRequestMessage'), filter });
}

/** @param endpointURL the base of the negotiation and transfer endpoints */
export function dataService(id: string, endpointURL: string): DataService {
  return { '@id': id, '@type': 'DataService', endpointURL };
}

export function distribution(format: string, accessService: string | DataService): Distribution {
  return { '@type': 'Distribution', format, accessService };
}

/** A dataset inside a catalogue. */
export function nestedDataset(id: string, offers: readonly Offer[], distributions: readonly Distribution[]): NestedDataset {
  return { '@id': id, '@type': 'Dataset', hasPolicy: offers, distribution: distributions };
}

/** A dataset as an answer of its own. */
export function dataset(id: string, offers: readonly Offer[], distributions: readonly Distribution[]): Dataset {
  return { '@context': [CONTEXT], ...nestedDataset(id, offers, distributions) };
}

export function catalog(about: {
  readonly id: string;
  readonly participantId: string;
  readonly datasets: readonly NestedDataset[];
  readonly services: readonly DataService[];
}): Catalog {
  return compact({
    ...head('Catalog'),
    '@id': about.id,
    participantId: about.participantId,
    dataset: about.datasets,
    service: about.services,
  });
}

export function catalogError(why: Because): CatalogError {
  return { ...head('CatalogError'), ...because(why) };
}

// negotiation

/** Opens a negotiation with `callbackAddress`, or answers the provider's offer with `providerPid`. */
export function contractRequest(
  about: Sent & { readonly consumerPid: string; readonly offer: MessageOffer } & (
      | { readonly callbackAddress: string; readonly providerPid?: undefined }
      | { readonly providerPid: string; readonly callbackAddress?: undefined }
    ),
): ContractRequestMessage {
  const { id, consumerPid, providerPid, callbackAddress } = about;
  return compact({ ...head('ContractRequestMessage'), '@id': id, consumerPid, providerPid, callbackAddress, offer: about.offer });
}

/** Opens a negotiation from the provider's side with `callbackAddress`, or answers a request with `consumerPid`. */
export function contractOffer(
  about: Sent & { readonly providerPid: string; readonly offer: ContractOfferMessage['offer'] } & (
      | { readonly callbackAddress: string; readonly consumerPid?: undefined }
      | { readonly consumerPid: string; readonly callbackAddress?: undefined }
    ),
): ContractOfferMessage {
  const { id, providerPid, consumerPid, callbackAddress } = about;
  return compact({ ...head('ContractOfferMessage'), '@id': id, providerPid, consumerPid, callbackAddress, offer: about.offer });
}

export function contractAgreement(about: Sent & Pids & { readonly agreement: Agreement }): ContractAgreementMessage {
  return { ...head('ContractAgreementMessage'), '@id': about.id, ...pids(about), agreement: about.agreement };
}

export function contractAgreementVerification(about: Sent & Pids): ContractAgreementVerificationMessage {
  return { ...head('ContractAgreementVerificationMessage'), '@id': about.id, ...pids(about) };
}

export function contractNegotiationEvent(
  about: Sent & Pids & { readonly eventType: 'ACCEPTED' | 'FINALIZED' },
): ContractNegotiationEventMessage {
  return { ...head('ContractNegotiationEventMessage'), '@id': about.id, ...pids(about), eventType: about.eventType };
}

export function contractNegotiationTermination(about: Sent & Pids & Because): ContractNegotiationTerminationMessage {
  return { ...head('ContractNegotiationTerminationMessage'), '@id': about.id, ...pids(about), ...because(about) };
}

/** The answer to a request and to GET. */
export function contractNegotiation(about: Pids & { readonly state: NegotiationState }): ContractNegotiation {
  return { ...head('ContractNegotiation'), ...pids(about), state: about.state };
}

export function contractNegotiationError(about: Pids & Because): ContractNegotiationError {
  return { ...head('ContractNegotiationError'), ...pids(about), ...because(about) };
}

// transfer

/** @param about `dataAddress` only for a push */
export function transferRequest(about: Sent & Omit<TransferRequestMessage, '@context' | '@type' | '@id'>): TransferRequestMessage {
  const { id, consumerPid, agreementId, format, callbackAddress } = about;
  return compact({
    ...head('TransferRequestMessage'),
    '@id': id,
    consumerPid,
    agreementId,
    format,
    callbackAddress,
    dataAddress: about.dataAddress,
  });
}

/** @param about `dataAddress` when the provider starts a pull */
export function transferStart(about: Sent & Pids & { readonly dataAddress?: DataAddress }): TransferStartMessage {
  return compact({ ...head('TransferStartMessage'), '@id': about.id, ...pids(about), dataAddress: about.dataAddress });
}

export function transferCompletion(about: Sent & Pids): TransferCompletionMessage {
  return { ...head('TransferCompletionMessage'), '@id': about.id, ...pids(about) };
}

export function transferSuspension(about: Sent & Pids & Because): TransferSuspensionMessage {
  return { ...head('TransferSuspensionMessage'), '@id': about.id, ...pids(about), ...because(about) };
}

export function transferTermination(about: Sent & Pids & Because): TransferTerminationMessage {
  return { ...head('TransferTerminationMessage'), '@id': about.id, ...pids(about), ...because(about) };
}

/** The answer to a request and to GET. */
export function transferProcess(about: Pids & { readonly state: TransferState }): TransferProcess {
  return { ...head('TransferProcess'), ...pids(about), state: about.state };
}

export function transferError(about: Pids & Because): TransferError {
  return { ...head('TransferError'), ...pids(about), ...because(about) };
}

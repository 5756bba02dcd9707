/** The messages and answers of the Dataspace Protocol 2025-1, property by property as the specification names them. */

type Context = readonly string[];

interface Message<T extends string> {
  readonly '@context': Context;
  readonly '@type': T;
  /** Not in the specification; senders use it to tell a resend from a new message. */
  readonly '@id'?: string;
}
export interface Pids {
  readonly providerPid: string;
  readonly consumerPid: string;
}
export interface Why {
  readonly code?: string;
  readonly reason?: readonly unknown[];
}

// policies

export type Operator =
  | 'eq'
  | 'neq'
  | 'gt'
  | 'gteq'
  | 'lt'
  | 'lteq'
  | 'term-lteq'
  | 'isA'
  | 'hasPart'
  | 'isPartOf'
  | 'isAllOf'
  | 'isAnyOf'
  | 'isNoneOf';
export interface AtomicConstraint {
  readonly leftOperand: string;
  readonly operator: Operator;
  /** Never a number or boolean: the specification's schema forbids them. */
  readonly rightOperand: string | object | readonly unknown[];
}
export type LogicalConstraint =
  | { readonly and: readonly Constraint[] }
  | { readonly andSequence: readonly Constraint[] }
  | { readonly or: readonly Constraint[] }
  | { readonly xone: readonly Constraint[] };
export type Constraint = AtomicConstraint | LogicalConstraint;
export interface Rule {
  readonly action: string;
  readonly constraint?: readonly Constraint[];
}
export interface Policy {
  readonly profile?: string | readonly string[];
  readonly permission?: readonly Rule[];
  readonly prohibition?: readonly Rule[];
  readonly obligation?: readonly Rule[];
}
/** An offer in a catalogue or dataset; has no `target`. */
export interface Offer extends Policy {
  readonly '@id': string;
  readonly '@type'?: 'Offer';
}
/** An offer in a message. The text demands `target`; the published schema does so only in a ContractOfferMessage. */
export interface MessageOffer extends Policy {
  readonly '@id': string;
  readonly '@type': 'Offer';
  readonly target?: string;
  readonly assigner?: string;
  readonly assignee?: string;
}
export interface Agreement extends Policy {
  readonly '@id': string;
  readonly '@type': 'Agreement';
  readonly target: string;
  readonly assigner: string;
  readonly assignee: string;
  /** xsd:dateTime. Demanded by the text, not by the schema. */
  readonly timestamp?: string;
}

// catalogue

export interface CatalogRequestMessage extends Message<'CatalogRequestMessage'> {
  readonly filter?: readonly unknown[];
}
export interface DatasetRequestMessage extends Message<'DatasetRequestMessage'> {
  readonly dataset: string;
}
export interface DataService {
  readonly '@id': string;
  readonly '@type': 'DataService';
  /** The base of the negotiation and transfer endpoints of the same protocol version. */
  readonly endpointURL: string;
  readonly servesDataset?: readonly NestedDataset[];
}
export interface Distribution {
  readonly '@type'?: 'Distribution';
  readonly format: string;
  /** The service itself or its `@id`. */
  readonly accessService: string | DataService;
  readonly hasPolicy?: readonly Offer[];
}
export interface NestedDataset {
  readonly '@id': string;
  readonly '@type'?: 'Dataset';
  readonly hasPolicy: readonly Offer[];
  readonly distribution: readonly Distribution[];
}
export interface Dataset extends NestedDataset {
  readonly '@context': Context;
}
export interface NestedCatalog {
  readonly '@id': string;
  readonly '@type': 'Catalog';
  readonly dataset?: readonly NestedDataset[];
  readonly catalog?: readonly NestedCatalog[];
  readonly service?: readonly DataService[];
  readonly distribution?: readonly Distribution[];
}
export interface Catalog extends NestedCatalog {
  readonly '@context': Context;
  readonly participantId: string;
}
export interface CatalogError extends Message<'CatalogError'>, Why {}

// negotiation

export type NegotiationState = 'REQUESTED' | 'OFFERED' | 'ACCEPTED' | 'AGREED' | 'VERIFIED' | 'FINALIZED' | 'TERMINATED';
/** The first request carries `callbackAddress`, a counter-offer `providerPid`; never both. */
export interface ContractRequestMessage extends Message<'ContractRequestMessage'> {
  readonly consumerPid: string;
  readonly providerPid?: string;
  readonly callbackAddress?: string;
  readonly offer: MessageOffer;
}
/** The provider's first offer carries `callbackAddress`, an answer `consumerPid`; never both. */
export interface ContractOfferMessage extends Message<'ContractOfferMessage'> {
  readonly providerPid: string;
  readonly consumerPid?: string;
  readonly callbackAddress?: string;
  readonly offer: MessageOffer & { readonly target: string };
}
export interface ContractAgreementMessage extends Message<'ContractAgreementMessage'>, Pids {
  readonly agreement: Agreement;
}
export interface ContractAgreementVerificationMessage extends Message<'ContractAgreementVerificationMessage'>, Pids {}
export interface ContractNegotiationEventMessage extends Message<'ContractNegotiationEventMessage'>, Pids {
  readonly eventType: 'ACCEPTED' | 'FINALIZED';
}
export interface ContractNegotiationTerminationMessage extends Message<'ContractNegotiationTerminationMessage'>, Pids, Why {}
export interface ContractNegotiation extends Message<'ContractNegotiation'>, Pids {
  readonly state: NegotiationState;
}
export interface ContractNegotiationError extends Message<'ContractNegotiationError'>, Pids, Why {}

// transfer

export type TransferState = 'REQUESTED' | 'STARTED' | 'SUSPENDED' | 'COMPLETED' | 'TERMINATED';
export interface EndpointProperty {
  readonly '@type': 'EndpointProperty';
  readonly name: string;
  readonly value: string;
}
export interface DataAddress {
  readonly '@type': 'DataAddress';
  readonly endpointType: string;
  readonly endpoint?: string;
  readonly endpointProperties?: readonly EndpointProperty[];
}
/** `dataAddress` only for a push: where the provider is to send the data. */
export interface TransferRequestMessage extends Message<'TransferRequestMessage'> {
  readonly consumerPid: string;
  readonly agreementId: string;
  readonly format: string;
  readonly callbackAddress: string;
  readonly dataAddress?: DataAddress;
}
/** `dataAddress` is there when the provider starts a pull: where the consumer fetches the data. */
export interface TransferStartMessage extends Message<'TransferStartMessage'>, Pids {
  readonly dataAddress?: DataAddress;
}
export interface TransferCompletionMessage extends Message<'TransferCompletionMessage'>, Pids {}
export interface TransferSuspensionMessage extends Message<'TransferSuspensionMessage'>, Pids, Why {}
export interface TransferTerminationMessage extends Message<'TransferTerminationMessage'>, Pids, Why {}
export interface TransferProcess extends Message<'TransferProcess'>, Pids {
  readonly state: TransferState;
}
export interface TransferError extends Message<'TransferError'>, Pids, Why {}

// version document

export interface ProtocolVersion {
  readonly version: string;
  readonly path: string;
  readonly binding: 'HTTPS';
  readonly identifierType?: string;
  readonly serviceId?: string;
  readonly auth?: { readonly protocol: string; readonly version: string; readonly profile?: readonly string[] };
}
export interface VersionDocument {
  readonly protocolVersions: readonly ProtocolVersion[];
}

export interface MessageMap {
  readonly CatalogRequestMessage: CatalogRequestMessage;
  readonly DatasetRequestMessage: DatasetRequestMessage;
  readonly Catalog: Catalog;
  readonly Dataset: Dataset;
  readonly CatalogError: CatalogError;
  readonly ContractRequestMessage: ContractRequestMessage;
  readonly ContractOfferMessage: ContractOfferMessage;
  readonly ContractAgreementMessage: ContractAgreementMessage;
  readonly ContractAgreementVerificationMessage: ContractAgreementVerificationMessage;
  readonly ContractNegotiationEventMessage: ContractNegotiationEventMessage;
  readonly ContractNegotiationTerminationMessage: ContractNegotiationTerminationMessage;
  readonly ContractNegotiation: ContractNegotiation;
  readonly ContractNegotiationError: ContractNegotiationError;
  readonly TransferRequestMessage: TransferRequestMessage;
  readonly TransferStartMessage: TransferStartMessage;
  readonly TransferCompletionMessage: TransferCompletionMessage;
  readonly TransferSuspensionMessage: TransferSuspensionMessage;
  readonly TransferTerminationMessage: TransferTerminationMessage;
  readonly TransferProcess: TransferProcess;
  readonly TransferError: TransferError;
  readonly VersionDocument: VersionDocument;
}
export type MessageType = keyof MessageMap;
export type AnyMessage = MessageMap[MessageType];

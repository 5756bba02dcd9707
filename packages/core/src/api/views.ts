import type { Text } from '../text.ts';

/** Kinds of records that a participant owns. */
export const RECORD_KINDS = ['item', 'bom-line', 'footprint', 'passport'] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

export interface PartyRef {
  readonly did: string;
  readonly name: string;
}

export interface Me extends PartyRef {
  readonly id: string;
  /** Base of the Dataspace Protocol endpoints. */
  readonly dsp: string;
  readonly management: string;
  readonly trustedOperators: readonly PartyRef[];
}

/** One line of what waits for a person. `room` is the path of the screen that deals with it. */
export interface Todo {
  readonly id: string;
  readonly kind: 'answer' | 'refused' | 'failed' | 'missing';
  readonly title: Text;
  readonly text: Text;
  readonly room: string;
  readonly at: string;
}

export interface Home {
  readonly todo: readonly Todo[];
  readonly recent: readonly ExchangeView[];
  /** The one next step of an empty home. */
  readonly next: { readonly text: Text; readonly room: string } | null;
}

export interface RecordView {
  readonly kind: RecordKind;
  readonly id: string;
  readonly version: number;
  readonly hash: string;
  readonly body: unknown;
  readonly writtenBy: string;
  readonly writtenAt: string;
  readonly receivedFrom: PartyRef | null;
  readonly agreement: string | null;
}

export interface PartnerView extends PartyRef {
  /** A short name of this firm's own choosing, used in spreadsheets as `partner:<short name>`. */
  readonly shortName: string;
  readonly dsp: string;
  readonly relation: 'supplier' | 'customer' | 'operator' | 'other';
  readonly groups: readonly string[];
  readonly reach: Reach;
}

/** Whether the partner's connector answers, as seen by the last message or check. `since`: when it came to be so. */
export interface Reach {
  readonly state: 'reached' | 'unreachable' | 'unknown';
  readonly since: string | null;
  readonly error: Text | null;
}

/** The answer to a check of a partner's connector by hand. `took` in milliseconds. */
export interface CheckView {
  readonly reach: Reach;
  readonly took: number;
  /** Versions of the protocol that it speaks. */
  readonly versions: readonly string[];
}

/** Records of one kind, whole or only the declared fields (dotted paths into the body). */
export interface RecordsView {
  readonly kind: RecordKind;
  readonly ids: readonly string[];
  readonly fields: 'whole' | readonly string[];
}
/** A stored file, by the SHA-256 of its content in hexadecimal digits. */
export interface FileView {
  readonly kind: 'file';
  readonly sha256: string;
}
/** An HTTP service of the provider's own that is passed on. */
export interface ServiceView {
  readonly kind: 'service';
  readonly id: string;
}
/** What an offer shows. */
export type View = RecordsView | FileView | ServiceView;
export const DATA_KINDS = [...RECORD_KINDS, 'file', 'service'] as const;
export type DataKind = (typeof DATA_KINDS)[number];

/** How data can travel: fetched once, sent once, or fetched as a stream that goes on with every new version. */
export const FORMATS = ['HttpData-PULL', 'HttpData-PUSH', 'HttpStream-PULL'] as const;
export type Format = (typeof FORMATS)[number];

/** What a dataset holds, as far as it is known. */
export interface DatasetAbout {
  readonly standard: { readonly name: string; readonly version: string } | null;
  /** Product ids as partners may look for them. */
  readonly products: readonly string[];
  /** Codes or URNs of product classifications (CPC, HS, CN). */
  readonly classes: readonly string[];
  readonly period: { readonly start: string; readonly end: string } | null;
  /** BCP 47 tags. */
  readonly languages: readonly string[];
}

export interface StoredFile {
  /** Hexadecimal digits. */
  readonly sha256: string;
  readonly name: string;
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number;
  readonly storedAt: string;
  readonly receivedFrom: PartyRef | null;
  readonly agreement: string | null;
  readonly transfer: string | null;
}

/** An HTTP service behind this participant; its credentials never leave the house. */
export interface ServiceDetail {
  readonly id: string;
  readonly title: string;
  /** Address that paths are put behind. */
  readonly base: string;
  readonly methods: readonly ('GET' | 'POST')[];
  /** Allowed paths; `*` stands for one segment. */
  readonly paths: readonly string[];
  /** Allowed names of query parameters. */
  readonly query: readonly string[];
  /** Names of the headers that are added to each call; the values are sealed and never shown. */
  readonly headers: readonly string[];
  /** Bytes of an answer, at most. */
  readonly maxBytes: number;
  /** Seconds of an answer, at most. */
  readonly timeout: number;
}

export interface PolicyView {
  readonly odrl: unknown;
  readonly sentence: Text;
}

export interface OfferView {
  readonly id: string;
  readonly dataset: string;
  readonly title: string;
  readonly view: View;
  readonly about: DatasetAbout;
  readonly access: PolicyView;
  readonly contract: PolicyView;
  /** `manual`: a person of the provider says yes or no to each request. */
  readonly answer: 'auto' | 'manual';
  readonly createdAt: string;
  readonly withdrawnAt: string | null;
  readonly agreements: number;
}

/** Why something was refused, as shown and as sent to the side entitled to know. */
export interface Reason {
  readonly code: string;
  /** A rule of the policy said no, a person decided, or something does not work. */
  readonly because?: 'rule' | 'decision' | 'fault';
  readonly text: Text;
  /** What would change it. */
  readonly change?: Text;
  readonly clause?: string;
  readonly found?: string | null;
  readonly required?: Text;
}

export interface TryView {
  readonly partner: PartyRef;
  readonly visible: boolean;
  readonly agreed: boolean;
  /** Empty when it is visible and would be agreed. */
  readonly reasons: readonly Reason[];
}

export type Protocol = 'negotiation' | 'transfer';

export interface StepView {
  readonly seq: number;
  readonly at: string;
  /** The specification's word for the message, with its event type where it has one. */
  readonly message: string;
  readonly sender: 'me' | 'them';
  /** State after the step. */
  readonly state: string;
  /** Milliseconds since the step before; null for the first. */
  readonly after: number | null;
  /** Tries so far of a message of ours; null once it was delivered, or for a message of theirs. */
  readonly pending: { readonly tries: number; readonly last: Text | null } | null;
  readonly reasons: readonly Reason[];
}

export interface ExchangeView {
  readonly id: string;
  readonly protocol: Protocol;
  readonly role: 'consumer' | 'provider';
  readonly partner: PartyRef;
  readonly dataset: string;
  readonly title: string;
  readonly state: string;
  readonly waitingFor: 'me' | 'them' | null;
  readonly startedAt: string;
  readonly updatedAt: string;
  readonly agreement: string | null;
  readonly reasons: readonly Reason[];
}

export interface ExchangeDetail extends ExchangeView {
  readonly steps: readonly StepView[];
  readonly policy: PolicyView;
  /** What can be done now by this side. */
  readonly actions: readonly ExchangeAction[];
  /** Records received through this transfer. */
  readonly received: readonly { readonly kind: RecordKind; readonly id: string; readonly version: number }[];
  /** Null for a negotiation. */
  readonly transfer: TransferDetail | null;
}

/** Bytes so far and in all (null: not known), bytes a second over the last seconds, and how often it went on after a break. */
export interface Progress {
  readonly bytes: number;
  readonly total: number | null;
  readonly rate: number;
  readonly resumed: number;
  readonly at: string;
}

export interface TransferDetail {
  readonly format: Format | (string & {});
  readonly kind: 'records' | 'file' | 'service' | null;
  /** While data are on their way on this side. */
  readonly progress: Progress | null;
  /** The file that came. */
  readonly file: StoredFile | null;
  /** A subscription: how many versions came or went so far, and when the last one did. */
  readonly stream: { readonly versions: number; readonly last: string | null; readonly open: boolean } | null;
}

/** Where the data of a running pull are, with a token that holds now. */
export interface DataAddressView {
  readonly endpoint: string;
  readonly authorization: string;
  readonly expiresAt: string | null;
}

/** A message of ours that was given up, or refused by the other side. */
export interface DeadLetter {
  readonly id: string;
  readonly exchange: string;
  readonly title: string;
  readonly partner: PartyRef;
  /** The specification's word for the message, or `pull` / `push`. */
  readonly message: string;
  readonly createdAt: string;
  readonly diedAt: string;
  readonly tries: number;
  readonly reasons: readonly Reason[];
  /** False when the exchange has gone on since, so that it would be refused. */
  readonly canSend: boolean;
}

export const EXCHANGE_ACTIONS = ['agree', 'accept', 'offer', 'request', 'terminate', 'suspend', 'start', 'complete'] as const;
export type ExchangeAction = (typeof EXCHANGE_ACTIONS)[number];

export interface AgreementView {
  readonly id: string;
  readonly role: 'consumer' | 'provider';
  readonly partner: PartyRef;
  readonly dataset: string;
  readonly title: string;
  readonly policy: PolicyView;
  readonly negotiation: string;
  readonly signedAt: string;
}

/** A partner's catalogue as it was kept at `fetchedAt`; a page of it. */
export interface CatalogView {
  readonly partner: PartyRef;
  /** Null when it could never be fetched. */
  readonly fetchedAt: string | null;
  /** Why the last try to refresh it failed. */
  readonly problem: Reason | null;
  /** What this participant shows when it asks: more may be open to one that shows more. */
  readonly shown: { readonly memberships: readonly PartyRef[] };
  /** How many datasets match, of how many in all. */
  readonly matching: number;
  readonly total: number;
  readonly datasets: readonly CatalogDataset[];
  /** For the next page; null on the last. */
  readonly next: string | null;
}

export interface CatalogDataset {
  readonly partner: PartyRef;
  readonly id: string;
  readonly title: string;
  readonly kind: DataKind | (string & {}) | null;
  readonly about: DatasetAbout;
  readonly products: readonly string[];
  readonly formats: readonly string[];
  readonly offers: readonly CatalogOffer[];
}

export interface CatalogOffer {
  readonly id: string;
  readonly policy: PolicyView;
  /** What this participant would be refused for if it asked now, as far as it can tell; empty when nothing is missing. */
  readonly missing: readonly Reason[];
}

/** Datasets of all kept catalogues. */
export interface CatalogSearchView {
  readonly datasets: readonly CatalogDataset[];
  readonly next: string | null;
}

export type ObtainStatus = 'received' | 'waiting' | 'refused' | 'not_offered' | 'unreachable';

/** The answer to "get me this": catalogue, negotiation, transfer and storing in one call; asking again never doubles anything. */
export interface ObtainView {
  readonly status: ObtainStatus;
  readonly partner: PartyRef;
  readonly dataset: string | null;
  readonly negotiation: string | null;
  readonly transfer: string | null;
  readonly agreement: string | null;
  readonly records: readonly { readonly kind: RecordKind; readonly id: string; readonly version: number }[];
  readonly reasons: readonly Reason[];
  readonly took: number;
}

/** `own`: a factor of ours; `no_source`: neither supplier nor factor; `not_asked`: the supplier was not asked yet. */
export type LineStatus = ObtainStatus | 'own' | 'no_source' | 'not_asked';

export interface CoverageLine {
  readonly line: string;
  readonly name: string;
  readonly component: string | null;
  readonly supplier: PartyRef | null;
  readonly status: LineStatus;
  readonly footprint: string | null;
  readonly exchange: string | null;
  readonly reasons: readonly Reason[];
  readonly took: number;
}

export interface CoverageView {
  readonly item: string;
  readonly lines: readonly CoverageLine[];
  /** True when nothing is missing and a footprint can be computed. */
  readonly complete: boolean;
}

export interface ContributionView {
  readonly line: string;
  readonly name: string;
  readonly quantity: string;
  readonly unit: string;
  /** kg CO2e per unit. */
  readonly intensity: string;
  /** kg CO2e per declared unit of the item. */
  readonly contribution: string;
  /** 0 to 1. */
  readonly share: string;
  readonly stage: string;
  /** Primary data share, 0 to 1. */
  readonly pds: string;
  readonly source:
    | { readonly kind: 'footprint'; readonly id: string; readonly from: PartyRef }
    | { readonly kind: 'factor'; readonly dataType: string; readonly text: string; readonly status: string };
}

export interface FootprintView {
  readonly id: string;
  readonly item: string;
  /** One name for both languages where the footprint was received or imported. */
  readonly name: Text;
  readonly declaredUnit: string;
  readonly declaredAmount: string;
  /** kg CO2e per declared unit. */
  readonly total: string;
  readonly pds: string | null;
  /** Share of the total that rests on assumed figures, 0 to 1. */
  readonly assumed: string | null;
  readonly stages: Readonly<Record<string, string>>;
  /** Empty for a footprint that was received or imported. */
  readonly contributions: readonly ContributionView[];
  readonly missing: readonly { readonly line: string; readonly name: string }[];
  readonly receivedFrom: PartyRef | null;
  readonly computedAt: string;
}

export type ChainState = 'self' | 'received' | 'waiting' | 'refused' | 'missing' | 'private';

export interface ChainNode {
  readonly id: string;
  /** null: not opened to me. */
  readonly party: PartyRef | null;
  readonly tier: number;
  readonly state: ChainState;
  readonly products: readonly string[];
}

export interface ChainEdge {
  readonly from: string;
  readonly to: string;
  /** Share of the item's footprint, 0 to 1; null while unknown. */
  readonly share: number | null;
  readonly label: string;
}

export interface ChainView {
  readonly item: string | null;
  readonly items: readonly { readonly id: string; readonly name: Text }[];
  readonly nodes: readonly ChainNode[];
  readonly edges: readonly ChainEdge[];
}

export interface PassportRef {
  readonly id: string;
  readonly item: string;
  readonly name: Text;
  readonly url: string;
  readonly json: string;
  readonly createdAt: string;
  /** The maker that gave it to us under an agreement; null for a passport of our own. */
  readonly receivedFrom: PartyRef | null;
}

export const PASSPORT_VIEWS = ['public', 'legitimateInterest', 'authority'] as const;
export type PassportAudience = (typeof PASSPORT_VIEWS)[number];

/** One attribute as drawn on a passport page and as sent in JSON. */
export interface PassportValue {
  readonly key: string;
  readonly label: Text;
  readonly section: string;
  readonly unit: string | null;
  readonly value: unknown;
  readonly state: 'given' | 'missing' | 'not_yet_required';
  readonly access: string;
  readonly law: string | null;
}

export interface PassportView extends PassportRef {
  readonly audience: PassportAudience;
  readonly maker: PartyRef;
  readonly values: readonly PassportValue[];
  readonly footprint: {
    readonly total: string;
    readonly unit: string;
    readonly stages: readonly { readonly stage: string; readonly value: string; readonly share: string }[];
    /** Shares of the total by kind of data (primary, secondary, assumed); all shares here in percent. */
    readonly sources: readonly { readonly kind: string; readonly share: string }[];
    readonly notes: readonly Text[];
  } | null;
}

export interface CredentialView {
  readonly id: string;
  readonly type: string;
  readonly issuer: PartyRef;
  readonly from: string;
  readonly until: string;
  readonly expired: boolean;
}

export interface ImportView {
  readonly kind: string;
  readonly file: string;
  readonly stored: number;
  /** Records that were there already with the same content. */
  readonly unchanged: number;
  readonly ids: readonly string[];
  readonly notices: readonly Text[];
}

export interface CreatedParticipant {
  readonly id: string;
  readonly name: string;
  readonly did: string;
  readonly dsp: string;
  readonly management: string;
  /** Shown once; only its hash is kept. */
  readonly key: string;
}

/** Sent on the event stream whenever something of this participant changed. */
export interface ChangeEvent {
  readonly type: 'exchange' | 'record' | 'offer' | 'partner';
  readonly id: string;
  readonly state?: string;
}

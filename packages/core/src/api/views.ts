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
}

/** What an offer shows: records of one kind, whole or only the declared fields (dotted paths into the body). */
export interface View {
  readonly kind: RecordKind;
  readonly ids: readonly string[];
  readonly fields: 'whole' | readonly string[];
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

export interface CatalogView {
  readonly partner: PartyRef;
  readonly fetchedAt: string;
  readonly datasets: readonly CatalogDataset[];
}

export interface CatalogDataset {
  readonly id: string;
  readonly title: string;
  readonly kind: string | null;
  readonly products: readonly string[];
  readonly formats: readonly string[];
  readonly offers: readonly { readonly id: string; readonly policy: PolicyView }[];
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

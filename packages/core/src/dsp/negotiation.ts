import type { Table, Transition } from './state.ts';
import type { NegotiationState } from './types.ts';

export type NegotiationWord =
  | 'ContractRequestMessage'
  | 'ContractOfferMessage'
  | 'ContractAgreementMessage'
  | 'ContractAgreementVerificationMessage'
  | 'ContractNegotiationEventMessage:ACCEPTED'
  | 'ContractNegotiationEventMessage:FINALIZED'
  | 'ContractNegotiationTerminationMessage';

type Row = Transition<NegotiationState, NegotiationWord>;

const terminationFrom = (from: NegotiationState): Row[] => [
  { from, message: 'ContractNegotiationTerminationMessage', sender: 'consumer', to: 'TERMINATED' },
  { from, message: 'ContractNegotiationTerminationMessage', sender: 'provider', to: 'TERMINATED' },
];

/**
 * The contract negotiation of the Dataspace Protocol 2025-1. The diagram and the text of the specification disagree on who may
 * terminate after ACCEPTED; as in the text, either side may in every state that is not final.
 */
export const NEGOTIATION: Table<NegotiationState, NegotiationWord> = [
  { from: null, message: 'ContractRequestMessage', sender: 'consumer', to: 'REQUESTED' },
  { from: null, message: 'ContractOfferMessage', sender: 'provider', to: 'OFFERED' },
  { from: 'REQUESTED', message: 'ContractOfferMessage', sender: 'provider', to: 'OFFERED' },
  { from: 'REQUESTED', message: 'ContractAgreementMessage', sender: 'provider', to: 'AGREED' },
  { from: 'OFFERED', message: 'ContractRequestMessage', sender: 'consumer', to: 'REQUESTED' },
  { from: 'OFFERED', message: 'ContractNegotiationEventMessage:ACCEPTED', sender: 'consumer', to: 'ACCEPTED' },
  { from: 'ACCEPTED', message: 'ContractAgreementMessage', sender: 'provider', to: 'AGREED' },
  { from: 'AGREED', message: 'ContractAgreementVerificationMessage', sender: 'consumer', to: 'VERIFIED' },
  { from: 'VERIFIED', message: 'ContractNegotiationEventMessage:FINALIZED', sender: 'provider', to: 'FINALIZED' },
  ...terminationFrom('REQUESTED'),
  ...terminationFrom('OFFERED'),
  ...terminationFrom('ACCEPTED'),
  ...terminationFrom('AGREED'),
  ...terminationFrom('VERIFIED'),
];

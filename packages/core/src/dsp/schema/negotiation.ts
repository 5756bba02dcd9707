import { exactlyOne, list, message, object, ref, type Schema, text, word } from './notation.ts';

const PIDS = { 'providerPid*': text, 'consumerPid*': text };
const WHY = { code: text, reason: list() };

export const NEGOTIATION_SCHEMAS: Record<string, Schema> = {
  ContractRequestMessage: message(
    'ContractRequestMessage',
    { 'consumerPid*': text, providerPid: text, callbackAddress: text, 'offer*': ref('MessageOffer') },
    exactlyOne('callbackAddress', 'providerPid'),
  ),
  ContractOfferMessage: message(
    'ContractOfferMessage',
    {
      'providerPid*': text,
      consumerPid: text,
      callbackAddress: text,
      'offer*': { allOf: [ref('MessageOffer'), object({ 'target*': text })] },
    },
    exactlyOne('callbackAddress', 'consumerPid'),
  ),
  ContractAgreementMessage: message('ContractAgreementMessage', { ...PIDS, 'agreement*': ref('Agreement') }),
  ContractAgreementVerificationMessage: message('ContractAgreementVerificationMessage', PIDS),
  ContractNegotiationEventMessage: message('ContractNegotiationEventMessage', { ...PIDS, 'eventType*': word('ACCEPTED', 'FINALIZED') }),
  ContractNegotiationTerminationMessage: message('ContractNegotiationTerminationMessage', { ...PIDS, ...WHY }),
  ContractNegotiation: message('ContractNegotiation', {
    ...PIDS,
    'state*': word('REQUESTED', 'OFFERED', 'ACCEPTED', 'AGREED', 'VERIFIED', 'FINALIZED', 'TERMINATED'),
  }),
  ContractNegotiationError: message('ContractNegotiationError', { ...PIDS, ...WHY }),
};

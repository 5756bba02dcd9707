import * as build from './build.ts';
import type { MessageMap, MessageType, Policy } from './types.ts';
import { versionDocument } from './version.ts';

/** One message of every type (several where a type has several forms), as our builders make them; for tests. */

const eq = (leftOperand: string, rightOperand: string | object) => ({ leftOperand, operator: 'eq' as const, rightOperand });
const TERMS: Policy = {
  profile: 'https://example.org/profile',
  permission: [
    { action: 'use', constraint: [{ and: [eq('purpose', 'passport'), { or: [eq('partner', 'a'), eq('partner', { '@id': 'b' })] }] }] },
    {
      action: 'use',
      constraint: [
        { leftOperand: 'dateTime', operator: 'lteq', rightOperand: '2026-12-31T00:00:00Z' },
        { leftOperand: 'partner', operator: 'isAnyOf', rightOperand: ['a', 'b'] },
      ],
    },
  ],
  prohibition: [{ action: 'use', constraint: [{ xone: [eq('region', 'x')] }] }],
  obligation: [{ action: 'use', constraint: [{ andSequence: [eq('delete', 'after')] }] }],
};
const PLAIN: Policy = { permission: [{ action: 'use' }] };
const PIDS = { providerPid: 'provider-1', consumerPid: 'consumer-1' };
const SENT = { id: 'urn:uuid:1', ...PIDS };
const BECAUSE = { code: 'policy_refused', reason: ['no', { '@value': '아니요', '@language': 'ko' }] };
const SERVICE = build.dataService('service-1', 'https://provider.example/dsp');
const OFFERS = [build.offer('offer-1', TERMS), build.offer('offer-2', PLAIN)];
const ADDRESS = build.dataAddress('https://w3id.org/idsa/v4.1/HTTP', 'https://provider.example/data', {
  authorization: 'token',
  authType: 'bearer',
});
const PULL = {
  consumerPid: 'consumer-1',
  agreementId: 'agreement-1',
  format: 'HttpData-PULL',
  callbackAddress: 'https://consumer.example/dsp',
};
const AGREEMENT = {
  id: 'agreement-1',
  target: 'dataset-1',
  assigner: 'did:web:p',
  assignee: 'did:web:c',
  timestamp: '2026-11-22T10:00:00Z',
};
const DATASETS = [
  build.nestedDataset('dataset-1', OFFERS, [
    build.distribution('HttpData-PULL', 'service-1'),
    build.distribution('HttpData-PULL', SERVICE),
  ]),
];

export const SAMPLES: { readonly [T in MessageType]: readonly MessageMap[T][] } = {
  CatalogRequestMessage: [build.catalogRequest(), build.catalogRequest([{ kind: 'footprint' }])],
  DatasetRequestMessage: [],
  Catalog: [
    build.catalog({ id: 'catalog-1', participantId: 'did:web:p', datasets: DATASETS, services: [SERVICE] }),
    build.catalog({ id: 'catalog-1', participantId: 'did:web:p', datasets: [], services: [{ ...SERVICE, servesDataset: DATASETS }] }),
  ],
  Dataset: [build.dataset('dataset-1', OFFERS, [build.distribution('HttpData-PULL', SERVICE)])],
  CatalogError: [build.catalogError(BECAUSE)],
  ContractRequestMessage: [
    build.contractRequest({
      id: 'urn:uuid:1',
      consumerPid: 'consumer-1',
      callbackAddress: 'https://consumer.example/dsp',
      offer: build.messageOffer('offer-1', 'dataset-1', PLAIN),
    }),
    build.contractRequest({
      ...SENT,
      offer: build.messageOffer('offer-1', 'dataset-1', TERMS, { assigner: 'did:web:p', assignee: 'did:web:c' }),
    }),
  ],
  ContractOfferMessage: [
    build.contractOffer({
      id: 'urn:uuid:1',
      providerPid: 'provider-1',
      callbackAddress: 'https://provider.example/dsp',
      offer: build.messageOffer('offer-1', 'dataset-1', PLAIN),
    }),
    build.contractOffer({ ...SENT, offer: build.messageOffer('offer-1', 'dataset-1', TERMS) }),
  ],
  ContractAgreementMessage: [build.contractAgreement({ ...SENT, agreement: build.agreement(AGREEMENT, TERMS) })],
  ContractAgreementVerificationMessage: [build.contractAgreementVerification(SENT)],
  ContractNegotiationEventMessage: [
    build.contractNegotiationEvent({ ...SENT, eventType: 'ACCEPTED' }),
    build.contractNegotiationEvent({ ...SENT, eventType: 'FINALIZED' }),
  ],
  ContractNegotiationTerminationMessage: [build.contractNegotiationTermination({ ...SENT, ...BECAUSE })],
  ContractNegotiation: [build.contractNegotiation({ ...PIDS, state: 'AGREED' })],
  ContractNegotiationError: [build.contractNegotiationError({ ...PIDS, ...BECAUSE })],
  TransferRequestMessage: [
    build.transferRequest({ id: 'urn:uuid:1', ...PULL }),
    build.transferRequest({ id: 'urn:uuid:1', ...PULL, format: 'HttpData-PUSH', dataAddress: ADDRESS }),
  ],
  TransferStartMessage: [build.transferStart(SENT), build.transferStart({ ...SENT, dataAddress: ADDRESS })],
  TransferCompletionMessage: [build.transferCompletion(SENT)],
  TransferSuspensionMessage: [build.transferSuspension({ ...SENT, ...BECAUSE })],
  TransferTerminationMessage: [build.transferTermination({ ...SENT, ...BECAUSE })],
  TransferProcess: [build.transferProcess({ ...PIDS, state: 'STARTED' })],
  TransferError: [build.transferError({ ...PIDS, ...BECAUSE })],
  VersionDocument: [
    versionDocument({
      path: '/dsp/2025-1',
      identifierType: 'did:web',
      auth: { protocol: 'DCP', version: '1.0', profile: ['vc11-sl2021/jwt'] },
    }),
  ],
};

export const MESSAGE_TYPES = Object.keys(SAMPLES) as MessageType[];
